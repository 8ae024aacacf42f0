/**
 * How the values that several processes have for one series become one. `omit` leaves the metric out. What is no
 * number is no value, and the others decide.
 */
export type Aggregator = 'omit' | 'sum' | 'first' | 'min' | 'max' | 'average'

/**
 * The same, and what needs to know when a value changed: the value that changed last, that of ended processes included
 * or not.
 */
export type MergeMode = Aggregator | 'mostrecent' | 'livemostrecent'

/** True for the name of an aggregator. */
export function isAggregator(name: unknown): name is Aggregator {
  return name === 'omit' || (typeof name === 'string' && Object.hasOwn(joins, name))
}

/** The value of two processes together, before {@link finished}. Where time decides, `a` is the later one. */
export function joined(mode: MergeMode, a: number | null, b: number | null): number | null {
  if (a === null || Number.isNaN(a)) return b ?? a
  if (b === null || Number.isNaN(b)) return a
  return joins[mode](a, b)
}

/**
 * What the sum of two numbers lacks by rounding. Kept beside sums, it makes them the same in any order; without it a
 * total could fall by its last digit when a process ends, which Prometheus takes for a restart from zero.
 */
export function roundingOf(aggregator: MergeMode, a: number | null, b: number | null): number {
  if (a === null || b === null || (aggregator !== 'sum' && aggregator !== 'average')) return 0
  const sum = a + b
  const second = sum - a
  const rest = a - (sum - second) + (b - second)
  return Number.isFinite(rest) ? rest : 0
}

/** The value to show for what was joined from this many processes. */
export function finished(aggregator: MergeMode, value: number, processes: number): number {
  return aggregator === 'average' ? value / processes : value
}

const first = (a: number) => a

const joins: Readonly<Record<MergeMode, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  first,
  omit: first,
  mostrecent: first,
  livemostrecent: first,
  min: Math.min,
  max: Math.max,
  average: (a, b) => a + b,
}
