import type { MergeMode } from '../../aggregate/aggregator.js'
import { groupModeOf } from '../../aggregate/group/group-mode.js'
import type { Family } from '../../metrics/family.js'

/** How the values that several threads have for one family become one; what is of the process is the first one's. */
export function modeInThreads(family: Family): MergeMode {
  const { aggregator, perProcess } = groupModeOf(family)
  return perProcess ? 'first' : aggregator
}
