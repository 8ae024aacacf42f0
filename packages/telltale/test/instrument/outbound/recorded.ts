import { onTestFinished } from 'vitest'
import { type OutboundOptions, watchOutboundRequests } from '../../../src/outbound.js'
import { Registry } from '../../../src/registry/registry.js'
import { scrape } from '../runtime/scrape.js'

const DURATION = 'http_client_request_duration_seconds'

/** What is recorded of outgoing requests while a test runs. */
export class Recorded {
  readonly registry: Registry
  readonly stop: () => void

  constructor(options: OutboundOptions = {}) {
    this.registry = options.registry ?? new Registry({ warn: () => {} })
    const watched = watchOutboundRequests({ ...options, registry: this.registry })
    this.stop = () => watched.stop()
    onTestFinished(this.stop)
  }

  /** How many requests there were, as `method host status`. */
  async requests(): Promise<Readonly<Record<string, number>>> {
    const { samples } = await scrape(this.registry)
    const counts = samples.filter(({ name }) => name === `${DURATION}_count`)
    return Object.fromEntries(
      counts.map(({ labels: { method, host, status_code: status }, value }) => [
        `${method} ${host} ${status}`,
        value,
      ]),
    )
  }

  /** How many errors there were, as `host kind`. */
  async errors(): Promise<Readonly<Record<string, number>>> {
    const { samples } = await scrape(this.registry)
    const errors = samples.filter(({ name }) => name === 'http_client_request_errors_total')
    return Object.fromEntries(errors.map(({ labels, value }) => [`${labels.host} ${labels.kind}`, value]))
  }

  async inFlight(host: string): Promise<number | undefined> {
    return (await scrape(this.registry)).value('http_client_requests_in_flight', { host })
  }

  async seconds(host: string, method: string, status: string): Promise<number | undefined> {
    return (await scrape(this.registry)).value(`${DURATION}_sum`, { host, method, status_code: status })
  }
}
