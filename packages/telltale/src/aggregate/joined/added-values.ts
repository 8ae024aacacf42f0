import type { Exemplar } from '../../metrics/exemplar.js'
import type { NativeHistogram } from '../../metrics/native-histogram.js'
import { mergeNative } from '../../metrics/native-merge.js'
import type { SeriesIdentity, Sink } from '../../metrics/sample-line.js'
import { type Aggregator, finished, joined, roundingOf } from '../aggregator.js'
import { mergeSpreadExemplars, newerExemplar } from '../exemplar-merge.js'
import type { SeriesSnapshot } from '../family-snapshot.js'

/**
 * What several parts have for one series, added up as they write it. One object for all series of a family: `clear`,
 * then each part after its `begin`, then `emit` to the same sink.
 */
export class AddedValues implements Sink {
  readonly takesCursors = true
  /** One for each line. */
  readonly #modes: readonly Aggregator[]
  readonly #values: Float64Array
  /** What sums lack by rounding. */
  readonly #rests: Float64Array
  /** 1 for each line that some part has. */
  readonly #isThere: Uint8Array
  /** The line of `_sum`; -1 without one. */
  readonly #sumLine: number
  #exemplars: (Exemplar | null)[] | undefined
  #spread: readonly Exemplar[] | undefined
  #native: NativeHistogram | undefined
  #natives = 0
  #takesNative = false
  #created = Infinity
  /** How many parts have written something. */
  #parts = 0
  /** How many processes these stand for. */
  #processes = 0
  #isBegun = false
  #linesOfPart: readonly number[] | undefined

  constructor(modes: readonly Aggregator[], sumLine: number) {
    this.#modes = modes
    this.#sumLine = sumLine
    this.#values = new Float64Array(modes.length)
    this.#rests = new Float64Array(modes.length)
    this.#isThere = new Uint8Array(modes.length)
  }

  /** For the next series, which goes to this sink. */
  clear(sink: Sink): void {
    this.#takesNative = sink.native !== undefined
    this.#isThere.fill(0)
    this.#rests.fill(0)
    this.#exemplars = undefined
    this.#spread = undefined
    this.#native = undefined
    this.#natives = 0
    this.#created = Infinity
    this.#parts = 0
    this.#processes = 0
  }

  /** Another part writes from now on; `lines` says which lines its own are here, -1 for none; the same when left out. */
  begin(lines?: readonly number[]): void {
    this.#linesOfPart = lines
    this.#isBegun = false
  }

  family(): void {}

  sample(line: number, _series: SeriesIdentity, value: number, exemplar?: Exemplar): void {
    const at = this.#linesOfPart === undefined ? line : this.#linesOfPart[line]!
    this.#count(1)
    if (at < 0) return
    this.#add(at, value, 0)
    if (exemplar !== undefined) this.#addExemplar(at, exemplar)
  }

  exemplars(_series: SeriesIdentity, exemplars: readonly Exemplar[]): void {
    this.#spread = mergeSpreadExemplars(this.#spread, exemplars)
  }

  native(_series: SeriesIdentity, histogram: NativeHistogram): void {
    this.#count(1)
    this.#addNative(histogram)
  }

  created(_series: SeriesIdentity, seconds: number): void {
    this.#created = Math.min(this.#created, seconds)
  }

  /** Adds what is known already, with its lines in the order that is wanted here. */
  addSnapshot({ samples, rests, processes, exemplars, spread, native, created }: SeriesSnapshot): void {
    this.begin()
    this.#count(processes ?? 1)
    for (let line = 0; line < samples.length; line++) {
      const value = samples[line]
      if (value !== null && value !== undefined) this.#add(line, value, rests?.[line] ?? 0)
      const exemplar = exemplars?.[line]
      if (exemplar) this.#addExemplar(line, exemplar)
    }
    if (spread !== undefined) this.#spread = mergeSpreadExemplars(this.#spread, spread)
    if (native !== undefined) this.#addNative(native)
    if (created !== undefined) this.#created = Math.min(this.#created, created)
  }

  /** Writes what was added up; nothing where no part has the series any more. */
  emit(sink: Sink, series: SeriesIdentity): void {
    if (this.#parts === 0) return
    if (this.#spread !== undefined) sink.exemplars?.(series, this.#spread)
    // Those that only some parts have would not count what the others did.
    if (this.#native !== undefined && this.#natives === this.#parts) this.#emitNative(sink, series)
    for (let line = 0; line < this.#isThere.length; line++) {
      if (this.#isThere[line] === 0) continue
      sink.sample(line, series, this.#shown(line), this.#exemplars?.[line] ?? undefined)
    }
    if (this.#created !== Infinity) sink.created?.(series, this.#created)
  }

  #emitNative(sink: Sink, series: SeriesIdentity): void {
    const native = this.#native!
    sink.native?.(series, this.#sumLine < 0 ? native : { ...native, sum: this.#shown(this.#sumLine) })
  }

  #shown(line: number): number {
    return finished(this.#modes[line]!, this.#values[line]! + this.#rests[line]!, this.#processes)
  }

  #count(processes: number): void {
    if (this.#isBegun) return
    this.#isBegun = true
    this.#parts++
    this.#processes += processes
  }

  #add(line: number, value: number, rest: number): void {
    if (this.#isThere[line] === 0) {
      this.#isThere[line] = 1
      this.#values[line] = value
      this.#rests[line] = rest
      return
    }
    const mode = this.#modes[line]!
    const before = this.#values[line]!
    this.#values[line] = joined(mode, before, value) ?? before
    this.#rests[line] = this.#rests[line]! + rest + roundingOf(mode, before, value)
  }

  #addExemplar(line: number, exemplar: Exemplar): void {
    this.#exemplars ??= new Array<Exemplar | null>(this.#modes.length).fill(null)
    this.#exemplars[line] = newerExemplar(this.#exemplars[line] ?? null, exemplar)
  }

  #addNative(histogram: NativeHistogram): void {
    if (!this.#takesNative) return
    this.#natives++
    this.#native = this.#native === undefined ? histogram : mergeNative(this.#native, histogram)
  }
}
