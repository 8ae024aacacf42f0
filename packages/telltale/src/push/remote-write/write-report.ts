import { Counter } from '../../metrics/counter.js'
import { Gauge } from '../../metrics/gauge.js'
import type { Home } from '../../metrics/home.js'
import type { WriteOutcome } from './write-queue.js'

/** What a writer counts about itself, in a registry of its own which it writes as well. */
export class WriteReport implements WriteOutcome {
  readonly #accepted: Counter
  readonly #lost: Counter<{ readonly reason: readonly ['refused', 'overflow'] }>
  readonly #waiting: Gauge
  readonly #warn: (message: string) => void
  readonly #warned = new Set<string>()

  constructor(registry: Home, warn: (message: string) => void) {
    this.#warn = warn
    this.#accepted = new Counter({
      name: 'telltale_remote_write_samples_total',
      help: 'Samples that the receiver has accepted.',
      registry,
    })
    this.#lost = new Counter({
      name: 'telltale_remote_write_samples_lost_total',
      help: 'Samples that were given up, by reason.',
      labels: { reason: ['refused', 'overflow'] },
      registry,
    })
    this.#waiting = new Gauge({
      name: 'telltale_remote_write_samples_waiting',
      help: 'Samples that are not accepted yet.',
      registry,
    })
  }

  accepted(samples: number): void {
    this.#accepted.inc(samples)
  }

  lost(samples: number, reason: 'refused' | 'overflow', detail: string): void {
    this.#lost.labels({ reason }).inc(samples)
    if (this.#warned.has(reason)) return
    this.#warned.add(reason)
    this.#warn(`remote write: ${samples} samples were given up: ${detail}. Further ones are only counted`)
  }

  waiting(samples: number): void {
    this.#waiting.set(samples)
  }
}
