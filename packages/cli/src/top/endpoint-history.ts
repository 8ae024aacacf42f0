import type { ParsedFamily, ParsedSample } from 'telltale/testing'
import { DistributionTrack } from './distribution.js'
import { distributionsOf, seriesText } from './family-series.js'
import type { MetricsReading } from './metrics-source.js'
import { FRAMES, ValueRing } from './value-ring.js'

export interface CounterTrack {
  readonly family: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly values: ValueRing
}

export interface FamilyTrack {
  readonly name: string
  /** Samples of the family: its series in Prometheus. */
  readonly series: ValueRing
  readonly first: number
}

/**
 * What the newest readings of an endpoint say about each of its series. Memory: about 300 bytes for a counter and
 * 300 for each bucket; series that are gone are forgotten.
 */
export class EndpointHistory {
  readonly counters = new Map<string, CounterTrack>()
  readonly distributions = new Map<string, DistributionTrack>()
  readonly families = new Map<string, FamilyTrack>()
  readonly #times = new Float64Array(FRAMES)
  #frames = 0
  #newest: MetricsReading | undefined

  /** How many readings there were. */
  get frames(): number {
    return this.#frames
  }

  get newest(): MetricsReading | undefined {
    return this.#newest
  }

  /** Samples in the newest reading. */
  get series(): number {
    let sum = 0
    for (const { series } of this.families.values()) sum += series.newest
    return sum
  }

  /** The seconds that the newest `frames` steps took, those that there are. */
  seconds(frames: number): number {
    const steps = this.steps(frames)
    const last = this.#frames - 1
    return (this.#times[last % FRAMES]! - this.#times[(last - steps) % FRAMES]!) / 1000
  }

  /** How many of `frames` steps there are. */
  steps(frames: number): number {
    return Math.max(0, Math.min(frames, this.#frames - 1, FRAMES - 1))
  }

  add(reading: MetricsReading): void {
    const frame = this.#frames++
    this.#times[frame % FRAMES] = reading.at
    this.#newest = reading
    for (const family of reading.exposition.families) this.#addFamily(frame, family)
    forget(this.counters, (track) => track.values.frame < frame)
    forget(this.distributions, (track) => track.count.frame < frame)
    forget(this.families, (track) => track.series.frame < frame)
  }

  #addFamily(frame: number, family: ParsedFamily): void {
    const count = family.samples.length + family.natives.length
    const known = this.families.get(family.name)
    if (known === undefined) {
      const series = new ValueRing(frame, count)
      this.families.set(family.name, { name: family.name, series, first: frame === 0 ? count : 0 })
    } else known.series.set(frame, count)
    if (family.type === 'histogram' || family.type === 'summary') this.#addDistributions(frame, family)
    else
      for (const sample of family.samples) if (counts(family, sample)) this.#addCounter(frame, family, sample)
  }

  #addCounter(frame: number, family: ParsedFamily, { name, labels, value }: ParsedSample): void {
    const key = seriesText(name, labels)
    const known = this.counters.get(key)
    if (known !== undefined) known.values.set(frame, value)
    else this.counters.set(key, { family: family.name, name, labels, values: new ValueRing(frame, value) })
  }

  #addDistributions(frame: number, family: ParsedFamily): void {
    for (const [key, parts] of distributionsOf(family)) {
      const known = this.distributions.get(key)
      if (known !== undefined && known.bounds.length === parts.buckets.length) known.set(frame, parts)
      else this.distributions.set(key, new DistributionTrack(frame, family.name, parts))
    }
  }
}

function counts({ type }: ParsedFamily, { name }: ParsedSample): boolean {
  if (type === 'counter') return !name.endsWith('_created')
  return type === 'unknown' && name.endsWith('_total')
}

function forget<V>(tracks: Map<string, V>, gone: (track: V) => boolean): void {
  for (const [key, track] of tracks) if (gone(track)) tracks.delete(key)
}
