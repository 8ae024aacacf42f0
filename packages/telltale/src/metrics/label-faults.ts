import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

/** Names by which labels are given to other libraries, and by mistake. */
const MISTAKEN = ['labelNames', 'labelnames', 'label']

/** Throws `TELLTALE_OPTION` where a definition has its labels by another name: it would have none. */
export function checkLabelOption(metric: string, options: object): void {
  const found = MISTAKEN.find((name) => name in options)
  if (found === undefined) return
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `metric "${metric}": got the option "${found}", expected "labels". Write labels: ["method", "route"]`,
  )
}

/** The remedy for who gives labels to a recording method, as in prom-client; nothing for other values. */
export function labelsFirst(value: unknown, method: string): string {
  return typeof value === 'object' && value !== null
    ? `. Name the series first: labels({ … }).${method}(…)`
    : ''
}

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
