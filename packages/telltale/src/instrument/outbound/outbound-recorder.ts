import type { Registry } from '../../registry/registry.js'
import { foldMethod } from '../http/method.js'
import { Exchange } from './exchange.js'
import { HostNames, type HostOptions, type Target } from './host-names.js'
import { HostTraffic, type OutboundMetrics, obtainOutboundMetrics } from './outbound-metrics.js'

/** Records outgoing requests on one registry, whichever client they are made by. */
export class OutboundRecorder {
  readonly metrics: OutboundMetrics
  readonly #registry: Registry
  readonly #names: HostNames
  readonly #traffic = new Map<string, HostTraffic>()

  /** Throws `TELLTALE_OPTION`, and `TELLTALE_METRIC_EXISTS` where the metrics are defined differently. */
  constructor(registry: Registry, options: HostOptions & { readonly buckets?: readonly number[] }) {
    this.#registry = registry
    this.#names = new HostNames(options, warn)
    this.metrics = obtainOutboundMetrics(registry, options.buckets)
  }

  /** Begins to record a request; `undefined` when it is left out. */
  begin(target: Target, method: string | undefined, start = performance.now()): Exchange | undefined {
    if (this.#names.ignores(target)) return undefined
    return new Exchange(this.#trafficTo(this.#names.nameOf(target)), foldMethod(method), start)
  }

  /** A listener that never throws: Node.js would end the process for it. */
  guarded<Message>(listen: (message: Message) => void): (message: unknown) => void {
    return (message) => {
      try {
        listen(message as Message) // as the publisher documents it
      } catch (error) {
        this.#unreadable(error)
      }
    }
  }

  stop(): void {
    for (const traffic of this.#traffic.values()) traffic.close()
  }

  #trafficTo(name: string): HostTraffic {
    let traffic = this.#traffic.get(name)
    if (traffic === undefined) {
      traffic = new HostTraffic(this.metrics, name)
      this.#traffic.set(name, traffic)
    }
    return traffic
  }

  #unreadable(error: unknown): void {
    try {
      const text = error instanceof Error ? error.message : typeof error
      const message = `an outgoing request could not be read: ${text}`
      this.#registry.dropped('outgoing_requests', 'label_value', 'TELLTALE_LABEL_VALUE', message)
    } catch {
      // A registry for tests throws, which would end the process here.
    }
  }
}

function warn(message: string): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code: 'TELLTALE_HOST' })
}
