import { systemClock } from '../model/clock.js'
import type { LabelValues } from './label-values.js'

/** Ends a timer, with labels that were not known at its start, and returns the seconds. */
export type EndTimer<T extends string> = (labels?: LabelValues<T>) => number

/** Starts a timer that records its seconds with the labels of its start and its end; those of the end win. */
export function startTimer<T extends string>(
  labels: LabelValues<T> | undefined,
  record: (labels: LabelValues<T>, seconds: number) => void,
): EndTimer<T> {
  const start = systemClock.monotonic()
  return (endLabels) => {
    const seconds = systemClock.monotonic() - start
    record({ ...labels, ...endLabels } as LabelValues<T>, seconds)
    return seconds
  }
}
