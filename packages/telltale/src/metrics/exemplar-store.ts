import type { Exemplar } from './exemplar.js'
import type { ExemplarSampler } from './exemplar-sampler.js'
import { type ExemplarPlan, ExemplarSlots, noExemplars } from './exemplar-slots.js'

/** The exemplars of one family, for the series that have any: made only where there is somebody who gives them. */
export class ExemplarStore<S extends { readonly position: number }> {
  readonly #metric: string
  readonly #sampler: ExemplarSampler
  readonly #plan: ExemplarPlan
  readonly #slots = new Map<S, ExemplarSlots>()
  /** The series with other exemplars than at the last `takeChanged`; kept from the first one on. */
  #changed: Set<S> | undefined

  constructor(metric: string, sampler: ExemplarSampler, plan: ExemplarPlan) {
    this.#metric = metric
    this.#sampler = sampler
    this.#plan = plan
  }

  /** After how many seconds an exemplar is not shown any more. */
  get retentionSeconds(): number {
    return this.#sampler.times.maxRetentionSeconds
  }

  /** What was just recorded, on the line that it belongs to. Never throws. */
  offer(series: S, line: number, value: number): void {
    // A series that nobody scrapes would hold its exemplars for ever.
    if (series.position < 0) return
    if (this.#sampler.hasManual) this.#putManual(series, line, value)
    else this.#sample(series, line, value)
  }

  /** The exemplars of each line of a series, or of the whole of it; empty when it has none. */
  of(series: S): readonly (Exemplar | undefined)[] {
    const slots = this.#slots.get(series)
    return slots === undefined ? noExemplars : slots.shown(this.#expired(this.#sampler.clock.monotonic()))
  }

  /** The series is gone, or began again. */
  forget(series: S): void {
    if (this.#slots.delete(series)) this.#changed?.add(series)
  }

  clear(): void {
    for (const series of this.#slots.keys()) this.#changed?.add(series)
    this.#slots.clear()
  }

  /** The series whose exemplars are others than when this was last called; at first, all that have any. */
  takeChanged(): Iterable<S> {
    const changed = this.#changed ?? new Set(this.#slots.keys())
    this.#changed = new Set()
    return changed
  }

  #sample(series: S, line: number, value: number): void {
    const { clock, times } = this.#sampler
    const now = clock.monotonic()
    const slots = this.#slots.get(series)
    if (slots !== undefined && now < slots.opensAt) return
    const place = slots?.placeFor(line, value, now - times.minRetentionSeconds, this.#expired(now)) ?? line
    if (place < 0) return
    const labels = this.#sampler.labels(this.#metric, value)
    if (labels === undefined) return
    const kept = slots ?? this.#slotsOf(series)
    this.#changed?.add(series)
    kept.put(place, { labels, value, timestamp: clock.wall() }, now)
    kept.opensAt = now + times.sampleIntervalSeconds
  }

  #putManual(series: S, line: number, value: number): void {
    const labels = this.#sampler.labels(this.#metric, value)
    if (labels === undefined) return
    const { clock } = this.#sampler
    this.#changed?.add(series)
    this.#slotsOf(series).putManual(line, { labels, value, timestamp: clock.wall() }, clock.monotonic())
  }

  #slotsOf(series: S): ExemplarSlots {
    const slots = this.#slots.get(series) ?? new ExemplarSlots(this.#plan)
    this.#slots.set(series, slots)
    return slots
  }

  #expired(now: number): number {
    return now - this.#sampler.times.maxRetentionSeconds
  }
}
