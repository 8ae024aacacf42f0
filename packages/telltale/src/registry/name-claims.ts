import type { FamilyHeader } from '../metrics/sample-line.js'
import { TelltaleError } from '../model/error.js'
import type { MetricType } from '../model/metric-name.js'
import { type EscapingScheme, escapeName, type NameRule } from '../model/name-escaping.js'
import { withoutSuffix } from '../model/unit.js'

type Named = Pick<FamilyHeader, 'name' | 'type' | 'role'>

const suffixes: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['_sum', '_count', '_created'],
}

/** Legacy names differ under every scheme where they differ under one. */
const schemes: Readonly<Record<NameRule, readonly EscapingScheme[]>> = {
  legacy: ['allow-utf-8'],
  'utf-8': ['allow-utf-8', 'underscores', 'dots', 'values'],
}

/**
 * The sample names that families use in any exposition format and under any escaping of names. Two families must
 * not share one: the samples of one would be read as the other's.
 */
export class NameClaims {
  readonly #owners: ReadonlyMap<EscapingScheme, Map<string, string>>

  constructor(rule: NameRule) {
    this.#owners = new Map(schemes[rule].map((scheme) => [scheme, new Map()]))
  }

  /** Claims the names of a family, or throws `TELLTALE_NAME_CLASH` and claims none. */
  claim(family: Named): void {
    for (const [scheme, owners] of this.#owners) {
      const taken = sampleNames(family, scheme).find((name) => owners.has(name))
      if (taken !== undefined) throw clash(family, taken, owners.get(taken)!, scheme)
    }
    for (const [scheme, owners] of this.#owners) {
      for (const name of sampleNames(family, scheme)) owners.set(name, family.name)
    }
  }

  release(family: Named): void {
    for (const [scheme, owners] of this.#owners) {
      for (const name of sampleNames(family, scheme)) owners.delete(name)
    }
  }
}

function sampleNames({ name, type, role }: Named, scheme: EscapingScheme): readonly string[] {
  const written = escapeName(name, 'metric', scheme)
  if (role === 'info') return [withoutSuffix(written, '_info'), written]
  const base = type === 'counter' ? withoutSuffix(written, '_total') : written
  return [base, ...suffixes[type].map((suffix) => base + suffix)]
}

function clash(family: Named, taken: string, owner: string, scheme: EscapingScheme): TelltaleError {
  const reader = scheme === 'allow-utf-8' ? '' : ` where names are escaped by ${scheme}`
  return new TelltaleError(
    'TELLTALE_NAME_CLASH',
    `metric "${family.name}" (${family.role ?? family.type}) would have samples named "${taken}"${reader}, and so has ` +
      `"${owner}": rename one of them`,
  )
}
