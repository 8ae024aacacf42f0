import type { HistogramSeries } from '../../metrics/histogram.js'
import { obtainHistogram } from '../../registry/obtain.js'
import type { Registry } from '../../registry/registry.js'
import { BEAT_MS } from './registry-owner.js'

const BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/**
 * Counts in `telltale_event_loop_blocked_duration_seconds` how often, and for how long, the event loop did not turn.
 * What is counted is at least as long as it says; up to 50 ms of each episode are not seen.
 */
export class LoopEpisodes {
  readonly #thresholdSeconds: number
  readonly #lengths: HistogramSeries | undefined

  constructor(registry: Registry, thresholdSeconds: number) {
    this.#thresholdSeconds = thresholdSeconds
    this.#lengths = lengthsIn(registry)
  }

  /** Hears for how long there was no sign of life of the loop. */
  add(silence: number): void {
    const blocked = silence - BEAT_MS / 1000
    if (blocked >= this.#thresholdSeconds) this.#lengths?.observe(blocked)
  }
}

/** `undefined` where the application has taken the name for something else. */
function lengthsIn(registry: Registry): HistogramSeries | undefined {
  try {
    return obtainHistogram({
      name: 'telltale_event_loop_blocked_duration_seconds',
      help: 'Episodes in which the event loop did not turn, by their length.',
      buckets: BUCKETS,
      registry,
    }).labels()
  } catch {
    return undefined
  }
}
