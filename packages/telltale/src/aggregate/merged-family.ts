import type { Family, LineShape, SeriesIdentity, Sink } from '../metrics/sample-line.js'
import { labelPairs } from '../model/label-text.js'
import type { MetricType } from '../model/metric-name.js'
import { type Aggregator, finished } from './aggregator.js'
import type { FamilySnapshot } from './family-snapshot.js'

/** A snapshot as a family that registries show and encoders write. Its values are fixed. */
export class MergedFamily implements Family {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly role: 'info' | 'stateset' | undefined
  readonly unit: string | undefined
  readonly aggregator: Aggregator
  readonly labelNames: readonly string[]
  readonly lines: readonly LineShape[]
  readonly #snapshot: FamilySnapshot

  constructor(snapshot: FamilySnapshot) {
    this.name = snapshot.name
    this.help = snapshot.help
    this.type = snapshot.type
    this.role = snapshot.role
    this.unit = snapshot.unit
    this.aggregator = snapshot.aggregator
    this.labelNames = snapshot.labelNames
    this.lines = snapshot.lines
    this.#snapshot = snapshot
  }

  get size(): number {
    return this.#snapshot.series.length
  }

  emit(sink: Sink, from: number, to: number): void {
    for (const { values, samples, rests, processes = 1 } of this.#snapshot.series.slice(from, to)) {
      const identity: SeriesIdentity = { pairs: labelPairs(this.labelNames, values), values }
      samples.forEach((sample, line) => {
        if (sample === null) return
        const value = sample + (rests?.[line] ?? 0)
        sink.sample(line, identity, finished(this.aggregator, value, processes))
      })
    }
  }

  reset(): void {}
}
