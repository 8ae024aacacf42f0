import type { SeriesIdentity } from '../../metrics/sample-line.js'
import { labelPairs } from '../../model/label-text.js'

/** How many texts are remembered to be shared by the series that have them. */
const SHARED_TEXTS = 1000

/** One series of a joined family, which stays the same object while some part has it. */
interface JoinedSeries extends SeriesIdentity {
  readonly birth: number
  readonly place: number
  /** How many parts have it. */
  uses: number
}

/**
 * The series of a joined family by their labels: each has a place, a number, which another one gets once no part has the
 * series any more.
 */
export class SeriesPlaces {
  readonly #labelNames: readonly string[]
  readonly #byPairs = new Map<string, JoinedSeries>()
  readonly #series: (JoinedSeries | undefined)[] = []
  readonly #free: number[] = []
  readonly #texts = new Map<string, string>()
  #births = 0

  constructor(labelNames: readonly string[]) {
    this.#labelNames = labelNames
  }

  /** How many series there are. */
  get size(): number {
    return this.#byPairs.size
  }

  /** How many places there are to look at. */
  get length(): number {
    return this.#series.length
  }

  /** The birth of the youngest series. */
  get births(): number {
    return this.#births
  }

  /** The series at a place, unless it is younger than `births`. */
  at(place: number, births: number): SeriesIdentity | undefined {
    const series = this.#series[place]
    return series !== undefined && series.birth <= births ? series : undefined
  }

  /** A part has a series with these label values: the place of it. */
  hold(values: readonly string[]): number {
    const pairs = labelPairs(this.#labelNames, values)
    const known = this.#byPairs.get(pairs)
    if (known !== undefined) {
      known.uses++
      return known.place
    }
    const place = this.#free.pop() ?? this.#series.length
    const series: JoinedSeries = {
      pairs,
      values: values.map((value) => this.#shared(value)),
      birth: ++this.#births,
      place,
      uses: 1,
    }
    this.#series[place] = series
    this.#byPairs.set(pairs, series)
    return place
  }

  /** A part has the series at this place no longer. */
  release(place: number): void {
    const series = this.#series[place]!
    if (--series.uses > 0) return
    this.#byPairs.delete(series.pairs)
    this.#series[place] = undefined
    this.#free.push(place)
  }

  #shared(text: string): string {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    if (this.#texts.size >= SHARED_TEXTS) this.#texts.clear()
    this.#texts.set(text, text)
    return text
  }
}
