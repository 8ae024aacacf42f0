import type { Finding } from '../../finding/index.js'
import { walk } from '../../promql/index.js'
import type { YamlScalar } from '../../yaml-document/index.js'
import { lintChecks } from '../lint-checks.js'
import { labelsOf } from '../query/label-flow.js'
import type { LintSettings, Subject } from '../subject.js'
import { readTemplate } from './go-template.js'
import { type Rule, textsIn } from './rule-model.js'

/** What is wrong with the templates in the labels and annotations of an alert. */
export function templateFindings(rule: Rule, subject: Subject, settings: LintSettings): readonly Finding[] {
  if (rule.kind !== 'alert') return []
  const of = (kind: 'labels' | 'annotations') =>
    textsIn(rule.node, kind).flatMap(([name, value]) =>
      findingsOf(rule, kind, name, value, subject, settings),
    )
  return [...of('labels'), ...of('annotations')]
}

function findingsOf(
  rule: Rule,
  kind: 'labels' | 'annotations',
  name: string,
  value: YamlScalar,
  subject: Subject,
  settings: LintSettings,
): readonly Finding[] {
  const field = `${kind}.${name}`
  const where = subject.at({ line: value.place.line, column: value.place.column, within: rule.within })
  const template = readTemplate(value.text, settings.prometheus)
  if (template.fault !== undefined) {
    return [lintChecks.finding('rules/template', where, { field, fault: template.fault }, { subject: field })]
  }
  const findings = missingLabels(rule, template.labels).map((label) =>
    lintChecks.finding(
      'rules/missing-template-label',
      where,
      { field, label },
      { subject: `${field} ${label}` },
    ),
  )
  if (kind === 'labels' && template.usesValue) {
    findings.push(lintChecks.finding('rules/value-in-label', where, { label: name }, { subject: name }))
  }
  if (
    kind === 'annotations' &&
    isRate(rule) &&
    template.valuePipelines.some((pipeline) => !formats(pipeline))
  ) {
    findings.push(lintChecks.finding('rules/humanize', where, {}, { subject: name }))
  }
  return findings
}

/** Labels of the rule itself are added after the templates ran, so they do not count. */
function missingLabels({ parsed }: Rule, used: readonly string[]): readonly string[] {
  if (parsed.expression === undefined) return []
  const given = labelsOf(parsed.expression)
  return used.filter((label) => !given.has(label))
}

function isRate({ parsed }: Rule): boolean {
  if (parsed.expression === undefined) return false
  return [...walk(parsed.expression)].some(
    ({ expression }) =>
      (expression.kind === 'call' && /^(?:rate|irate|deriv|histogram_quantile)$/.test(expression.name)) ||
      (expression.kind === 'binary' && expression.operator === '/'),
  )
}

function formats(functions: readonly string[]): boolean {
  return functions.some((name) =>
    /^(?:humanize\w*|printf|toTime|toDuration|if|eq|ne|lt|le|gt|ge)$/.test(name),
  )
}
