import { TelltaleError } from '../model/error.js'
import type { MetricType } from '../model/metric-name.js'

const suffixes: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['_sum', '_count', '_created'],
}

/**
 * The sample names that families use in any exposition format. Two families must not share one: the samples of
 * one would be read as the other's.
 */
export class NameClaims {
  readonly #owners = new Map<string, string>()

  /** Claims the names of a family, or throws `TELLTALE_NAME_CLASH` and claims none. */
  claim(name: string, type: MetricType): void {
    const names = claimed(name, type)
    for (const candidate of names) {
      const owner = this.#owners.get(candidate)
      if (owner === undefined) continue
      throw new TelltaleError(
        'TELLTALE_NAME_CLASH',
        `metric "${name}" (${type}) would have samples named "${candidate}", and so has "${owner}": rename one of them`,
      )
    }
    for (const candidate of names) this.#owners.set(candidate, name)
  }

  release(name: string, type: MetricType): void {
    for (const candidate of claimed(name, type)) this.#owners.delete(candidate)
  }
}

function claimed(name: string, type: MetricType): readonly string[] {
  const base = type === 'counter' ? name.replace(/_total$/, '') : name
  return [base, ...suffixes[type].map((suffix) => base + suffix)]
}
