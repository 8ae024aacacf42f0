import type { ErrorCode } from '../model/error-code.js'
import { Registry, type RegistryOptions } from '../registry/registry.js'
import { ManualClock } from './manual-clock.js'

/** Options of a {@link TestRegistry}: those of a registry that do not make it one. */
export interface TestRegistryOptions extends Omit<RegistryOptions, 'badObservations' | 'clock' | 'warn'> {
  /** A clock that other things are timed by too; one of its own when left out. */
  readonly clock?: ManualClock
}

/** A warning that the registry would have given to the process. */
export interface RegistryWarning {
  readonly code: ErrorCode
  readonly message: string
}

/**
 * A registry of one test: nothing else records into it, a bad observation throws where it is made instead of being
 * counted, and its time goes on only when it is told to.
 */
export class TestRegistry extends Registry {
  /** What timers, sliding windows and `setToCurrentTime` go by. */
  readonly manualClock: ManualClock
  readonly #warnings: RegistryWarning[]

  constructor(options: TestRegistryOptions = {}) {
    const clock = options.clock ?? new ManualClock()
    const warnings: RegistryWarning[] = []
    super({
      ...options,
      clock,
      badObservations: 'throw',
      warn: (message, code) => warnings.push({ code, message }),
    })
    this.manualClock = clock
    this.#warnings = warnings
  }

  /** What it warned of so far, such as a collector that failed. */
  get warnings(): readonly RegistryWarning[] {
    return this.#warnings
  }
}

/** A {@link TestRegistry}. */
export function createTestRegistry(options: TestRegistryOptions = {}): TestRegistry {
  return new TestRegistry(options)
}
