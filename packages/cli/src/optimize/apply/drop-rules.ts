import type { Advice } from '../advice/advice.js'
import { type DropRule, rulesFor } from '../advice/drop-rule.js'

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
