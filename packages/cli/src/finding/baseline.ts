import { readFile } from 'node:fs/promises'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import { writeWholeFile } from '../whole-file.js'
import { fingerprints } from './fingerprint.js'
import { placeText } from './place.js'
import type { Report } from './report.js'

const format = 1

/** Leaves out of a report what the baseline in `file` knows. Throws TELLTALE_USAGE when there is none to be read. */
export async function withoutKnown(report: Report, file: string): Promise<Report> {
  const known = await readBaseline(file)
  const marks = fingerprints(report.findings)
  const findings = report.findings.filter((_, index) => !known.has(marks[index]!))
  const present = new Set(marks)
  return {
    tool: report.tool,
    looked: report.looked,
    missed: report.missed,
    findings,
    known: report.findings.length - findings.length,
    gone: [...known].filter((mark) => !present.has(mark)).length,
    data: report.data,
  }
}

/** Writes the findings of a report as the new baseline. Throws TELLTALE_USAGE when the file cannot be written. */
export async function writeBaseline(report: Report, file: string): Promise<void> {
  const marks = fingerprints(report.findings)
  const findings = report.findings
    .map(({ id, where, text }, index) => ({
      fingerprint: marks[index]!,
      id,
      where: placeText({ kind: where.kind, name: where.name }),
      within: where.within,
      what: text.en.what,
    }))
    .sort((a, b) => compare(a.where, b.where) || compare(a.id, b.id) || compare(a.fingerprint, b.fingerprint))
  const text = JSON.stringify({ baseline: format, tool: report.tool, findings }, undefined, 2)
  try {
    await writeWholeFile(file, `${text}\n`)
  } catch (error) {
    throw new CommandError(
      'TELLTALE_USAGE',
      `--baseline ${file} cannot be written: ${fileFaultOf(error)}; name another file`,
    )
  }
}

async function readBaseline(file: string): Promise<ReadonlySet<string>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(
      'TELLTALE_USAGE',
      `--baseline ${file} cannot be read: ${fileFaultOf(error)}; make it with --update-baseline`,
    )
  })
  const marks = marksIn(text)
  if (marks !== undefined) return new Set(marks)
  throw new CommandError(
    'TELLTALE_USAGE',
    `--baseline ${file} is no baseline of this command; make it anew with --update-baseline`,
  )
}

function marksIn(text: string): readonly string[] | undefined {
  try {
    const { baseline, findings } = JSON.parse(text)
    if (baseline !== format || !Array.isArray(findings)) return undefined
    return findings.map(({ fingerprint }) => String(fingerprint))
  } catch {
    return undefined
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
