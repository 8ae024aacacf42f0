import { escaped } from '../usage/metric-selection.js'

/** A rule for `metric_relabel_configs`. */
export interface DropRule {
  readonly source_labels: readonly string[]
  readonly regex: string
  readonly action: 'drop'
}

/** Characters of one regular expression: longer lines cannot be read in a diff. */
const LONGEST = 500

/** Rules that leave out the samples of these names. */
export function rulesFor(names: readonly string[]): readonly DropRule[] {
  const rules: DropRule[] = []
  let part: string[] = []
  let length = 0
  const close = () => {
    if (part.length > 0) rules.push({ source_labels: ['__name__'], regex: part.join('|'), action: 'drop' })
    part = []
    length = 0
  }
  for (const name of families(names)) {
    if (length + name.length > LONGEST) close()
    part.push(name)
    length += name.length + 1
  }
  close()
  return rules
}

/** The three names of a histogram as one pattern. */
function families(names: readonly string[]): readonly string[] {
  const all = new Set(names)
  const found: string[] = []
  for (const name of names) {
    const [, base, suffix] = /^(.+)_(bucket|sum|count)$/.exec(name) ?? []
    const whole =
      base !== undefined && all.has(`${base}_bucket`) && all.has(`${base}_sum`) && all.has(`${base}_count`)
    if (!whole) found.push(escaped(name))
    else if (suffix === 'bucket') found.push(`${escaped(base)}_(bucket|sum|count)`)
  }
  return found
}

/** Rules as they stand in a job of prometheus.yml, indented by `indent`. */
export function relabelText(rules: readonly DropRule[], indent = ''): string {
  return `${indent}metric_relabel_configs:\n${rules.map((rule) => ruleText(rule, `${indent}  `)).join('\n')}`
}

/** One rule as an item of a list. */
export function ruleText({ regex, action }: DropRule, indent: string): string {
  // A regular expression may hold what YAML reads as something else.
  const quoted = /^[\w|().?*+]+$/.test(regex) ? regex : `'${regex.replaceAll("'", "''")}'`
  return `${indent}- source_labels: [__name__]\n${indent}  regex: ${quoted}\n${indent}  action: ${action}`
}
