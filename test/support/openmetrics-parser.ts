import { OpenMetricsLine, type OpenMetricsMetadata } from './openmetrics-line.js'
import { checkOpenMetricsFamily, sampleNames } from './openmetrics-rules.js'
import {
  OpenMetricsError,
  type OpenMetricsFamily,
  type OpenMetricsSample,
  type OpenMetricsType,
} from './openmetrics-sample.js'
import { sampleKey } from './text-sample.js'

export { OpenMetricsError, type OpenMetricsFamily, type OpenMetricsSample }

/** OpenMetrics that was read to its end without a fault. */
export class ParsedOpenMetrics {
  readonly families: ReadonlyMap<string, OpenMetricsFamily>

  constructor(families: ReadonlyMap<string, OpenMetricsFamily>) {
    this.families = families
  }

  get samples(): readonly OpenMetricsSample[] {
    return [...this.families.values()].flatMap((family) => family.samples)
  }

  /** The value of the one sample with this name and exactly these labels; `undefined` when there is none. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
    const key = sampleKey(name, labels)
    return this.samples.find((sample) => sampleKey(sample.name, sample.labels) === key)?.value
  }
}

/**
 * Reads OpenMetrics 1.0 more strictly than Prometheus does, and throws an {@link OpenMetricsError} for the first
 * fault. Quoted names, which version 1.0.0 takes where `escaping=allow-utf-8` was agreed on, are a fault unless
 * permitted.
 */
export function parseOpenMetrics(text: string, names: 'legacy' | 'utf-8' = 'legacy'): ParsedOpenMetrics {
  const lines = text.split('\n')
  if (!text.isWellFormed()) throw new OpenMetricsError(0, 'the text cannot be written as UTF-8')
  if (lines.pop() !== '' || lines.pop() !== '# EOF') {
    throw new OpenMetricsError(lines.length, 'the text does not end in "# EOF" and a line feed')
  }
  const families = new OpenFamilies()
  lines.forEach((line, i) => {
    families.take(line, new OpenMetricsLine(line, i + 1, names === 'utf-8'))
  })
  return families.end()
}

interface OpenFamily {
  readonly name: string
  readonly metadata: Partial<Record<OpenMetricsMetadata['keyword'], string>>
  readonly samples: OpenMetricsSample[]
}

const order: readonly OpenMetricsMetadata['keyword'][] = ['TYPE', 'UNIT', 'HELP']

class OpenFamilies {
  readonly #families = new Map<string, OpenFamily>()
  #current: OpenFamily | undefined

  take(line: string, reader: OpenMetricsLine): void {
    if (line === '') reader.fail('a blank line')
    if (line.endsWith('\r')) reader.fail('a line that ends in CR')
    if (line.startsWith('#')) this.#metadata(reader)
    else this.#sample(reader)
  }

  end(): ParsedOpenMetrics {
    const families = new Map<string, OpenMetricsFamily>()
    const taken = new Map<string, string>()
    for (const { name, metadata, samples } of this.#families.values()) {
      const type = typeOf(metadata)
      for (const sample of new Set([name, ...sampleNames(name, type)])) {
        const owner = taken.get(sample)
        if (owner !== undefined)
          throw new OpenMetricsError(samples[0]?.line ?? 0, `${name} and ${owner} clash in ${sample}`)
        taken.set(sample, name)
      }
      const family = { name, type, unit: metadata.UNIT ?? '', help: metadata.HELP ?? '', samples }
      checkOpenMetricsFamily(family)
      families.set(name, family)
    }
    return new ParsedOpenMetrics(families)
  }

  #metadata(reader: OpenMetricsLine): void {
    const { keyword, name, text } = reader.metadata()
    if (this.#current?.name !== name) {
      if (this.#families.has(name)) reader.fail(`the lines of ${name} do not stand together`)
      this.#current = { name, metadata: {}, samples: [] }
      this.#families.set(name, this.#current)
    }
    const { metadata, samples } = this.#current!
    if (samples.length > 0) reader.fail(`${keyword} of ${name} after a sample`)
    if (order.slice(order.indexOf(keyword)).some((later) => metadata[later] !== undefined)) {
      reader.fail(`${keyword} of ${name} twice, or not in the order TYPE, UNIT, HELP`)
    }
    metadata[keyword] = keyword === 'TYPE' ? reader.type(text) : text
  }

  #sample(reader: OpenMetricsLine): void {
    const sample = reader.sample()
    const current = this.#current
    if (current === undefined || !sampleNames(current.name, typeOf(current.metadata)).includes(sample.name)) {
      reader.fail(`${sample.name} is no sample of the family it stands in`)
    }
    current!.samples.push(sample)
  }
}

function typeOf(metadata: OpenFamily['metadata']): OpenMetricsType {
  // Checked when the line was read.
  return (metadata.TYPE ?? 'unknown') as OpenMetricsType
}
