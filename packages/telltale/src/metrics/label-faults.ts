import { shown } from '../model/metric-name.js'

/** What is said of a label value that is none, or that is not in its closed set. */
export function wrongValue(label: string, value: unknown, closed: ReadonlySet<string> | undefined): string {
  const expected = closed === undefined ? 'a text, a number or a boolean' : `one of ${shown([...closed])}`
  return `label "${label}" got ${shown(value)}, expected ${expected}`
}

/** What is said of labels that the metric was not defined with. */
export function unknownLabels(unknown: readonly string[], labelNames: readonly string[]): string {
  return `got the labels ${shown(unknown)}, which it was not defined with; expected ${shown(labelNames)}`
}

/** What is said of more values than there are labels. */
export function tooManyValues(values: readonly unknown[], labelNames: readonly string[]): string {
  return (
    `got ${values.length} label values (${values.map(shown).join(', ')}) for ${labelNames.length} labels ` +
    `(${labelNames.join(', ')})`
  )
}

/** What is said of a label set beyond the limit. */
export function overLimit(limit: number, overflow: string): string {
  return (
    `got one more label set than its limit of ${limit} series; what is beyond goes to one series with ` +
    `every label "${overflow}". Remove the label that has no bound (an id, a raw path, a message), or raise seriesLimit`
  )
}
