import type { ParsedLabels } from './exposition-model.js'
import { parseBound } from './sample-number.js'

const SEPARATOR = '\u{10FFFF}'

/**
 * One text for each set of labels: sorted, without those that are empty and without the one named `left`. `le` and
 * `quantile` go by their number, because `1` and `1.0` are one bucket written in two formats.
 */
export function labelKey(labels: ParsedLabels, left?: string): string {
  const names: string[] = []
  for (const name in labels) if (labels[name] !== '' && name !== left) names.push(name)
  if (names.length > 1) names.sort()
  let key = ''
  for (const name of names) key += `${name}${SEPARATOR}${comparable(name, labels[name]!)}${SEPARATOR}`
  return key
}

/** A label value as {@link labelKey} compares it. */
export function comparable(name: string, value: string): string {
  if (name !== 'le' && name !== 'quantile') return value
  const bound = parseBound(value)
  return bound === undefined ? value : String(bound)
}
