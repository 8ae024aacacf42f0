/**
 * A sample value as Prometheus reads it: the shortest digits that give back the same double, `NaN`, `+Inf` or
 * `-Inf`.
 */
export function valueText(value: number): string {
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  return String(value)
}

/**
 * A bucket bound or quantile as Go prints it (`strconv`, form `g`, shortest): scientific when the decimal
 * exponent is below -4 or at least 6, with a sign and two digits. The text is part of a series' identity, so it
 * has to be the one that every other client library writes.
 */
export function boundText(bound: number): string {
  if (!Number.isFinite(bound)) return valueText(bound)
  if (bound === 0) return '0'
  const scientific = bound.toExponential()
  const at = scientific.indexOf('e')
  const exponent = Number(scientific.slice(at + 1))
  if (exponent >= -4 && exponent < 6) return String(bound)
  const digits = String(Math.abs(exponent)).padStart(2, '0')
  return `${scientific.slice(0, at)}e${exponent < 0 ? '-' : '+'}${digits}`
}

/** The same as OpenMetrics has it: a whole number is `1.0`, so that the series is the one that other clients write. */
export function openMetricsBoundText(bound: number): string {
  const text = boundText(bound)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}
