import { TelltaleError } from '../model/error.js'
import type { Gathering } from '../registry/scrape-source.js'
import type { Grouping } from './grouping.js'

/**
 * Throws `TELLTALE_PUSH_LABEL` when a metric or the default labels have a label of the group: a Pushgateway would put
 * the group's own value in the place of the metric's, without a word.
 */
export function checkGroupLabels({ families, defaultLabels }: Gathering, grouping: Grouping): void {
  const shared = (names: readonly string[]) => names.find((name) => grouping.has(name))
  const byDefault = shared(Object.keys(defaultLabels))
  if (byDefault !== undefined) throw groupLabel('the default labels have', byDefault)
  for (const { name, labelNames } of families) {
    const own = shared(labelNames)
    if (own !== undefined) throw groupLabel(`metric "${name}" has`, own)
  }
}

function groupLabel(who: string, label: string): TelltaleError {
  return new TelltaleError(
    'TELLTALE_PUSH_LABEL',
    `${who} the label "${label}", which the group that it would be pushed to has as well: rename the label, ` +
      'or leave it out of the group',
  )
}
