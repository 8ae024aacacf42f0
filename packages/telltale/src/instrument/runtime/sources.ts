import { activeResources } from './active-resources.js'
import { activeTotals } from './active-totals.js'
import { cpu } from './cpu.js'
import { eventLoopDelay } from './event-loop-delay.js'
import { eventLoopUtilization } from './event-loop-utilization.js'
import { faults } from './faults.js'
import { fileDescriptors } from './file-descriptors.js'
import { gc } from './gc.js'
import { heap } from './heap.js'
import { heapSpaces } from './heap-spaces.js'
import { httpRequests } from './http-requests.js'
import { memory } from './memory.js'
import type { Source } from './source.js'
import { startTime } from './start-time.js'
import { version } from './version.js'
import { warnings } from './warnings.js'

const standard = {
  cpu,
  startTime,
  memory,
  fileDescriptors,
  eventLoopDelay,
  eventLoopUtilization,
  activeResources,
  heap,
  heapSpaces,
  version,
  gc,
  httpRequests,
  faults,
  warnings,
}

/** Every source by the name it is chosen by, in the order in which their metrics appear. */
export const sources: Readonly<Record<RuntimeCollector, Source>> = { ...standard, activeTotals }

/** A source of runtime metrics. */
export type RuntimeCollector = keyof typeof standard | 'activeTotals'

/**
 * The collectors that run when none are named: all but `activeTotals`, three gauges of prom-client's whose names no
 * linter accepts.
 */
export const runtimeCollectors = Object.keys(standard) as readonly RuntimeCollector[]
