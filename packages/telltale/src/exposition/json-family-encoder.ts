import type { FamilyHeader, SeriesIdentity } from '../metrics/sample-line.js'
import type { Encoder } from './encoder.js'
import { jsonSample } from './json-encoder.js'

/** The content type of one family as JSON. */
export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8'

const CHUNK = 65_536

/** Writes one family as the JSON text of a `JsonFamily`, piece by piece. */
export class JsonFamilyEncoder implements Encoder {
  readonly #defaultLabels: Readonly<Record<string, string>>
  #header!: FamilyHeader
  #full: Uint8Array[] = []
  #text = ''
  #separator = ''

  constructor(defaultLabels: Readonly<Record<string, string>>) {
    this.#defaultLabels = defaultLabels
  }

  family(header: FamilyHeader): void {
    const { name, help, type } = header
    this.#header = header
    this.#write(`${JSON.stringify({ name, help, type }).slice(0, -1)},"values":[`)
  }

  sample(line: number, series: SeriesIdentity, value: number): void {
    const sample = jsonSample(this.#header, this.#defaultLabels, { line, series, value })
    this.#write(this.#separator + JSON.stringify(sample))
    this.#separator = ','
  }

  end(): void {
    this.#write('],"aggregator":"sum"}\n')
    this.#cut()
  }

  get chunks(): readonly Uint8Array[] {
    return this.#full
  }

  take(): readonly Uint8Array[] {
    const full = this.#full
    this.#full = []
    return full
  }

  #write(text: string): void {
    this.#text += text
    if (this.#text.length >= CHUNK) this.#cut()
  }

  #cut(): void {
    this.#full.push(Buffer.from(this.#text))
    this.#text = ''
  }
}
