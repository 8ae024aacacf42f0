import { systemClock } from '../model/clock.js'
import type { LabelValues } from './label-values.js'

/** Ends a timer, with labels that were not known at its start, and returns the seconds. */
export type EndTimer<T extends string> = (
  labels?: LabelValues<T>,
  exemplarLabels?: LabelValues<string>,
) => number

interface TimerLabels<T extends string> {
  readonly labels: LabelValues<T> | undefined
  readonly exemplarLabels?: LabelValues<string> | undefined
}

/** Starts a timer that records its seconds with the labels of its start and its end; those of the end win. */
export function startTimer<T extends string>(
  started: TimerLabels<T>,
  record: (labels: LabelValues<T>, seconds: number, exemplarLabels: LabelValues<string>) => void,
): EndTimer<T> {
  const start = systemClock.monotonic()
  return (labels, exemplarLabels) => {
    const seconds = systemClock.monotonic() - start
    const all = { ...started.labels, ...labels } as LabelValues<T>
    record(all, seconds, { ...started.exemplarLabels, ...exemplarLabels })
    return seconds
  }
}
