import { readText } from '../../parse/text-reader.js'
import { metricOfSample } from '../metrics/metric-catalogue.js'
import type { ScrapedSample } from './history.js'

/** The metrics of a scrape that the page reads. */
export interface Scrape {
  /** Under the names that the catalogue has, without the prefix of an environment. */
  readonly samples: readonly ScrapedSample[]
  /** The names of their families as the endpoint has them. */
  readonly names: readonly string[]
}

/** Labels that a Prometheus would put on every series. */
export interface TargetLabels {
  readonly job: string
  readonly instance: string
}

/** Reads what is wanted of an exposition in Prometheus' text format. Throws `TELLTALE_EXPOSITION` for another text. */
export function readScrape(text: string, wanted: readonly string[], target: TargetLabels): Scrape {
  const known = new Set(wanted)
  const families = readText(text, 'tolerant').map((family) => ({
    ...family,
    known: knownName(family.name, known),
  }))
  const plain = new Set(families.map(({ name }) => name))
  const samples: ScrapedSample[] = []
  const names: string[] = []
  for (const family of families) {
    const prefix = family.name.length - (family.known?.length ?? 0)
    // Where the metric is there under its own name too, that one counts.
    if (family.known === undefined || (prefix > 0 && plain.has(family.known))) continue
    names.push(family.name)
    for (const { name, labels, value } of family.samples) {
      samples.push({ name: name.slice(prefix), labels: { ...target, ...labels }, value })
    }
  }
  return { samples, names }
}

/** A wanted name, or one of the runtime's behind a prefix such as `prod_`. */
function knownName(name: string, wanted: ReadonlySet<string>): string | undefined {
  if (wanted.has(name)) return name
  for (let at = name.indexOf('_'); at >= 0; at = name.indexOf('_', at + 1)) {
    const rest = name.slice(at + 1)
    if (wanted.has(rest) && metricOfSample(rest)?.source === 'runtime') return rest
    if (wanted.has(rest) && metricOfSample(`${rest}_sum`)?.source === 'runtime') return rest
  }
  return undefined
}
