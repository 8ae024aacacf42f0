import type { CounterSeries } from '../../metrics/counter.js'

/**
 * Raises a counter to a total that the runtime keeps itself; a total that is behind it leaves it alone. After the
 * counter was reset it shows the true total again.
 */
export function raiseTo(counter: CounterSeries, total: number): void {
  if (total > counter.value) counter.inc(total - counter.value)
}
