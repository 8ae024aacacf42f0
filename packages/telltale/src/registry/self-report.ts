import { Counter } from '../metrics/counter.js'
import type { Family } from '../metrics/family.js'
import type { Home } from '../metrics/home.js'
import type { ErrorCode } from '../model/error-code.js'

/** A counter that a registry keeps about itself. */
interface OwnCounter {
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
}

const counters = {
  dropped: {
    name: 'telltale_observations_dropped_total',
    help: 'Observations that were not recorded, by metric and reason.',
    labels: ['metric', 'reason'],
  },
  overflow: {
    name: 'telltale_series_overflow_total',
    help: 'Look-ups of label sets beyond the limit on series, by metric.',
    labels: ['metric'],
  },
  exemplars: {
    name: 'telltale_exemplars_dropped_total',
    help: 'Exemplars that were not kept, by metric and reason.',
    labels: ['metric', 'reason'],
  },
  collectors: {
    name: 'telltale_collector_errors_total',
    help: 'Runs of collectors that failed or did not finish in time, by collector and reason.',
    labels: ['collector', 'reason'],
  },
} as const satisfies Readonly<Record<string, OwnCounter>>

/** What went wrong in a registry. */
export interface Incident {
  readonly counter: keyof typeof counters
  /** The metric or the collector. */
  readonly subject: string
  readonly reason: string
  readonly code: ErrorCode
  readonly message: string
}

/** Counts what went wrong in metrics of the registry's own, and warns once of each kind. Never throws. */
export class SelfReport {
  readonly #home: Home
  readonly #find: (name: string) => Family | undefined
  readonly #warn: (message: string, code: ErrorCode) => void
  readonly #warned = new Set<string>()

  constructor(
    home: Home,
    find: (name: string) => Family | undefined,
    warn: (message: string, code: ErrorCode) => void,
  ) {
    this.#home = home
    this.#find = find
    this.#warn = warn
  }

  add(incident: Incident): void {
    this.#warnOnce(incident)
    this.#count(incident)
  }

  #warnOnce({ counter, subject, reason, code, message }: Incident): void {
    const key = `${counter}\n${subject}\n${reason}`
    if (this.#warned.has(key)) return
    this.#warned.add(key)
    try {
      this.#warn(message, code)
    } catch {
      // A warning that cannot be given must not become an error of who records.
    }
  }

  /** When the application has taken the name of the counter, there is only the warning. */
  #count({ counter: which, subject, reason }: Incident): void {
    const { name, help, labels }: OwnCounter = counters[which]
    if (subject === name) return
    try {
      const counter = this.#find(name) ?? new Counter({ name, help, labels, registry: this.#home })
      if (counter instanceof Counter) counter.labels(...[subject, reason].slice(0, labels.length)).inc()
    } catch {
      // A clash of names must not become an error of who records.
    }
  }
}
