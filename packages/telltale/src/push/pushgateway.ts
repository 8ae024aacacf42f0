import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { exposeBytes } from '../exposition/expose.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { ScrapeSource } from '../registry/scrape-source.js'
import { type DeliveryOptions, deliver, type Parcel, type Protocol } from './delivery.js'
import { checkGroupLabels } from './group-labels.js'
import { Grouping } from './grouping.js'
import { checkSeconds, checkWhole, httpTarget, wrongUrl } from './http-target.js'

const WHO = 'Pushgateway'
const compress = promisify(gzip)

const protocol: Protocol = {
  expected: '200 or 202',
  isAccepted: (status) => status === 200 || status === 202,
  mayRepeat: (status) => status >= 500,
}

export interface PushgatewayOptions {
  /** Where it is, for example `http://pushgateway:9091`; a path before `/metrics` is kept. */
  readonly url: string
  /** The label `job` of all that is pushed: the name of the job, not of its run. */
  readonly job: string
  /** Further labels that the group is known by, for example the `instance`. Any values, empty ones too. */
  readonly grouping?: Readonly<Record<string, string | number | bigint | boolean>>
  /** What is pushed; the default registry of the process when left out. */
  readonly registry?: ScrapeSource
  /** For basic authentication; taken from the address when they stand there. */
  readonly username?: string
  readonly password?: string
  /** How long one attempt may take; 10 when left out. */
  readonly timeoutSeconds?: number
  /** How often a push is repeated that got no answer or one of 500 and more; 3 when left out. */
  readonly retries?: number
  /** Compresses what is pushed, which a Pushgateway understands from version 1.5 on; off when left out. */
  readonly gzip?: boolean
}

/**
 * Pushes a registry to a Pushgateway, for jobs that end before they could be scraped. Options are read once. Each
 * method resolves when the Pushgateway has accepted, and rejects with a `TelltaleError`: `TELLTALE_PUSH` when it did
 * not, `TELLTALE_PUSH_LABEL`, before anything is sent, when a metric has a label of the group. The constructor throws
 * `TELLTALE_OPTION`.
 */
export class Pushgateway {
  readonly #url: string
  readonly #grouping: Grouping
  readonly #registry: ScrapeSource
  readonly #authorization: Readonly<Record<string, string>>
  readonly #delivery: DeliveryOptions
  readonly #gzip: boolean

  constructor(options: PushgatewayOptions) {
    const { url, headers } = httpTarget(WHO, options.url, 'http://pushgateway:9091', {
      ...(options.username !== undefined && { username: options.username }),
      ...(options.password !== undefined && { password: options.password }),
    })
    if (url.search !== '') throw wrongUrl(WHO, 'http://pushgateway:9091')
    this.#grouping = new Grouping(options.job, options.grouping ?? {})
    this.#authorization = headers
    this.#url = `${url.origin}${url.pathname.replace(/\/+$/, '')}${this.#grouping.path}`
    this.#registry = options.registry ?? defaultRegistry()
    this.#delivery = {
      timeoutSeconds: checkSeconds(WHO, 'timeoutSeconds', options.timeoutSeconds ?? 10),
      retries: checkWhole(WHO, 'retries', options.retries ?? 3, 0),
    }
    this.#gzip = options.gzip === true
  }

  /** Makes the group what the registry holds now: whatever else it had is gone. */
  push(): Promise<void> {
    return this.#send('PUT')
  }

  /** Replaces in the group the metrics that the registry holds, by name; the others stay. */
  pushAdd(): Promise<void> {
    return this.#send('POST')
  }

  /** Takes the group out, with all its metrics. */
  async delete(): Promise<void> {
    await deliver(
      { method: 'DELETE', url: this.#url, headers: this.#authorization },
      this.#delivery,
      protocol,
    )
  }

  async #send(method: Parcel['method']): Promise<void> {
    const { names, openMetrics2 } = this.#registry
    const gathering = await this.#registry.gather()
    checkGroupLabels(gathering, this.#grouping)
    const { chunks, contentType } = await exposeBytes({ names, openMetrics2, gather: async () => gathering })
    const text = Buffer.concat(chunks)
    const headers = { ...this.#authorization, 'content-type': contentType }
    const parcel: Parcel = this.#gzip
      ? {
          method,
          url: this.#url,
          headers: { ...headers, 'content-encoding': 'gzip' },
          body: await compress(text),
        }
      : { method, url: this.#url, headers, body: text }
    await deliver(parcel, this.#delivery, protocol)
  }
}
