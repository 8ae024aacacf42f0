import type { Exemplar } from '../metrics/exemplar.js'
import type { NativeHistogram } from '../metrics/native-histogram.js'
import type { FamilyHeader, LineShape, SeriesIdentity, Sink } from '../metrics/sample-line.js'
import { boundText } from '../model/number-text.js'
import type { Gathering } from '../registry/scrape-source.js'
import type { ParsedExposition, ParsedFamily, ParsedLabels } from './exposition-model.js'
import { setLabel } from './label-reader.js'
import { SampleList } from './sample-list.js'

/** What a registry does at a scrape. */
export interface Gatherer {
  gather(seconds?: number): Promise<Gathering>
}

/**
 * Gathers a registry into the model that expositions are read into: what a scrape of it would say, and besides
 * that the families that have no series yet. Never rejects because of a collector.
 */
export async function readRegistry(registry: Gatherer): Promise<ParsedExposition> {
  const { families, defaultLabels } = await registry.gather()
  const sink = new ModelSink(defaultLabels)
  for (const family of families) {
    sink.family(family)
    family.emit(sink, 0, family.size)
  }
  return { format: 'registry', families: sink.families }
}

class ModelSink implements Sink {
  readonly #defaultLabels: ParsedLabels
  readonly #lists: SampleList[] = []
  #header: FamilyHeader | undefined
  #last: SeriesIdentity | undefined

  constructor(defaultLabels: ParsedLabels) {
    this.#defaultLabels = defaultLabels
  }

  get families(): readonly ParsedFamily[] {
    return this.#lists.map((list) => list.family)
  }

  family(header: FamilyHeader): void {
    const { name, help, unit, type, role } = header
    this.#header = header
    this.#last = undefined
    this.#lists.push(new SampleList({ name, type: role ?? type, help, unit }))
  }

  sample(line: number, series: SeriesIdentity, value: number, exemplar?: Exemplar): void {
    const list = this.#begin(series)
    const { suffix, label } = this.#header!.lines[line]!
    if (label === undefined) list.add(suffix, value, exemplar)
    else list.addOwn(suffix, label.name, ownText(label), value, exemplar)
  }

  native(series: SeriesIdentity, histogram: NativeHistogram): void {
    this.#begin(series).native(histogram)
  }

  created(series: SeriesIdentity, seconds: number): void {
    this.#begin(series).created(seconds)
  }

  #begin(series: SeriesIdentity): SampleList {
    const list = this.#lists.at(-1)!
    if (series !== this.#last) {
      this.#last = series
      list.begin(this.#labels(series))
    }
    return list
  }

  #labels({ values }: SeriesIdentity): ParsedLabels {
    const names = this.#header!.labelNames
    const labels: Record<string, string> = {}
    for (const [name, value] of Object.entries(this.#defaultLabels)) {
      if (!names.includes(name)) setLabel(labels, name, value)
    }
    names.forEach((name, i) => {
      if (values[i] !== '') setLabel(labels, name, values[i]!)
    })
    return labels
  }
}

function ownText({ value }: NonNullable<LineShape['label']>): string {
  return typeof value === 'number' ? boundText(value) : value
}
