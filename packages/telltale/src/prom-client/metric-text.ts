import type { Encoder } from '../exposition/encoder.js'
import { JsonEncoder } from '../exposition/json-encoder.js'
import { OpenMetricsEncoder } from '../exposition/open-metrics-encoder.js'
import { TextEncoder004, textOfChunks } from '../exposition/text-encoder.js'
import type { Family } from '../metrics/family.js'
import { DEFAULT_ESCAPING } from '../model/name-escaping.js'
import { openMetricsContentType, type RegistryContentType } from './content-type.js'
import type { Aggregator, MetricObjectWithValues, MetricValueWithName } from './metric-object.js'

type DefaultLabels = Readonly<Record<string, string>>

/** These families as a whole scrape; a family without series is there with its metadata. */
export function scrapeText(
  families: readonly Family[],
  defaultLabels: DefaultLabels,
  contentType: RegistryContentType,
): string {
  const encoder = encoderFor(defaultLabels, contentType)
  for (const family of families) write(family, encoder)
  encoder.end()
  return textOfChunks(encoder.chunks)
}

/** The lines of one family, without a line feed at the end. */
export function familyText(
  family: Family,
  defaultLabels: DefaultLabels,
  contentType: RegistryContentType,
): string {
  const encoder = encoderFor(defaultLabels, contentType)
  write(family, encoder)
  return textOfChunks(encoder.chunks).trimEnd()
}

/** A family with its values as a plain object of the caller's own. */
export function objectOf<T extends string>(
  family: Family,
  aggregator: Aggregator,
  defaultLabels: DefaultLabels = {},
): MetricObjectWithValues<MetricValueWithName<T>> {
  const encoder = new JsonEncoder(defaultLabels)
  encoder.family(family)
  family.emit(encoder, 0, family.size)
  const { name, help, type, values } = encoder.families[0]!
  // The labels are the family's own, and the caller's type names those.
  return { name, help, type, values: [...values] as MetricValueWithName<T>[], aggregator }
}

function encoderFor(defaultLabels: DefaultLabels, contentType: RegistryContentType): Encoder {
  return contentType === openMetricsContentType
    ? new OpenMetricsEncoder({ defaultLabels, escaping: DEFAULT_ESCAPING })
    : new TextEncoder004(defaultLabels)
}

function write(family: Family, encoder: Encoder): void {
  encoder.family(family)
  family.emit(encoder, 0, family.size)
}
