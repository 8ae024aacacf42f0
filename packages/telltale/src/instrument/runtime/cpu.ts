import { raiseTo } from './running-total.js'
import type { Source } from './source.js'

const MICROSECONDS = 1e6

/** CPU time of the process since it started, all its threads included. */
export const cpu: Source = {
  metric: 'process_cpu_seconds_total',
  start(scope) {
    const user = scope.counter('process_cpu_user_seconds_total', 'User CPU time spent, in seconds.')
    const system = scope.counter('process_cpu_system_seconds_total', 'System CPU time spent, in seconds.')
    const both = scope.counter('process_cpu_seconds_total', 'User and system CPU time spent, in seconds.')
    return {
      collect() {
        const spent = process.cpuUsage()
        raiseTo(user, spent.user / MICROSECONDS)
        raiseTo(system, spent.system / MICROSECONDS)
        raiseTo(both, (spent.user + spent.system) / MICROSECONDS)
      },
    }
  },
}
