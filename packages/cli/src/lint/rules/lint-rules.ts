import type { Finding } from '../../finding/index.js'
import { parseDuration } from '../../promql/index.js'
import type { YamlMap, YamlNode } from '../../yaml-document/index.js'
import { lintChecks } from '../lint-checks.js'
import { checkShape } from '../schema/check-shape.js'
import type { LintSettings, Subject } from '../subject.js'
import { alertRemarks } from './alert-checks.js'
import { expressionFindings } from './expression-checks.js'
import { placeOfField, type Rule, type RuleGroup, ruleOf } from './rule-model.js'
import { ruleFileShape } from './rule-shape.js'
import { ruleStructure } from './rule-structure.js'
import { templateFindings } from './template-checks.js'

/** Checks a file of rules: what `promtool check rules` refuses, and what makes rules useless or noisy. */
export function lintRules(root: YamlNode, subject: Subject, settings: LintSettings): readonly Finding[] {
  const context = { subject, version: settings.prometheus, server: 'Prometheus' as const }
  const shape = checkShape(root, ruleFileShape, '', context)
  if (root.kind !== 'map') return shape
  const groups = groupsIn(root)
  const rules = groups.flatMap((group) => rulesOf(group, settings))
  return [
    ...shape,
    ...groupFindings(groups, subject),
    ...groups.flatMap((group) => structureOf(group, subject)),
    ...duplicates(rules, subject),
    ...rules.flatMap((rule) => [
      ...expressionFindings(rule, subject, settings),
      ...templateFindings(rule, subject, settings),
      ...alertRemarks(rule, subject, settings),
    ]),
  ]
}

/** The rules of a file that have what a rule needs. */
export function rulesIn(root: YamlMap, settings: LintSettings): readonly Rule[] {
  return groupsIn(root).flatMap((group) => rulesOf(group, settings))
}

function groupsIn(root: YamlMap): readonly RuleGroup[] {
  return root.list('groups').flatMap((node) => (node.kind === 'map' ? [groupOf(node)] : []))
}

function groupOf(node: YamlMap): RuleGroup {
  return { name: node.text('name') ?? '', node }
}

function rulesOf(group: RuleGroup, { prometheus }: LintSettings): readonly Rule[] {
  return group.node.list('rules').flatMap((node) => {
    const rule = node.kind === 'map' ? ruleOf(node, group, prometheus) : undefined
    return rule === undefined ? [] : [rule]
  })
}

function structureOf(group: RuleGroup, subject: Subject): readonly Finding[] {
  return group.node
    .list('rules')
    .flatMap((node) => (node.kind === 'map' ? ruleStructure(node, group, subject) : []))
}

/** How many seconds Prometheus looks back for a sample. */
const lookback = 300

function groupFindings(groups: readonly RuleGroup[], subject: Subject): readonly Finding[] {
  const seen = new Set<string>()
  return groups.flatMap(({ name, node }) => {
    const at = (field: string) => {
      const { line, column } = placeOfField(node, field)
      return subject.at({ line, column, within: `group ${name}` })
    }
    const findings: Finding[] = []
    if (name !== '' && seen.has(name))
      findings.push(lintChecks.finding('rules/group-name-twice', at('name'), { name }))
    seen.add(name)
    if (node.entry('name') !== undefined && name === '') {
      findings.push(lintChecks.finding('yaml/missing-field', at('name'), { field: 'name' }))
    }
    const interval = node.text('interval') ?? ''
    if ((parseDuration(interval) ?? 0) > lookback) {
      findings.push(lintChecks.finding('rules/group-interval', at('interval'), { interval }))
    }
    return findings
  })
}

/** Rules that write the same series, or alerts that are the same. */
function duplicates(rules: readonly Rule[], subject: Subject): readonly Finding[] {
  const seen = new Map<string, Rule>()
  return rules.flatMap((rule) => {
    const labels = rule.node.map('labels')?.entries ?? []
    const texts = labels.map(({ key, value }) => [key, value.kind === 'scalar' ? value.text : '']).sort()
    const identity = JSON.stringify([
      rule.kind,
      rule.name,
      texts,
      rule.kind === 'alert' ? rule.expr.text : '',
    ])
    const first = seen.get(identity)
    if (first === undefined) {
      seen.set(identity, rule)
      return []
    }
    const { line, column } = placeOfField(rule.node, rule.kind)
    const where = subject.at({ line, column, within: rule.within })
    return [lintChecks.finding('rules/duplicate', where, { line: first.node.place.line })]
  })
}
