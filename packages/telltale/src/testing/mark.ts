import { AssertionError } from 'node:assert'
import type { ParsedExposition } from '../parse/exposition-model.js'
import { labelKey } from '../parse/series-key.js'
import { type MetricsSource, readSource, warningsOf } from './metrics-source.js'
import { nearMisses } from './near-miss.js'
import { differing, samplesNamed } from './sample-search.js'
import { labelTexts, type SampleLabels, seriesText } from './sample-text.js'

/** Remembers what a source says now, so that a test can ask what happened since. */
export async function mark(source: MetricsSource): Promise<Mark> {
  return new Mark(source, await readSource(source))
}

/** A point in time of a source of metrics. */
export class Mark {
  readonly #source: MetricsSource
  readonly #before: ParsedExposition

  /** @internal */
  constructor(source: MetricsSource, before: ParsedExposition) {
    this.#source = source
    this.#before = before
  }

  /**
   * By how much a counter, or a histogram's `_count`, `_sum` or `_bucket`, has grown since, in all series that have
   * these labels together. Series that are new count from zero, and so does one that was reset in between. Throws an
   * `AssertionError` when there is no sample of this name, neither before nor now.
   */
  async increase(name: string, labels: SampleLabels = {}): Promise<number> {
    const { before, after } = await this.#values(name, labels)
    let sum = 0
    for (const [key, value] of after) {
      const start = before.get(key) ?? 0
      sum += value >= start ? value - start : value
    }
    return sum
  }

  /** By how much a gauge has risen since, or fallen: the sum over all series that have these labels. */
  async change(name: string, labels: SampleLabels = {}): Promise<number> {
    const { before, after } = await this.#values(name, labels)
    return total(after) - total(before)
  }

  async #values(name: string, labels: SampleLabels) {
    const now = await readSource(this.#source)
    const before = values(this.#before, name, labels)
    const after = values(now, name, labels)
    const known = now.families.some((family) => family.name === name) || samplesNamed(now, name).length > 0
    if (known || before.size > 0) return { before, after }
    const texts = labelTexts(labels)
    const lines = [`expected samples ${seriesText(name, texts)}`, nearMisses(now, name, texts)]
    throw new AssertionError({
      message: [...lines, ...warningsOf(this.#source)].join('\n'),
      operator: 'increase',
    })
  }
}

function values(
  exposition: ParsedExposition,
  name: string,
  labels: SampleLabels,
): ReadonlyMap<string, number> {
  const texts = labelTexts(labels)
  const samples = samplesNamed(exposition, name).filter(
    (sample) => differing(sample.labels, texts).length === 0,
  )
  return new Map(samples.map((sample) => [labelKey(sample.labels), sample.value]))
}

function total(values: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const value of values.values()) sum += value
  return sum
}
