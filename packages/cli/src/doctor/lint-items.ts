import { lintCheckIds } from '../lint/index.js'
import type { ItemKey } from './checklist.js'

/** What lint says, and doctor says from what runs, or in other words. */
const leftOut = new Set(['config/no-rules', 'metrics/empty'])

/** What the running server tells better. */
export const toldByServer: ReadonlySet<string> = new Set([
  'config/no-alertmanager',
  'config/no-targets',
  'config/nothing-scraped',
  'config/long-interval',
  'config/interval-above-lookback',
  'config/discovery-file-missing',
  'dashboard/unknown-metric',
])

const single: Readonly<Record<string, ItemKey>> = {
  'config/rule-file-missing': 'alert-rules',
  'config/no-alertmanager': 'alerting',
  'config/no-targets': 'scraping',
  'config/nothing-scraped': 'scraping',
  'config/long-interval': 'scraping',
  'config/interval-above-lookback': 'scraping',
  'config/discovery-file-missing': 'scraping',
  'config/relabel-drops-all': 'scraping',
  'config/honor-labels': 'scraping',
  'config/no-limits': 'scraping',
  'metrics/id-like-label-value': 'labels',
  'metrics/high-cardinality': 'labels',
  'metrics/constant-label': 'labels',
  'metrics/reserved-label': 'labels',
  'metrics/target-label': 'labels',
}

const byArea: Readonly<Record<string, readonly ItemKey[]>> = {
  config: ['prometheus-yml'],
  rules: ['alert-rules'],
  alertmanager: ['alerting'],
  dashboard: ['dashboards'],
  metrics: ['review'],
  query: ['queries'],
  // These depend on the file that they are found in.
  yaml: ['prometheus-yml', 'alert-rules', 'alerting'],
  promql: ['alert-rules', 'dashboards'],
}

/** The items that a finding of lint may belong to; none for what doctor leaves to lint. */
export function itemsOfLint(id: string): readonly ItemKey[] {
  if (leftOut.has(id)) return []
  const item = single[id]
  return item === undefined ? (byArea[id.slice(0, id.indexOf('/'))] ?? []) : [item]
}

/** The ids of lint that doctor has as well. */
export const lintIds: readonly string[] = lintCheckIds.filter((id) => itemsOfLint(id).length > 0)
