import type { FamilyHeader } from '../../metrics/sample-line.js'
import type { MergeMode } from '../aggregator.js'
import { JoinedFamily } from '../joined/joined-family.js'
import { MergedFamily } from '../merged-family.js'

/** How a family of several processes becomes one in a process group. */
export interface GroupMode {
  readonly aggregator: MergeMode
  /** Whether each process is shown by itself, by the label `worker`. */
  readonly perProcess: boolean
}

/** Adding these up gives a number that means nothing. */
const byEnding: readonly (readonly [ending: RegExp, MergeMode])[] = [
  [/_(ratio|percent|celsius)$/, 'average'],
  [/_timestamp_seconds$/, 'max'],
]

/** What other libraries say of one process, as bridges bring it; our own metrics of this kind say so themselves. */
const ofOneProcess = /(^|_)(process|nodejs)_/

/** How the values of several processes become one: as declared, else by type and name. */
export function groupModeOf(family: FamilyHeader): GroupMode {
  const { across, type, role, name } = family
  if (across === 'all') return { aggregator: 'sum', perProcess: true }
  if (across !== undefined) return { aggregator: across, perProcess: false }
  if (family instanceof MergedFamily || family instanceof JoinedFamily) {
    return { aggregator: family.aggregator, perProcess: ofOneProcess.test(name) }
  }
  if (type !== 'gauge') return { aggregator: 'sum', perProcess: false }
  if (role !== undefined) return { aggregator: 'max', perProcess: false }
  return { aggregator: byEnding.find(([ending]) => ending.test(name))?.[1] ?? 'sum', perProcess: false }
}
