import { ValueRing } from './value-ring.js'

/** What a histogram or summary counted within some steps, or since it began. */
export interface Observed {
  readonly count: number
  readonly sum: number
  /** Cumulative counts at the bounds of {@link DistributionTrack.bounds}. */
  readonly buckets: readonly number[]
}

/** One series of a histogram or a summary, through time. */
export class DistributionTrack {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Ascending, +Inf last; empty for a summary. */
  readonly bounds: readonly number[]
  /** The quantile nearest to 0.95 that a summary states itself. */
  stated: number | undefined
  readonly count: ValueRing
  readonly #sum: ValueRing
  readonly #buckets: readonly ValueRing[]

  constructor(frame: number, name: string, parts: DistributionParts) {
    this.name = name
    this.labels = parts.labels
    this.bounds = parts.buckets.map(([bound]) => bound)
    this.stated = parts.stated
    this.count = new ValueRing(frame, parts.count)
    this.#sum = new ValueRing(frame, parts.sum)
    this.#buckets = parts.buckets.map(([, value]) => new ValueRing(frame, value))
  }

  set(frame: number, parts: DistributionParts): void {
    this.stated = parts.stated
    this.count.set(frame, parts.count)
    this.#sum.set(frame, parts.sum)
    for (const [i, ring] of this.#buckets.entries()) ring.set(frame, parts.buckets[i]?.[1] ?? ring.newest)
  }

  within(frames: number): Observed {
    return {
      count: this.count.increase(frames),
      sum: this.#sum.increase(frames),
      buckets: this.#buckets.map((ring) => ring.increase(frames)),
    }
  }

  sinceStart(): Observed {
    return {
      count: this.count.newest,
      sum: this.#sum.newest,
      buckets: this.#buckets.map((ring) => ring.newest),
    }
  }
}

/** One series of a histogram or a summary, as one reading has it. */
export interface DistributionParts {
  readonly labels: Readonly<Record<string, string>>
  readonly count: number
  readonly sum: number
  /** Bound and cumulative count, ascending. */
  readonly buckets: readonly (readonly [bound: number, count: number])[]
  readonly stated: number | undefined
}

/**
 * A quantile (a ratio) from cumulative counts, interpolated within its bucket as Prometheus does. `beyond` says that
 * it lies above the last finite bound, which is what is given then. `undefined` without observations.
 */
export function quantileOf(
  quantile: number,
  bounds: readonly number[],
  counts: readonly number[],
): { readonly value: number; readonly beyond: boolean } | undefined {
  const total = counts.at(-1) ?? 0
  if (!(total > 0)) return undefined
  const rank = quantile * total
  const index = counts.findIndex((count) => count >= rank)
  const upper = bounds[index]!
  if (upper === Number.POSITIVE_INFINITY) {
    return index === 0 ? undefined : { value: bounds[index - 1]!, beyond: true }
  }
  const lower = index === 0 ? Math.min(0, upper) : bounds[index - 1]!
  const below = index === 0 ? 0 : counts[index - 1]!
  const inside = counts[index]! - below
  return { value: inside > 0 ? lower + ((upper - lower) * (rank - below)) / inside : upper, beyond: false }
}
