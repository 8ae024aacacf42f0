import type { FamilyHeader, LineShape, SeriesIdentity, Sink } from '../metrics/sample-line.js'
import type { MetricType } from '../model/metric-name.js'

/** One sample in the JSON form. */
export interface JsonSample {
  readonly value: number
  readonly labels: Readonly<Record<string, string | number>>
  /** The sample's own name where it differs from the family's, as for `_bucket`, `_sum` and `_count`. */
  readonly metricName?: string
}

/** One family in the JSON form that prom-client made common. */
export interface JsonFamily {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly values: readonly JsonSample[]
  readonly aggregator: string
}

/** Collects families as plain objects. */
export class JsonEncoder implements Sink {
  readonly #defaultLabels: Readonly<Record<string, string>>
  readonly #families: (JsonFamily & { values: JsonSample[] })[] = []
  #header: FamilyHeader | undefined
  #values: JsonSample[] = []

  constructor(defaultLabels: Readonly<Record<string, string>> = {}) {
    this.#defaultLabels = defaultLabels
  }

  /** All families written so far. */
  get families(): readonly JsonFamily[] {
    return this.#families
  }

  family(header: FamilyHeader): void {
    this.#header = header
    this.#values = []
    const { name, help, type } = header
    this.#families.push({ name, help, type, values: this.#values, aggregator: 'sum' })
  }

  sample(line: number, series: SeriesIdentity, value: number): void {
    this.#values.push(jsonSample(this.#header!, this.#defaultLabels, { line, series, value }))
  }
}

/** What a sink is told of one sample. */
interface ToldSample {
  readonly line: number
  readonly series: SeriesIdentity
  readonly value: number
}

/** One sample of a family in the JSON form. */
export function jsonSample(
  header: FamilyHeader,
  defaultLabels: Readonly<Record<string, string>>,
  { line, series, value }: ToldSample,
): JsonSample {
  const shape = header.lines[line]!
  // The family's own label comes first, and holds against a default label of its name.
  const own = ownLabel(shape)
  const labels: Record<string, string | number> = { ...own, ...defaultLabels, ...own }
  header.labelNames.forEach((name, i) => {
    if (series.values[i] === '') delete labels[name]
    else labels[name] = series.values[i]!
  })
  const named = header.type === 'histogram' || shape.suffix !== ''
  return named ? { value, labels, metricName: header.name + shape.suffix } : { value, labels }
}

function ownLabel({ label }: LineShape): Record<string, string | number> {
  if (label === undefined) return {}
  return { [label.name]: label.value === Infinity ? '+Inf' : label.value }
}
