import { metricOfSample } from '../metrics/metric-catalogue.js'
import type { Query } from '../query/query.js'
import { lookBack, recordsOf, samplesOf } from '../query/walk.js'
import { httpSignals } from '../signals/http-signals.js'
import { runtimeSignals } from '../signals/runtime-signals.js'
import type { Signal } from '../signals/signal.js'
import { cacheSignals, databaseSignals } from '../signals/store-signals.js'
import { outboundSignals, queueSignals } from '../signals/work-signals.js'

/** What the page remembers, in seconds. */
export const REMEMBERED_SECONDS = 900

/**
 * The signals that can be told from one endpoint within the time that the page remembers: those that compare with last
 * week, or that need a Prometheus, are not among them.
 */
export const liveSignals: readonly Signal[] = [
  ...httpSignals,
  ...runtimeSignals,
  ...databaseSignals,
  ...queueSignals,
  ...outboundSignals,
  ...cacheSignals,
].filter(({ query, alert }) => isLive(query) && (alert?.minimum === undefined || isLive(alert.minimum.query)))

/** Whether a query looks back no further than the page remembers, through recording rules too. */
export function isLive(query: Query): boolean {
  return [query, ...recordsOf(query).map((rule) => rule.query)].every(
    (part) => lookBack(part) <= REMEMBERED_SECONDS,
  )
}

/** The metrics whose samples queries read. */
export function familiesOf(queries: readonly Query[]): readonly string[] {
  return [...new Set(queries.flatMap(samplesOf).map((sample) => metricOfSample(sample)?.name ?? sample))]
}
