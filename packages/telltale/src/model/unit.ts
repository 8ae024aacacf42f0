import { TelltaleError } from './error.js'
import { shown } from './metric-name.js'

const UNIT = /^[a-zA-Z0-9_:]+$/

/** The name of a metric without the suffix that its samples add in OpenMetrics. */
export function withoutSuffix(name: string, suffix: '_total' | '_info'): string {
  return name.length > suffix.length && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}

/** True when the name ends in the unit, as OpenMetrics requires; else Prometheus rejects the whole scrape. */
export function endsInUnit(familyName: string, unit: string): boolean {
  return familyName.endsWith(`_${unit}`)
}

/** Returns the unit of a metric, if it has one, or throws `TELLTALE_METRIC_NAME` when the name does not say it. */
export function checkUnit(name: string, unit: unknown): string | undefined {
  if (unit === undefined) return undefined
  if (typeof unit === 'string' && UNIT.test(unit) && endsInUnit(withoutSuffix(name, '_total'), unit))
    return unit
  throw new TelltaleError(
    'TELLTALE_METRIC_NAME',
    `metric "${name}": got unit ${shown(unit)}, expected a name that ends in it, as in ` +
      '"request_duration_seconds" with unit "seconds" or "sent_bytes_total" with unit "bytes"',
  )
}
