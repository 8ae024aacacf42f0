import type { Finding } from '../../finding/index.js'
import { durationText, parseDuration, walk } from '../../promql/index.js'
import { lintChecks } from '../lint-checks.js'
import type { LintSettings, Subject } from '../subject.js'
import { placeOfField, type Rule } from './rule-model.js'

/** What an alert lacks, and times that do not fit together. */
export function alertRemarks(rule: Rule, subject: Subject, settings: LintSettings): readonly Finding[] {
  const { node, kind, within, group } = rule
  const at = (field: string) => {
    const { line, column } = placeOfField(node, field)
    return subject.at({ line, column, within })
  }
  const interval = parseDuration(group.node.text('interval') ?? '') ?? 0
  const findings: Finding[] = []
  if (kind === 'record') return findings
  findings.push(...durationFindings(rule, at, interval), ...absentFindings(rule, at, settings))
  const labels = node.map('labels')
  if (labels?.get('severity') === undefined && group.node.map('labels')?.get('severity') === undefined) {
    findings.push(lintChecks.finding('rules/no-severity', at('alert'), {}))
  }
  const annotations = node.map('annotations')
  if (annotations?.get('summary') === undefined && annotations?.get('description') === undefined) {
    findings.push(lintChecks.finding('rules/no-summary', at('alert'), {}))
  }
  if (annotations?.get('runbook_url') === undefined) {
    findings.push(lintChecks.finding('rules/no-runbook', at('alert'), {}))
  }
  return findings
}

function durationFindings(
  { node }: Rule,
  at: (field: string) => ReturnType<Subject['at']>,
  interval: number,
): readonly Finding[] {
  return (['for', 'keep_firing_for'] as const).flatMap((field) => {
    const got = node.text(field)
    const seconds = got === undefined ? undefined : parseDuration(got)
    if (got === undefined || seconds === undefined) return []
    if (seconds === 0)
      return [lintChecks.finding('rules/zero-for', at(field), { field, got }, { subject: field })]
    if (field === 'for' || seconds >= interval) return []
    return [
      lintChecks.finding('rules/unused-keep-firing', at(field), { got, interval: durationText(interval) }),
    ]
  })
}

function absentFindings(
  { node, parsed }: Rule,
  at: (field: string) => ReturnType<Subject['at']>,
  { scrapeInterval }: LintSettings,
): readonly Finding[] {
  const { expression } = parsed
  if (expression === undefined) return []
  const isAbsent = [...walk(expression)].some(
    ({ expression: part }) => part.kind === 'call' && part.name === 'absent',
  )
  const got = node.text('for')
  if (!isAbsent || (parseDuration(got ?? '0') ?? 0) >= 2 * scrapeInterval) return []
  const least = durationText(Math.max(2 * scrapeInterval, 60))
  return [
    lintChecks.finding('rules/absent-without-for', at(got === undefined ? 'alert' : 'for'), {
      got: got ?? '0s',
      least,
    }),
  ]
}
