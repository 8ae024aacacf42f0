import type { Aggregator } from './metric-object.js'

const aggregators: readonly (readonly [name: RegExp, Aggregator])[] = [
  [/nodejs_eventloop_lag_min_seconds$/, 'min'],
  [/nodejs_eventloop_lag_max_seconds$/, 'max'],
  [/nodejs_eventloop_lag(_(mean|stddev|p50|p90|p99))?_seconds$/, 'average'],
  [/process_start_time_seconds$/, 'omit'],
  [/nodejs_version_info$/, 'first'],
]

/** How the values of several processes become one, for a metric that was not defined through this surface. */
export function runtimeAggregator(metric: string): Aggregator {
  return aggregators.find(([name]) => name.test(metric))?.[1] ?? 'sum'
}
