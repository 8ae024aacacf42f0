import { processMonitors } from './process-monitors.js'
import type { Source } from './source.js'

/** Names that are told apart; the number of names that packages make up has no bound. */
const known = [
  'DeprecationWarning',
  'ExperimentalWarning',
  'MaxListenersExceededWarning',
  'TimeoutOverflowWarning',
  'TelltaleWarning',
  'Warning',
] as const
const OTHER = 'other'

/** The warnings of the process since the start of this source, printed or not. */
export const warnings: Source = {
  metric: 'nodejs_warnings_total',
  start(scope) {
    const seriesOf = scope.totals('nodejs_warnings_total', 'Warnings of the process, by name.', ['name'])
    const byName = new Map([...known, OTHER].map((name) => [name, seriesOf(name)]))
    const listener = (name: string): void => (byName.get(name) ?? byName.get(OTHER))?.inc()
    const lease = processMonitors().warnings()
    lease.monitor.add(listener)
    scope.atEnd(() => {
      lease.monitor.delete(listener)
      lease.release()
    })
    return { collect() {} }
  },
}
