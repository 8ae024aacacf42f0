import type { Family, SeriesRange, Sink } from '../../metrics/sample-line.js'
import type { MergeMode } from '../aggregator.js'
import type { GroupSeries } from './group-series.js'
import type { GroupDefinition } from './process-update.js'

/** A family of a group as encoders write it: its series as they are listed now, their values as they are then. */
export class GroupFamilyView implements Family {
  readonly #shape: GroupDefinition
  readonly #modes: readonly MergeMode[]
  readonly #series: readonly GroupSeries[]

  constructor(shape: GroupDefinition, modes: readonly MergeMode[], series: readonly GroupSeries[]) {
    this.#shape = shape
    this.#modes = modes
    this.#series = series
  }

  get name() {
    return this.#shape.name
  }

  get help() {
    return this.#shape.help
  }

  get type() {
    return this.#shape.type
  }

  get role() {
    return this.#shape.role
  }

  get unit() {
    return this.#shape.unit
  }

  get labelNames() {
    return this.#shape.labelNames
  }

  get lines() {
    return this.#shape.lines
  }

  get size(): number {
    return this.#series.length
  }

  snapshot(): SeriesRange {
    return this
  }

  emit(sink: Sink, from: number, to: number): void {
    for (let i = from; i < to; i++) this.#series[i]!.emit(this.#shape, this.#modes, sink)
  }

  reset(): void {}
}
