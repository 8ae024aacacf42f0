import { Counter } from '../../metrics/counter.js'
import { Gauge } from '../../metrics/gauge.js'
import { Info } from '../../metrics/info.js'
import type { Family } from '../../metrics/sample-line.js'
import { Registry } from '../../registry/registry.js'

/** What a group says about itself. */
export interface GroupFacts {
  readonly members: number
  /** Members that do not answer, whose last values are shown. */
  readonly silent: number
  /** The age of the oldest values that are shown. */
  readonly oldestSeconds: number
  readonly workers: readonly { readonly worker: number; readonly pid: number }[]
  readonly clashes: readonly (readonly [metric: string, count: number])[]
}

/** The group's own metrics. */
export function groupFamilies(facts: GroupFacts): readonly Family[] {
  const registry = new Registry()
  const gauge = (name: string, help: string, value: number) => new Gauge({ name, help, registry }).set(value)
  gauge('telltale_group_members', 'Processes of the group that are connected.', facts.members)
  gauge(
    'telltale_group_silent_members',
    'Processes of the group that do not answer, whose last values are shown.',
    facts.silent,
  )
  gauge(
    'telltale_group_oldest_values_seconds',
    'The age of the oldest values of a connected process that are shown, in seconds.',
    facts.oldestSeconds,
  )
  const info = new Info({
    name: 'telltale_group_worker_info',
    help: 'The process behind each number in the label worker.',
    labels: ['worker', 'pid'],
    registry,
  })
  for (const { worker, pid } of facts.workers) info.labels(String(worker), String(pid))
  if (facts.clashes.length > 0) {
    const clashes = new Counter({
      name: 'telltale_group_definition_clashes_total',
      help: 'Definitions of processes that were left out, because an earlier one of the name is of another kind.',
      labels: ['metric'],
      registry,
    })
    for (const [metric, count] of facts.clashes) clashes.labels(metric).inc(count)
  }
  return registry.families
}
