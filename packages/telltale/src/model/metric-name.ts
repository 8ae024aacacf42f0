import { TelltaleError } from './error.js'

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** What a metric measures; the names are those of the text format's TYPE line. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary'

/** True for a name that every version of Prometheus accepts without quoting. */
export function isMetricName(name: unknown): name is string {
  return typeof name === 'string' && METRIC_NAME.test(name)
}

/** Returns the name, or throws `TELLTALE_METRIC_NAME`. */
export function checkMetricName(name: unknown): string {
  if (isMetricName(name)) return name
  throw new TelltaleError(
    'TELLTALE_METRIC_NAME',
    `metric name ${shown(name)} is not valid: expected letters, digits, "_" and ":", not starting with a digit, ` +
      'for example "http_requests_total"',
  )
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
export function checkLabelNames(metric: string, names: readonly unknown[], type: MetricType): void {
  const seen = new Set<unknown>()
  for (const name of names) {
    const fault = labelFault(name, type) ?? (seen.has(name) ? 'it is given twice' : undefined)
    if (fault !== undefined) {
      throw new TelltaleError(
        'TELLTALE_LABEL_NAME',
        `metric "${metric}": label name ${shown(name)} cannot be used: ${fault}`,
      )
    }
    seen.add(name)
  }
}

function labelFault(name: unknown, type: MetricType): string | undefined {
  if (typeof name !== 'string' || !LABEL_NAME.test(name)) {
    return 'expected letters, digits and "_", not starting with a digit'
  }
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
