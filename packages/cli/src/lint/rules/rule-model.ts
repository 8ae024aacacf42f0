import type { ParsedPromql, Version } from '../../promql/index.js'
import { parsePromql } from '../../promql/index.js'
import type { YamlMap, YamlPlace, YamlScalar } from '../../yaml-document/index.js'

/** A rule that has what a rule needs. */
export interface Rule {
  readonly kind: 'alert' | 'record'
  readonly name: string
  /** As in `alert HighErrorRate`. */
  readonly within: string
  readonly node: YamlMap
  readonly expr: YamlScalar
  readonly parsed: ParsedPromql
  readonly group: RuleGroup
}

export interface RuleGroup {
  readonly name: string
  readonly node: YamlMap
}

/** The rule in a node; undefined when its name or its expression is missing. */
export function ruleOf(node: YamlMap, group: RuleGroup, version: Version): Rule | undefined {
  const [alert, record] = [node.text('alert'), node.text('record')]
  const expr = node.get('expr')
  const name = alert ?? record
  if (name === undefined || expr?.kind !== 'scalar') return undefined
  const kind = alert === undefined ? 'record' : 'alert'
  const parsed = parsePromql(expr.text, version)
  return { kind, name, within: `${kind} ${name}`, node, expr, parsed, group }
}

/** The place of a field's key, or of the rule. */
export function placeOfField(node: YamlMap, name: string): YamlPlace {
  return node.entry(name)?.place ?? node.place
}

/** Labels and their values of a rule or a group. */
export function textsIn(
  node: YamlMap,
  field: 'labels' | 'annotations',
): readonly (readonly [string, YamlScalar])[] {
  return (node.map(field)?.entries ?? []).flatMap(({ key, value }) =>
    value.kind === 'scalar' ? [[key, value] as const] : [],
  )
}
