import { type LintFinding, type LintOptions, lintExposition, lintRegistry } from '../lint/lint.js'
import { type MetricsSource, readSource } from './metrics-source.js'
import type { Verdict } from './verdict.js'

/** Whether lint has nothing against a source but what is only worth a look (severity `info`). */
export async function checkLint(source: MetricsSource, options: LintOptions = {}): Promise<Verdict> {
  const findings = (await lintSource(source, options)).filter(({ severity }) => severity !== 'info')
  if (findings.length === 0) return { pass: true, message: () => 'expected lint to find something' }
  const lines = findings.map(({ severity, id, message, line }) => {
    return `  ${severity} ${id}${line > 0 ? ` (line ${line})` : ''}: ${message}`
  })
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  return { pass: false, message: () => [`expected lint to pass, got ${count}`, ...lines].join('\n') }
}

async function lintSource(source: MetricsSource, options: LintOptions): Promise<readonly LintFinding[]> {
  if (typeof source === 'object' && 'gather' in source) return lintRegistry(source, options)
  return lintExposition(await readSource(source), undefined, options)
}
