import type { Across } from '../metrics/across.js'
import type { Family, LineShape, SeriesRange, Sink } from '../metrics/sample-line.js'
import { labelPairs } from '../model/label-text.js'
import type { MetricType } from '../model/metric-name.js'
import { type Aggregator, isAggregator } from './aggregator.js'
import type { FamilySnapshot } from './family-snapshot.js'
import { emitSeries } from './series-emission.js'

/** A snapshot as a family that registries show and encoders write. Its values are fixed. */
export class MergedFamily implements Family {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly role: 'info' | 'stateset' | undefined
  readonly unit: string | undefined
  readonly across: Across | undefined
  /** How its values become one with those of others; those that time decides are the first ones here. */
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
    this.across = snapshot.across
    this.aggregator = isAggregator(snapshot.aggregator) ? snapshot.aggregator : 'first'
    this.labelNames = snapshot.labelNames
    this.lines = snapshot.lines
    this.#snapshot = snapshot
  }

  get size(): number {
    return this.#snapshot.series.length
  }

  /** Itself, as nothing in it changes. */
  snapshot(): SeriesRange {
    return this
  }

  emit(sink: Sink, from: number, to: number): void {
    const { series } = this.#snapshot
    for (let i = from; i < to; i++) {
      const one = series[i]!
      emitSeries(
        this.#snapshot,
        { pairs: labelPairs(this.labelNames, one.values), values: one.values },
        one,
        sink,
      )
    }
  }

  reset(): void {}
}
