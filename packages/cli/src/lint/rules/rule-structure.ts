import type { Finding } from '../../finding/index.js'
import type { YamlMap } from '../../yaml-document/index.js'
import { lintChecks } from '../lint-checks.js'
import { labelName, metricName } from '../schema/text-shapes.js'
import type { Subject } from '../subject.js'
import { placeOfField, type RuleGroup } from './rule-model.js'

/** What makes a mapping no rule at all. */
export function ruleStructure(node: YamlMap, group: RuleGroup, subject: Subject): readonly Finding[] {
  const [alert, record] = [node.text('alert') || undefined, node.text('record') || undefined]
  const name = alert ?? record
  const within =
    name === undefined ? `group ${group.name}` : `${alert === undefined ? 'record' : 'alert'} ${name}`
  const at = (field: string) => {
    const { line, column } = placeOfField(node, field)
    return subject.at({ line, column, within })
  }
  const findings: Finding[] = []
  if ((alert === undefined) === (record === undefined)) {
    const got = alert === undefined ? { en: 'neither', ko: '둘 다 없음' } : { en: 'both', ko: '둘 다' }
    findings.push(lintChecks.finding('rules/record-or-alert', at('alert'), { got }))
  } else if (record !== undefined) {
    findings.push(...recordStructure(node, record, at))
  }
  for (const kind of ['labels', 'annotations'] as const) {
    for (const { key, place } of node.map(kind)?.entries ?? []) {
      if (labelName(key) === undefined && !(kind === 'labels' && key === '__name__')) continue
      const where = subject.at({ line: place.line, column: place.column, within })
      const values = { name: `"${key}"`, kind: kindName[kind] }
      findings.push(lintChecks.finding('rules/label-name', where, values, { subject: key }))
    }
  }
  return findings
}

const kindName = {
  labels: { en: 'a label', ko: '레이블' },
  annotations: { en: 'an annotation', ko: '주석' },
} as const

function recordStructure(
  node: YamlMap,
  record: string,
  at: (field: string) => ReturnType<Subject['at']>,
): readonly Finding[] {
  const alertOnly = ['for', 'keep_firing_for', 'annotations'].filter((name) => isSet(node, name))
  const findings = alertOnly.map((name) =>
    lintChecks.finding('rules/alert-only-field', at(name), { field: name }, { subject: name }),
  )
  if (!metricName(record))
    findings.push(lintChecks.finding('rules/record-name', at('record'), { name: `"${record}"` }))
  else if (!record.includes(':'))
    findings.push(lintChecks.finding('rules/record-form', at('record'), { name: record }))
  return findings
}

/** A duration of zero and an empty mapping count as not there, as in Prometheus. */
function isSet(node: YamlMap, name: string): boolean {
  const value = node.get(name)
  if (value === undefined) return false
  if (value.kind === 'map') return value.entries.length > 0
  return value.kind !== 'scalar' || !/^0(?:ms|[smhdwy])?$/.test(value.text)
}
