import { type FaultListener, faultKinds } from './fault-watch.js'
import { processMonitors } from './process-monitors.js'
import type { Source } from './source.js'

/** Exceptions and rejections that nobody handled, since the start of this source. */
export const faults: Source = {
  metric: 'nodejs_unhandled_errors_total',
  start(scope) {
    const seriesOf = scope.totals(
      'nodejs_unhandled_errors_total',
      'Exceptions that nobody caught and rejections that nobody handled, by kind: exception or rejection.',
      ['kind'],
    )
    const byKind = new Map(faultKinds.map((kind) => [kind, seriesOf(kind)]))
    const listener: FaultListener = (kind) => byKind.get(kind)?.inc()
    const lease = processMonitors().faults()
    lease.monitor.add(listener)
    scope.atEnd(() => {
      lease.monitor.delete(listener)
      lease.release()
    })
    return { collect() {} }
  },
}
