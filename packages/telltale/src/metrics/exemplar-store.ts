import type { Exemplar } from './exemplar.js'
import type { ExemplarSampler } from './exemplar-sampler.js'
import { type ExemplarPlan, ExemplarSlots, noExemplars } from './exemplar-slots.js'

/** The exemplars of one family, by the row of their series: made only where there is somebody who gives them. */
export class ExemplarStore {
  readonly #metric: string
  readonly #sampler: ExemplarSampler
  readonly #plan: ExemplarPlan
  readonly #slots = new Map<number, ExemplarSlots>()
  /** The series with other exemplars than at the last `takeChanged`; kept from the first one on. */
  #changed: Set<number> | undefined

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
  offer(row: number, line: number, value: number): void {
    if (this.#sampler.hasManual) this.#putManual(row, line, value)
    else this.#sample(row, line, value)
  }

  /** The exemplars of each line of a row, or of the whole of it; empty when it has none. */
  of(row: number): readonly (Exemplar | undefined)[] {
    const slots = this.#slots.get(row)
    return slots === undefined ? noExemplars : slots.shown(this.#expired(this.#sampler.clock.monotonic()))
  }

  /** The series is gone, or began again. */
  forget(row: number): void {
    if (this.#slots.delete(row)) this.#changed?.add(row)
  }

  clear(): void {
    for (const row of this.#slots.keys()) this.#changed?.add(row)
    this.#slots.clear()
  }

  /** The series whose exemplars are others than when this was last called; at first, all that have any. */
  takeChanged(): Iterable<number> {
    const changed = this.#changed ?? new Set(this.#slots.keys())
    this.#changed = new Set()
    return changed
  }

  #sample(row: number, line: number, value: number): void {
    const { clock, times } = this.#sampler
    const now = clock.monotonic()
    const slots = this.#slots.get(row)
    if (slots !== undefined && now < slots.opensAt) return
    const place = slots?.placeFor(line, value, now - times.minRetentionSeconds, this.#expired(now)) ?? line
    if (place < 0) return
    const labels = this.#sampler.labels(this.#metric, value)
    if (labels === undefined) return
    const kept = slots ?? this.#slotsOf(row)
    this.#changed?.add(row)
    kept.put(place, { labels, value, timestamp: clock.wall() }, now)
    kept.opensAt = now + times.sampleIntervalSeconds
  }

  #putManual(row: number, line: number, value: number): void {
    const labels = this.#sampler.labels(this.#metric, value)
    if (labels === undefined) return
    const { clock } = this.#sampler
    this.#changed?.add(row)
    this.#slotsOf(row).putManual(line, { labels, value, timestamp: clock.wall() }, clock.monotonic())
  }

  #slotsOf(row: number): ExemplarSlots {
    const slots = this.#slots.get(row) ?? new ExemplarSlots(this.#plan)
    this.#slots.set(row, slots)
    return slots
  }

  #expired(now: number): number {
    return now - this.#sampler.times.maxRetentionSeconds
  }
}
