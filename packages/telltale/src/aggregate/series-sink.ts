import type { Exemplar } from '../metrics/exemplar.js'
import type { NativeHistogram } from '../metrics/native-histogram.js'
import type { FamilyHeader, SeriesIdentity, Sink } from '../metrics/sample-line.js'

/** What one series wrote, but for its labels. */
export interface SeriesContent {
  /** One for each line of the family; `null` where this series has no such line. */
  readonly samples: readonly (number | null)[]
  /** The exemplar of each line; nothing when there is none. */
  readonly exemplars?: readonly (Exemplar | null)[]
  /** The exemplars that belong to no line. */
  readonly spread?: readonly Exemplar[]
  readonly native?: NativeHistogram
  /** When the series began, in seconds since 1970-01-01T00:00:00Z. */
  readonly created?: number
}

type Building = { -readonly [K in keyof SeriesContent]: SeriesContent[K] } & {
  samples: (number | null)[]
  exemplars?: (Exemplar | null)[]
}

/** A sink that hands each series over as a whole. */
export abstract class SeriesSink implements Sink {
  #lines = 0
  #series: SeriesIdentity | undefined
  #content: Building = { samples: [] }

  family(header: FamilyHeader): void {
    this.#hand()
    this.#lines = header.lines.length
    this.begin(header)
  }

  sample(line: number, series: SeriesIdentity, value: number, exemplar?: Exemplar): void {
    const content = this.#of(series)
    content.samples[line] = value
    if (exemplar === undefined) return
    content.exemplars ??= new Array<Exemplar | null>(this.#lines).fill(null)
    content.exemplars[line] = exemplar
  }

  exemplars(series: SeriesIdentity, exemplars: readonly Exemplar[]): void {
    if (exemplars.length > 0) this.#of(series).spread = exemplars
  }

  native(series: SeriesIdentity, histogram: NativeHistogram): void {
    this.#of(series).native = histogram
  }

  created(series: SeriesIdentity, seconds: number): void {
    this.#of(series).created = seconds
  }

  /** To be called after the last family. */
  end(): void {
    this.#hand()
  }

  /** What comes next is of this family. */
  protected abstract begin(header: FamilyHeader): void

  /** Takes a complete series; the content is its own. */
  protected abstract take(series: SeriesIdentity, content: SeriesContent): void

  #of(series: SeriesIdentity): Building {
    if (series === this.#series) return this.#content
    this.#hand()
    this.#series = series
    this.#content = { samples: new Array<number | null>(this.#lines).fill(null) }
    return this.#content
  }

  #hand(): void {
    const series = this.#series
    if (series === undefined) return
    this.#series = undefined
    this.take(series, this.#content)
  }
}
