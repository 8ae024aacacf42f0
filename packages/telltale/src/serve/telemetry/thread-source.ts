import { MergedFamily } from '../../aggregate/merged-family.js'
import { DEFAULT_COLLECT_SECONDS } from '../../registry/registry.js'
import type { Gathering } from '../../registry/scrape-source.js'
import type { EndpointSource } from '../endpoint.js'
import type { RegistryReader } from './registry-reader.js'

const RESET_SECONDS = 2

/** What the telemetry thread serves: the registry of the application, and what only this thread can see. */
export class ThreadSource implements EndpointSource {
  readonly #application: RegistryReader
  readonly #blockedSeconds: number

  constructor(application: RegistryReader, blockedSeconds: number) {
    this.#application = application
    this.#blockedSeconds = blockedSeconds
  }

  get names(): EndpointSource['names'] {
    return this.#application.names
  }

  get openMetrics2(): boolean {
    return this.#application.openMetrics2
  }

  async gather(seconds = DEFAULT_COLLECT_SECONDS): Promise<Gathering> {
    await this.#application.collect(seconds)
    return this.gathering()
  }

  /** As it is now, without running collectors. */
  gathering(): Gathering {
    const { families, defaultLabels } = this.#application.gathering()
    const own = this.#blocked()
    const isTaken = families.some(({ name }) => name === own.name)
    return { families: isTaken ? families : [...families, own], defaultLabels }
  }

  async reset(): Promise<void> {
    if (await this.#application.reset(RESET_SECONDS)) return
    throw new Error(`the event loop was blocked for ${this.#application.silence.toFixed(1)} s`)
  }

  #blocked(): MergedFamily {
    const { silence } = this.#application
    return new MergedFamily({
      name: 'telltale_event_loop_blocked_seconds',
      help: 'For how long the event loop of the application has not turned; 0 while it does.',
      type: 'gauge',
      unit: 'seconds',
      aggregator: 'max',
      labelNames: [],
      lines: [{ suffix: '' }],
      series: [{ values: [], samples: [silence >= this.#blockedSeconds ? silence : 0] }],
    })
  }
}
