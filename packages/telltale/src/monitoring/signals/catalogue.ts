import type { RecordingRule } from '../query/query.js'
import { recordsOf } from '../query/walk.js'
import { businessSignals } from './business-signals.js'
import { deliverySignals } from './delivery-signals.js'
import { httpSignals } from './http-signals.js'
import { outgoingSignals } from './outgoing-signals.js'
import { runtimeSignals } from './runtime-signals.js'
import { serverSignals } from './server-signals.js'
import type { Minimum, Signal } from './signal.js'
import { cacheSignals, databaseSignals } from './store-signals.js'
import { targetSignals } from './target-signals.js'
import { outboundSignals, queueSignals } from './work-signals.js'

/** Everything worth watching in an application, its process and what watches them. */
export const signals: readonly Signal[] = [
  ...httpSignals,
  ...runtimeSignals,
  ...databaseSignals,
  ...cacheSignals,
  ...queueSignals,
  ...outboundSignals,
  ...outgoingSignals,
  ...businessSignals,
  ...targetSignals,
  ...deliverySignals,
  ...serverSignals,
]

/** Other values for the thresholds of an alert; what is not named stays. */
export interface Tuning {
  /** New values by severity. */
  readonly thresholds?: Readonly<Record<string, number>>
  /** How long the value must be across the line, in seconds. */
  readonly forSeconds?: number
  /** The minimum, in the unit of its query. */
  readonly minimum?: number
}

/**
 * The signals with other thresholds, by the id of the signal. Rules, dashboards and documentation made from the
 * result all have them. Ids and severities that do not exist change nothing.
 */
export function tuneSignals(
  all: readonly Signal[],
  tunings: Readonly<Record<string, Tuning>>,
): readonly Signal[] {
  return all.map((signal) => {
    const tuning = tunings[signal.id]
    return tuning === undefined ? signal : tuned(signal, tuning)
  })
}

function tuned(signal: Signal, tuning: Tuning): Signal {
  const { alert } = signal
  if (alert === undefined) return signal
  const thresholds = alert.thresholds.map((threshold) => ({
    ...threshold,
    value: tuning.thresholds?.[threshold.severity] ?? threshold.value,
    forSeconds: tuning.forSeconds ?? threshold.forSeconds,
  }))
  const minimum: Minimum | undefined = alert.minimum && {
    ...alert.minimum,
    above: tuning.minimum ?? alert.minimum.above,
  }
  return { ...signal, alert: { ...alert, thresholds, ...(minimum && { minimum }) } }
}

/** The recording rules that signals read, each after those that it reads itself. */
export function recordsFor(all: readonly Signal[]): readonly RecordingRule[] {
  const queries = all.flatMap(({ query, alert }) => [query, ...(alert?.minimum ? [alert.minimum.query] : [])])
  return [...new Set(queries.flatMap(recordsOf))]
}
