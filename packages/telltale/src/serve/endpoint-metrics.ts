import { exponentialBuckets } from '../metrics/bucket-bounds.js'
import { Counter } from '../metrics/counter.js'
import { Gauge } from '../metrics/gauge.js'
import { Histogram } from '../metrics/histogram.js'
import type { NameRule } from '../model/name-escaping.js'
import { Registry } from '../registry/registry.js'
import type { Gathering } from '../registry/scrape-source.js'
import type { Exchange } from './exchange.js'
import type { LocalSource } from './group/local-changes.js'
import type { EndpointSource } from './metric-pages.js'
import { type RejectionReason, rejectionReasons } from './rejection.js'

/** The status of an answer that was not taken to its end. */
const ABANDONED = 499

/** What an endpoint tells of itself, in a registry of its own. */
export class EndpointMetrics {
  readonly #registry = new Registry()
  readonly #scrapes = new Counter({
    name: 'telltale_scrapes_total',
    help: 'Requests for the metrics, by status of the answer; 499 where it was not taken to its end.',
    labels: ['code'],
    registry: this.#registry,
  })
  readonly #duration = new Histogram({
    name: 'telltale_scrape_duration_seconds',
    help: 'Time from the request for the metrics to the last byte of the answer.',
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10],
    registry: this.#registry,
  })
  readonly #size = new Histogram({
    name: 'telltale_scrape_size_bytes',
    help: 'Bytes that were sent to answer a request for the metrics, compressed where it was.',
    buckets: exponentialBuckets(1024, 16, 5),
    registry: this.#registry,
  })
  readonly #inFlight = new Gauge({
    name: 'telltale_scrapes_in_flight',
    help: 'Requests for the metrics that are being answered, this one included.',
    registry: this.#registry,
  })
  readonly #rejections = new Counter({
    name: 'telltale_endpoint_rejections_total',
    help: 'Requests and connections to the metrics endpoint that were refused, by reason.',
    labels: { reason: rejectionReasons },
    registry: this.#registry,
  })

  #reloaded: ((result: 'success' | 'failure') => void) | undefined

  constructor() {
    this.#scrapes.labels(200)
  }

  rejected(reason: RejectionReason): void {
    this.#rejections.labels(reason).inc()
  }

  /** Counts a request for the metrics, from now to its end. */
  watch(exchange: Exchange): void {
    const start = performance.now()
    this.#inFlight.inc()
    exchange.onEnd(() => {
      this.#inFlight.dec()
      this.#scrapes.labels(exchange.status ?? ABANDONED).inc()
      this.#duration.observe((performance.now() - start) / 1000)
      this.#size.observe(exchange.sent)
    })
  }

  /** Begins to count how configuration files were read, the first time having gone well. */
  watchReloads(): (result: 'success' | 'failure') => void {
    this.#reloaded ??= this.#countReloads()
    return this.#reloaded
  }

  #countReloads(): (result: 'success' | 'failure') => void {
    const registry = this.#registry
    const reloads = new Counter({
      name: 'telltale_web_config_reloads_total',
      help: 'Times that the files of access and TLS were read again after a change, by result.',
      labels: { result: ['success', 'failure'] },
      registry,
    })
    const successful = new Gauge({
      name: 'telltale_web_config_last_reload_successful',
      help: 'Whether the files of access and TLS are in use as they are now, 1, or as they were before, 0.',
      across: 'min',
      registry,
    })
    successful.set(1)
    return (result) => {
      reloads.labels(result).inc()
      successful.set(result === 'success' ? 1 : 0)
    }
  }

  /** A source with these metrics too, but for those whose name it has already. */
  addedTo(source: EndpointSource & LocalSource): EndpointSource & LocalSource {
    return new MeteredSource(source, this.#registry)
  }
}

class MeteredSource implements EndpointSource, LocalSource {
  readonly #source: EndpointSource & LocalSource
  readonly #own: Registry

  constructor(source: EndpointSource & LocalSource, own: Registry) {
    this.#source = source
    this.#own = own
  }

  get names(): NameRule {
    return this.#source.names
  }

  get openMetrics2(): boolean {
    return this.#source.openMetrics2
  }

  async gather(seconds?: number): Promise<Gathering> {
    return this.#withOwn(await this.#source.gather(seconds))
  }

  get gathering(): (() => Gathering) | undefined {
    const source = this.#source
    return source.gathering && (() => this.#withOwn(source.gathering!()))
  }

  get reset(): (() => void | Promise<void>) | undefined {
    const source = this.#source
    return source.reset && (() => source.reset?.())
  }

  #withOwn({ families, defaultLabels }: Gathering): Gathering {
    const taken = new Set(families.map((family) => family.name))
    const own = this.#own.families.filter((family) => !taken.has(family.name))
    return { families: [...families, ...own], defaultLabels }
  }
}
