import { writeFile } from 'node:fs/promises'
import pc from 'picocolors'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import type { Terminal } from '../terminal.js'
import { withoutKnown, writeBaseline } from './baseline.js'
import { reportFormats } from './formats.js'
import { createReport, type Report } from './report.js'
import type { ReportOptions } from './report-options.js'
import { fails } from './severity.js'

/**
 * Shows a report as its reader asked for it, and resolves with the exit code: 0 when no finding is as bad as
 * `--fail-on`, 1 when one is, 2 when nothing could be looked at. Throws TELLTALE_USAGE for files that cannot be used.
 */
export async function deliver(whole: Report, options: ReportOptions, terminal: Terminal): Promise<number> {
  const selected = createReport({
    tool: whole.tool,
    looked: whole.looked,
    missed: whole.missed,
    findings: whole.findings.filter(({ id }) => options.selection.has(id)),
    data: whole.data,
  })
  const report = await compared(selected, options)
  await show(report, options, terminal)
  if (report.looked.length === 0) return 2
  return report.findings.some(({ severity }) => fails(severity, options.failOn)) ? 1 : 0
}

async function compared(report: Report, { baseline, updateBaseline }: ReportOptions): Promise<Report> {
  if (baseline === undefined) return report
  if (updateBaseline) await writeBaseline(report, baseline)
  return withoutKnown(report, baseline)
}

async function show(report: Report, options: ReportOptions, terminal: Terminal): Promise<void> {
  const { format, language, failOn, output } = options
  const rendered = reportFormats[format](report, { language, failOn, colours: coloursFor(options, terminal) })
  terminal.status('')
  if (output === undefined) {
    if (rendered !== '') terminal.line(rendered)
    return
  }
  try {
    await writeFile(output, `${rendered}\n`)
  } catch (error) {
    const why = fileFaultOf(error)
    throw new CommandError(
      'TELLTALE_USAGE',
      `--output ${output} cannot be written: ${why}; name another file`,
    )
  }
  const text = reportFormats.text(report, { language, failOn, colours: terminal.colours })
  terminal.line(text.slice(text.lastIndexOf('\n\n') + 1).trim())
  terminal.line(output)
}

function coloursFor({ output }: ReportOptions, terminal: Terminal): Terminal['colours'] {
  return output === undefined ? terminal.colours : plain
}

const plain = pc.createColors(false)
