import { PassThrough } from 'node:stream'
import { CheckSet, createReport, type Finding, inFile, type Report } from '../../src/finding/index.js'
import { Terminal } from '../../src/terminal.js'

export const checks = new CheckSet(
  {
    'config/unknown-field': { severity: 'error', link: 'https://example.com/unknown-field' },
    'rules/no-severity': { severity: 'warning' },
    'rules/name': { severity: 'info' },
  },
  {
    'config/unknown-field': { what: 'got "{field}", expected a known field', remedy: 'Remove "{field}".' },
    'rules/no-severity': { what: '{alert} has no severity in {labels}', remedy: 'Add severity: {wanted}.' },
    'rules/name': { what: '{alert} is short', remedy: 'Write {job="x"}, {} and {{ $value }}.' },
  },
  {
    'config/unknown-field': { what: '"{field}" 필드를 알 수 없습니다', remedy: '"{field}" 필드를 지우세요.' },
    'rules/no-severity': { what: '{alert}: severity 없음 ({labels})', remedy: 'severity: {wanted} 추가.' },
    'rules/name': { what: '{alert}: 짧음', remedy: '{job="x"}, {} 와 {{ $value }}.' },
  },
)

export const unknownField: Finding = checks.finding(
  'config/unknown-field',
  inFile('deploy/prometheus.yml', { line: 4, column: 3, within: 'global' }),
  { field: 'scrape_intervall' },
)

export const noSeverity: Finding = checks.finding(
  'rules/no-severity',
  inFile('deploy/a rule.yml', { line: 12, column: 9, within: 'alert Down' }),
  { alert: 'Down', labels: '{"a": "<&>"}', wanted: 'critical' },
)

export const shortName: Finding = checks.finding('rules/name', inFile('deploy/a rule.yml', { line: 2 }), {
  alert: 'X',
})

export function reportOf(findings: readonly Finding[], parts: Partial<Report> = {}): Report {
  return createReport({
    tool: 'telltale lint',
    looked: parts.looked ?? ['deploy/prometheus.yml', 'deploy/a rule.yml', 'deploy/fine.yml'],
    findings,
    missed: parts.missed ?? [],
    data: parts.data ?? {},
  })
}

/** A terminal that is no terminal, and what was written to it. */
export function recordingTerminal(): { readonly terminal: Terminal; text(): string } {
  const stream = new PassThrough()
  const chunks: string[] = []
  stream.on('data', (chunk) => chunks.push(String(chunk)))
  // Terminal uses of a WriteStream what every stream has, and asks whether the rest is there.
  const terminal = new Terminal(stream as unknown as NodeJS.WriteStream)
  return { terminal, text: () => chunks.join('') }
}
