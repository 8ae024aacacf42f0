import type { SignalGroup } from '../signals/signal.js'

/** The dashboards by what they show, with the uid under which Grafana knows each. */
export const dashboardUids = {
  overview: 'telltale-overview',
  http: 'telltale-http',
  runtime: 'telltale-runtime',
  dependencies: 'telltale-dependencies',
  queues: 'telltale-queues',
  business: 'telltale-business',
  objectives: 'telltale-objectives',
  monitoring: 'telltale-monitoring',
} as const

const byGroup: Readonly<Record<SignalGroup, keyof typeof dashboardUids>> = {
  http: 'http',
  runtime: 'runtime',
  database: 'dependencies',
  cache: 'dependencies',
  queue: 'queues',
  outbound: 'dependencies',
  business: 'business',
  objective: 'objectives',
  monitoring: 'monitoring',
}

/** The uid of the dashboard on which the signals of a group are. */
export function dashboardUid(group: SignalGroup): string {
  return dashboardUids[byGroup[group]]
}
