import type { Advice } from '../advice/advice.js'
import { escaped } from '../usage/metric-selection.js'

/** A rule for `metric_relabel_configs`. */
export interface DropRule {
  readonly source_labels: readonly string[]
  readonly regex: string
  readonly action: 'drop'
}

/** Characters of one regular expression: longer lines cannot be read in a diff. */
const LONGEST = 500

/** What each scrape job leaves out, by its name in prometheus.yml. */
export function dropRules(advice: readonly Advice[]): ReadonlyMap<string, readonly DropRule[]> {
  const names = new Map<string, Set<string>>()
  for (const { name, pools } of advice.flatMap(({ drops }) => drops)) {
    for (const pool of pools) {
      const known = names.get(pool)
      if (known === undefined) names.set(pool, new Set([name]))
      else known.add(name)
    }
  }
  return new Map([...names].map(([pool, dropped]) => [pool, rulesFor([...dropped].sort())]))
}

function rulesFor(names: readonly string[]): readonly DropRule[] {
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
