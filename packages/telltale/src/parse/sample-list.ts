import type { NativeHistogram } from '../metrics/native-histogram.js'
import { withoutSuffix } from '../model/unit.js'
import type {
  ExpositionType,
  ParsedExemplar,
  ParsedFamily,
  ParsedLabels,
  ParsedNative,
  ParsedSample,
} from './exposition-model.js'
import { setLabel } from './label-reader.js'

/** What there is to say of a family besides its samples. */
export interface MutableFamily {
  name: string
  type: ExpositionType
  help: string | undefined
  unit: string | undefined
}

/** The samples of a family that does not come as lines: series by series, from protobuf or from a registry. */
export class SampleList {
  readonly #family: MutableFamily
  readonly #samples: ParsedSample[] = []
  readonly #natives: ParsedNative[] = []
  #labels: ParsedLabels = {}
  #timestamp: number | undefined

  constructor(family: MutableFamily) {
    this.#family = family
  }

  get type(): ExpositionType {
    return this.#family.type
  }

  get family(): ParsedFamily {
    const { name, type, help, unit } = this.#family
    return { name, type, help, unit, samples: this.#samples, natives: this.#natives, line: 0 }
  }

  /** Begins a series; what is added next belongs to it. */
  begin(labels: ParsedLabels, timestamp?: number): void {
    this.#labels = labels
    this.#timestamp = timestamp
  }

  add(suffix: string, value: number, exemplar?: ParsedExemplar): void {
    this.#push(this.#family.name + suffix, this.#labels, value, exemplar)
  }

  /** A sample with a label of the family's own: `le`, `quantile`, or the state of a state set. */
  addOwn(suffix: string, label: string, text: string, value: number, exemplar?: ParsedExemplar): void {
    const labels = { ...this.#labels }
    setLabel(labels, label, text)
    this.#push(this.#family.name + suffix, labels, value, exemplar)
  }

  /** When the series began, in seconds since 1970-01-01T00:00:00Z, if that is known. */
  created(seconds: number | undefined): void {
    if (seconds === undefined) return
    const { name, type } = this.#family
    const base = type === 'counter' ? withoutSuffix(name, '_total') : name
    this.#push(`${base}_created`, this.#labels, seconds, undefined)
  }

  native(histogram: NativeHistogram): void {
    this.#natives.push({ ...histogram, labels: this.#labels })
  }

  #push(name: string, labels: ParsedLabels, value: number, exemplar: ParsedExemplar | undefined): void {
    this.#samples.push({ name, labels, value, timestamp: this.#timestamp, exemplar, line: 0 })
  }
}
