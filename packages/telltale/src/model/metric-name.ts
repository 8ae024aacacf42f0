import { TelltaleError } from './error.js'
import { isLegacyName } from './legacy-name.js'
import { escapeName, type NameRule } from './name-escaping.js'

const ANY_TEXT = 'a text that is not empty and has no surrogate without a partner'
const expectedMetric: Readonly<Record<NameRule, string>> = {
  legacy: 'letters, digits, "_" and ":", not starting with a digit',
  'utf-8': ANY_TEXT,
}
const expectedLabel: Readonly<Record<NameRule, string>> = {
  legacy: 'letters, digits and "_", not starting with a digit',
  'utf-8': ANY_TEXT,
}

/** What a metric measures; the names are those of the text format's TYPE line. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary'

/** True for a name that every version of Prometheus accepts without quoting. */
export function isMetricName(name: unknown): name is string {
  return typeof name === 'string' && isLegacyName(name, 'metric')
}

/** Returns the name, or throws `TELLTALE_METRIC_NAME`. */
export function checkMetricName(name: unknown, rule: NameRule = 'legacy'): string {
  if (isMetricName(name) || (rule === 'utf-8' && isUtf8Name(name))) return name
  throw new TelltaleError(
    'TELLTALE_METRIC_NAME',
    `metric name ${shown(name)} is not valid: expected ${expectedMetric[rule]}, for example "http_requests_total"`,
  )
}

function isUtf8Name(name: unknown): name is string {
  return typeof name === 'string' && name !== '' && name.isWellFormed()
}

/** Returns the help text, or throws `TELLTALE_METRIC_HELP` when there is none. */
export function checkHelp(name: string, help: unknown): string {
  if (typeof help === 'string' && help.trim() !== '') return help.trim().toWellFormed()
  throw new TelltaleError(
    'TELLTALE_METRIC_HELP',
    `metric "${name}": got help ${shown(help)}, expected one sentence that says what is measured`,
  )
}

/**
 * Checks the label names of one metric: valid, none twice, none reserved (`__x`, and `le` or `quantile` where
 * the type uses them itself). Throws `TELLTALE_LABEL_NAME`.
 */
export function checkLabelNames(
  metric: string,
  names: readonly unknown[],
  type: MetricType,
  rule: NameRule = 'legacy',
): void {
  const seen = new Set<unknown>()
  for (const name of names) {
    const fault =
      labelFault(name, type, rule) ??
      (seen.has(name) ? 'it is given twice' : undefined) ??
      (rule === 'utf-8' ? escapedFault(name as string, seen) : undefined)
    if (fault !== undefined) {
      throw new TelltaleError(
        'TELLTALE_LABEL_NAME',
        `metric "${metric}": label name ${shown(name)} cannot be used: ${fault}`,
      )
    }
    seen.add(name)
  }
}

/** Names that differ may be one for a reader that does not know all of UTF-8. */
function escapedFault(name: string, others: ReadonlySet<unknown>): string | undefined {
  for (const scheme of ['underscores', 'dots', 'values'] as const) {
    const escaped = escapeName(name, 'label', scheme)
    if (escaped === '__name__') return 'it is "__name__" for readers of older names'
    for (const other of others) {
      if (escapeName(other as string, 'label', scheme) === escaped) {
        return `for readers of older names it is the same as ${shown(other)}`
      }
    }
  }
  return undefined
}

function labelFault(name: unknown, type: MetricType, rule: NameRule): string | undefined {
  if (!isUtf8Name(name)) return `expected ${expectedLabel[rule]}`
  if (rule === 'legacy' && !isLegacyName(name, 'label')) return `expected ${expectedLabel[rule]}`
  if (name.startsWith('__')) return 'names that start with "__" belong to Prometheus'
  if (name === 'le' && type === 'histogram') return 'a histogram writes "le" itself'
  if (name === 'quantile' && type === 'summary') return 'a summary writes "quantile" itself'
  return undefined
}

/** A value as an error message shows it: quoted, and cut where it is long. Never throws, whatever it is given. */
export function shown(value: unknown): string {
  try {
    if (Array.isArray(value)) return `[${value.slice(0, 20).map(shownItem).join(', ')}]`
    if (typeof value === 'object' && value !== null) return `an object with ${shown(Object.keys(value))}`
    return shownItem(value)
  } catch {
    return 'an object that cannot be read'
  }
}

function shownItem(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value))
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return typeof value === 'function' ? 'a function' : cut(String(value))
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
