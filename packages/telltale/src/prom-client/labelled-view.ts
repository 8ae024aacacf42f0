import type { Family } from '../metrics/family.js'
import type { SeriesIdentity, Sink } from '../metrics/sample-line.js'
import { labelPairs } from '../model/label-text.js'

type Labels = Readonly<Record<string, string>>

/** A family as a registry with default labels shows it, for another registry to show it so as well. */
export class LabelledView implements Family {
  readonly #family: Family
  readonly #defaults: () => Labels

  constructor(family: Family, defaults: () => Labels) {
    this.#family = family
    this.#defaults = defaults
  }

  get name() {
    return this.#family.name
  }

  get help() {
    return this.#family.help
  }

  get type() {
    return this.#family.type
  }

  get role() {
    return this.#family.role
  }

  get unit() {
    return this.#family.unit
  }

  get lines() {
    return this.#family.lines
  }

  get size() {
    return this.#family.size
  }

  get labelNames(): readonly string[] {
    return [...this.#family.labelNames, ...this.#added().keys()]
  }

  emit(sink: Sink, from: number, to: number): void {
    const added = this.#added()
    const values = [...added.values()]
    const pairs = labelPairs([...added.keys()], values)
    let last: SeriesIdentity | undefined
    let labelled: SeriesIdentity | undefined
    const labelledFor = (series: SeriesIdentity): SeriesIdentity => {
      // All that is of a series comes one after the other, and encoders know it by the identity of the series.
      if (series !== last || labelled === undefined) {
        labelled = {
          pairs: [series.pairs, pairs].filter(Boolean).join(','),
          values: [...series.values, ...values],
        }
        last = series
      }
      return labelled
    }
    const labelling: Sink = {
      family() {},
      sample: (line, series, value, exemplar) => sink.sample(line, labelledFor(series), value, exemplar),
      exemplars: (series, exemplars) => sink.exemplars?.(labelledFor(series), exemplars),
      native: (series, histogram) => sink.native?.(labelledFor(series), histogram),
      created: (series, seconds) => sink.created?.(labelledFor(series), seconds),
    }
    this.#family.emit(labelling, from, to)
  }

  reset(): void {
    this.#family.reset()
  }

  #added(): ReadonlyMap<string, string> {
    const own = this.#family.labelNames
    return new Map(Object.entries(this.#defaults()).filter(([name]) => !own.includes(name)))
  }
}
