import type { Localised } from '../language.js'
import type { Finding } from './finding.js'
import { placeText } from './place.js'
import { type Severity, severities } from './severity.js'

/** Something that could not be looked at. */
export interface Missed {
  readonly name: string
  readonly why: Localised
}

/** What a command looked at and what it found. */
export interface Report {
  /** The command, as in `telltale lint`. */
  readonly tool: string
  /** The names of what was looked at, as in {@link Place.name}. */
  readonly looked: readonly string[]
  readonly missed: readonly Missed[]
  /** Those that count, in the order of what was looked at and then by line. */
  readonly findings: readonly Finding[]
  /** How many were left out because the baseline has them. */
  readonly known: number
  /** How many entries of the baseline were not found any more. */
  readonly gone: number
  /** Whatever else belongs into the JSON output, by its name there. */
  readonly data: Readonly<Record<string, unknown>>
}

/** What a report is made from. */
export type ReportParts = Pick<Report, 'tool' | 'looked' | 'findings'> &
  Partial<Pick<Report, 'missed' | 'data'>>

/** A report, with its findings in order. */
export function createReport(parts: ReportParts): Report {
  const { tool, looked, missed = [], data = {} } = parts
  const rank = new Map(looked.map((name, index) => [name, index]))
  const findings = [...parts.findings].sort(
    (a, b) =>
      (rank.get(a.where.name) ?? looked.length) - (rank.get(b.where.name) ?? looked.length) ||
      (a.where.line ?? 0) - (b.where.line ?? 0) ||
      (a.where.column ?? 0) - (b.where.column ?? 0),
  )
  return { tool, looked, missed, findings, known: 0, gone: 0, data }
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 }
  for (const { severity } of findings) counts[severity]++
  return counts
}

/** The findings by the names of their places, in order. */
export function byPlace(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const group = groups.get(finding.where.name)
    if (group === undefined) groups.set(finding.where.name, [finding])
    else group.push(finding)
  }
  return groups
}

/** The worst severity among findings. */
export function worst(findings: readonly Finding[]): Severity | undefined {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity))
}

/** For messages and tests: `place id`. */
export function findingKey({ where, id }: Finding): string {
  return `${placeText(where)} ${id}`
}
