const named: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['+nan', Number.NaN],
  ['-nan', Number.NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-infinity', -Infinity],
])
const OTHER_BASE = /^0[xob]/i

/** A number as Prometheus reads it; `undefined` for what is none, and for what no double can hold. */
export function parseNumber(text: string): number | undefined {
  const value = Number(text)
  if (value - value === 0) return text === '' || OTHER_BASE.test(text) ? undefined : value
  return named.get(text.toLowerCase())
}

/** The bound in `le` or the ratio in `quantile`; `undefined` for what is no number. */
export function parseBound(text: string | undefined): number | undefined {
  const value = text === undefined ? undefined : parseNumber(text)
  return value === undefined || Number.isNaN(value) ? undefined : value
}
