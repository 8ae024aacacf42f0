import { labelText } from '../model/label-text.js'
import { isLegacyName } from '../model/legacy-name.js'
import { shown } from '../model/metric-name.js'

/** How many Unicode code points the label names and values of one exemplar may have in all, as OpenMetrics 1.0 says. */
export const EXEMPLAR_CODE_POINTS = 128

/** What leads from a sample to one cause of it, usually `trace_id` and `span_id`. */
export type ExemplarLabels = Readonly<Record<string, string | number | bigint | boolean | undefined>>

/** One observation of those that a sample counts, with the labels that lead to its cause. */
export interface Exemplar {
  readonly labels: Readonly<Record<string, string>>
  /** What was observed, or by how much a counter was incremented. */
  readonly value: number
  /** When, in seconds since 1970-01-01T00:00:00Z. */
  readonly timestamp: number
}

/** Says what leads from an observation to its cause. */
export interface ExemplarProvider {
  /**
   * Labels for what is being recorded now, or `undefined` for no exemplar. It runs inside `inc` and `observe`, so it
   * should take little time; what it throws, and what are no labels, is counted and goes no further. Not asked while
   * the exemplar that there is would be kept anyway.
   */
  labels(metric: string, value: number): ExemplarLabels | undefined
  /**
   * False while there is nothing to ask, because a tracing library is not loaded: recording then costs nothing more.
   * Asked when a metric is defined and before each scrape; always true when left out.
   */
  available?(): boolean
}

/** Why an exemplar was not kept. */
export type ExemplarFault = 'provider_error' | 'not_labels' | 'too_long'

/** Labels that were read, or what is wrong with them. */
export type ReadLabels =
  | { readonly labels: Readonly<Record<string, string>> | undefined }
  | { readonly fault: ExemplarFault; readonly detail: string }

/** Reads what a provider gave, into a copy. Labels without a value are left out; without any there is no exemplar. */
export function readExemplarLabels(given: unknown): ReadLabels {
  if (given === undefined || given === null) return { labels: undefined }
  if (typeof given !== 'object' || !isLabelObject(given)) return wrong(shown(given))
  const labels: Record<string, string> = {}
  let points = 0
  for (const [name, value] of Object.entries(given)) {
    const text = labelText(value)
    if (!isLegacyName(name, 'label') || text === undefined) return wrong(`${shown(name)}: ${shown(value)}`)
    if (text === '') continue
    labels[name] = text
    points += name.length + codePoints(text)
  }
  if (points > EXEMPLAR_CODE_POINTS) {
    const detail = `labels of ${points} characters, expected at most ${EXEMPLAR_CODE_POINTS} in all names and values`
    return { fault: 'too_long', detail }
  }
  return { labels: points === 0 ? undefined : labels }
}

function isLabelObject(given: object): boolean {
  // A provider that is an async function would end the process by a rejection that nobody handles.
  if (given instanceof Promise) given.catch(() => {})
  const prototype: unknown = Object.getPrototypeOf(given)
  return prototype === null || prototype === Object.prototype || Object.keys(given).length > 0
}

function wrong(got: string): ReadLabels {
  const detail = `${got}, expected an object of label names (letters, digits and "_") and texts`
  return { fault: 'not_labels', detail }
}

function codePoints(text: string): number {
  let points = 0
  for (const _point of text) points++
  return points
}
