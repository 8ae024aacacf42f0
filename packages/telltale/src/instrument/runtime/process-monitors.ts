import { systemClock } from '../../model/clock.js'
import { processWide } from '../../model/process-wide.js'
import { FaultWatch } from './fault-watch.js'
import { GcWatch } from './gc-watch.js'
import { LoopDelay } from './loop-delay.js'
import { RequestsInFlight } from './requests-in-flight.js'
import { type Lease, SharedMonitor } from './shared-monitor.js'
import { WarningWatch } from './warning-watch.js'

/** The monitors of this process, which every registry and every prefix share. */
export class ProcessMonitors {
  readonly #gc = new SharedMonitor(() => new GcWatch())
  readonly #faults = new SharedMonitor(() => new FaultWatch())
  readonly #requestsInFlight = new SharedMonitor(() => new RequestsInFlight())
  readonly #warnings = new SharedMonitor(() => new WarningWatch())
  readonly #loopDelays = new Map<number, SharedMonitor<LoopDelay>>()

  gc(): Lease<GcWatch> {
    return this.#gc.lease()
  }

  faults(): Lease<FaultWatch> {
    return this.#faults.lease()
  }

  requestsInFlight(): Lease<RequestsInFlight> {
    return this.#requestsInFlight.lease()
  }

  warnings(): Lease<WarningWatch> {
    return this.#warnings.lease()
  }

  /** The monitor that looks at the event loop every `precision` milliseconds. */
  loopDelay(precision: number): Lease<LoopDelay> {
    let shared = this.#loopDelays.get(precision)
    if (shared === undefined) {
      shared = new SharedMonitor(() => new LoopDelay(precision, systemClock))
      this.#loopDelays.set(precision, shared)
    }
    return shared.lease()
  }
}

/** The one set of monitors of the process. */
export function processMonitors(): ProcessMonitors {
  return processWide('telltale.runtime-monitors.2', () => new ProcessMonitors())
}
