import { JsonEncoder } from '../exposition/json-encoder.js'
import { TextEncoder004 } from '../exposition/text-encoder.js'
import type { Family } from '../metrics/family.js'
import type { Aggregator, MetricObjectWithValues, MetricValueWithName } from './metric-object.js'

type DefaultLabels = Readonly<Record<string, string>>

/** These families in the text format; a family without series is there with its HELP and TYPE lines. */
export function textOf(families: readonly Family[], defaultLabels: DefaultLabels): string {
  const encoder = new TextEncoder004(defaultLabels)
  for (const family of families) {
    encoder.family(family)
    family.emit(encoder, 0, family.size)
  }
  return encoder.text()
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
