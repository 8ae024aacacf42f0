import type { Counter } from '../../metrics/counter.js'
import type { Gauge, GaugeSeries } from '../../metrics/gauge.js'
import type { Histogram } from '../../metrics/histogram.js'
import { obtainCounter, obtainGauge, obtainHistogram } from '../../registry/obtain.js'
import type { Registry } from '../../registry/registry.js'
import type { FailureKind } from './failure-kind.js'

/** The status of a request that got no answer. */
const NO_ANSWER = 0
/** The status of a request that the application gave up, as of one that a client gives up. */
const GIVEN_UP = 499

const DEFAULT_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30]

/** The metrics of outgoing requests on one registry. */
export interface OutboundMetrics {
  readonly duration: Histogram<readonly ['method', 'host', 'status_code']>
  readonly errors: Counter<readonly ['host', 'kind']>
  readonly inFlight: Gauge<readonly ['host']>
}

/** The metrics of a registry: one set, whoever asks first. Throws `TELLTALE_METRIC_EXISTS` when a definition differs. */
export function obtainOutboundMetrics(registry: Registry, buckets?: readonly number[]): OutboundMetrics {
  return {
    duration: obtainHistogram({
      name: 'http_client_request_duration_seconds',
      help: 'Time from an outgoing request to the head of its answer, in seconds; status 0 is no answer, 499 given up.',
      labels: ['method', 'host', 'status_code'],
      buckets: buckets ?? DEFAULT_BUCKETS,
      registry,
    }),
    errors: obtainCounter({
      name: 'http_client_request_errors_total',
      help: 'Outgoing requests without an answer, and answers that broke off, by kind.',
      labels: ['host', 'kind'],
      registry,
    }),
    inFlight: obtainGauge({
      name: 'http_client_requests_in_flight',
      help: 'Outgoing requests that wait for the head of their answer.',
      labels: ['host'],
      registry,
    }),
  }
}

/** What is recorded of the requests to one host. */
export class HostTraffic {
  readonly #metrics: OutboundMetrics
  readonly #host: string
  readonly #inFlight: GaugeSeries
  #waiting = 0
  #isClosed = false

  constructor(metrics: OutboundMetrics, host: string) {
    this.#metrics = metrics
    this.#host = host
    this.#inFlight = metrics.inFlight.labels(host)
  }

  began(): void {
    this.#inFlight.set(++this.#waiting)
  }

  answered(method: string, status: number, seconds: number): void {
    if (this.#leave()) this.#metrics.duration.labels(method, this.#host, status).observe(seconds)
  }

  failed(method: string, kind: FailureKind, seconds: number): void {
    if (!this.#leave()) return
    const status = kind === 'aborted' ? GIVEN_UP : NO_ANSWER
    this.#metrics.duration.labels(method, this.#host, status).observe(seconds)
    this.#metrics.errors.labels(this.#host, kind).inc()
  }

  /** The answer broke off after its head. */
  brokeOff(): void {
    if (!this.#isClosed) this.#metrics.errors.labels(this.#host, 'incomplete').inc()
  }

  /** The request turned out to be none that has an answer. */
  released(): void {
    this.#leave()
  }

  /** Records nothing from now on; nothing is in flight any more. */
  close(): void {
    this.#isClosed = true
    this.#inFlight.set(0)
  }

  #leave(): boolean {
    if (this.#isClosed) return false
    this.#inFlight.set(--this.#waiting)
    return true
  }
}
