import type { Exemplar } from '../../metrics/exemplar.js'
import type { NativeHistogram } from '../../metrics/native-histogram.js'
import type { FamilyHeader, LineShape, SeriesIdentity, Sink } from '../../metrics/sample-line.js'
import { type EscapingScheme, escapeName } from '../../model/name-escaping.js'
import { boundText } from '../../model/number-text.js'

/** What remote write says of a family. */
export interface WrittenFamily {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'stateset'
  readonly help: string
  readonly unit: string
}

/** One series with what it has at the time of its collection: a number, or the native buckets of a histogram. */
export interface WrittenSeries {
  readonly family: WrittenFamily
  /** Names and values in turn, sorted by name, `__name__` among them, without empty values. */
  readonly labels: readonly string[]
  readonly value: number | NativeHistogram
  readonly exemplars: readonly Exemplar[]
}

type Pair = readonly [name: string, value: string]

/** Takes what a scrape would show as the series that remote write sends. */
export class SeriesCollection implements Sink {
  readonly series: WrittenSeries[] = []
  readonly #added: readonly Pair[]
  readonly #escaping: EscapingScheme
  #header: FamilyHeader | undefined
  #family: WrittenFamily | undefined
  #exemplars: readonly Exemplar[] = []

  /** `added` are labels of every series that has none of that name itself. */
  constructor(added: Readonly<Record<string, string>>, escaping: EscapingScheme) {
    this.#added = Object.entries(added)
    this.#escaping = escaping
  }

  family(header: FamilyHeader): void {
    const { name, type, role, help, unit = '' } = header
    this.#header = header
    this.#family = { name: escapeName(name, 'metric', this.#escaping), type: role ?? type, help, unit }
  }

  exemplars(_series: SeriesIdentity, exemplars: readonly Exemplar[]): void {
    this.#exemplars = exemplars
  }

  native(series: SeriesIdentity, value: NativeHistogram): void {
    const exemplars = this.#exemplars
    this.#exemplars = []
    this.#push('', undefined, series, value, exemplars)
  }

  sample(line: number, series: SeriesIdentity, value: number, exemplar?: Exemplar): void {
    const { suffix, label } = this.#header!.lines[line]!
    this.#push(suffix, label, series, value, exemplar === undefined ? [] : [exemplar])
  }

  #push(
    suffix: string,
    own: LineShape['label'],
    series: SeriesIdentity,
    value: number | NativeHistogram,
    exemplars: readonly Exemplar[],
  ): void {
    const labels = new Map(this.#added)
    this.#header!.labelNames.forEach((name, i) => {
      const text = series.values[i]!
      if (text !== '') labels.set(escapeName(name, 'label', this.#escaping), text)
    })
    if (own !== undefined) {
      const text = typeof own.value === 'number' ? boundText(own.value) : own.value
      labels.set(escapeName(own.name, 'label', this.#escaping), text)
    }
    labels.set('__name__', this.#family!.name + suffix)
    this.series.push({ family: this.#family!, labels: sorted(labels), value, exemplars })
  }
}

function sorted(labels: ReadonlyMap<string, string>): readonly string[] {
  const pairs = [...labels].filter(([, value]) => value !== '')
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1)).flat()
}
