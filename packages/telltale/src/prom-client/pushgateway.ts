import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http'
import { request as secureRequest } from 'node:https'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { exposeBytes } from '../exposition/expose.js'
import { asOwn } from '../instrument/outbound/own-requests.js'
import { checkGroupLabels } from '../push/group-labels.js'
import { Grouping } from '../push/grouping.js'
import type { RegistryContentType } from './content-type.js'
import { register } from './global-registry.js'
import type { Registry } from './registry.js'

const compress = promisify(gzip)

/** Options of the request as `node:http` and `node:https` take them; with the header `Content-Encoding: gzip` the body is compressed. */
export interface PushgatewayOptions extends RequestOptions {
  /** Whether a push needs a `jobName`, true when left out. */
  requireJobName?: boolean
}

export declare namespace Pushgateway {
  interface Parameters {
    /** The label `job` of the group; may be left out where `requireJobName` is false. */
    jobName: string
    /** Further labels that the group is known by. Any values, also empty ones and with slashes. */
    groupings?: Record<string, string>
  }
}

/** What the Pushgateway answered. */
export interface PushgatewayAnswer {
  resp?: IncomingMessage
  body?: string
}

type Method = 'POST' | 'PUT' | 'DELETE'

/**
 * Pushes a registry to a Pushgateway, always in the text format: it refuses OpenMetrics with exemplars. Each method
 * throws for a `jobName` that is missing, and rejects for an answer of 300 and more, for no answer, and with
 * `TELLTALE_PUSH_LABEL`, before anything is sent, when a metric has a label of the group.
 */
export class Pushgateway<T extends RegistryContentType = RegistryContentType> {
  readonly registry: Registry<T>
  readonly gatewayUrl: string
  readonly requireJobName: boolean
  readonly requestOptions: RequestOptions

  /** The registry is the global one when left out. */
  constructor(url: string, options?: PushgatewayOptions | null, registry?: Registry<T>) {
    const { requireJobName = true, ...requestOptions } = options ?? {}
    this.gatewayUrl = url
    this.requireJobName = requireJobName
    this.requestOptions = requestOptions
    // The content type of the registry makes no difference to what is pushed.
    this.registry = registry ?? (register as unknown as Registry<T>)
  }

  /** Replaces in the group the metrics of the registry, by name; the others stay. */
  pushAdd(params?: Partial<Pushgateway.Parameters>): Promise<PushgatewayAnswer> {
    return this.#use('POST', params)
  }

  /** Makes the group what the registry holds now. */
  push(params?: Partial<Pushgateway.Parameters>): Promise<PushgatewayAnswer> {
    return this.#use('PUT', params)
  }

  /** Takes the group out. */
  delete(params?: Partial<Pushgateway.Parameters>): Promise<PushgatewayAnswer> {
    return this.#use('DELETE', params)
  }

  #use(method: Method, { jobName, groupings = {} }: Partial<Pushgateway.Parameters> = {}) {
    if (this.requireJobName && !jobName) throw new Error('Missing jobName parameter')
    return this.#request(method, jobName ? new Grouping(jobName, groupings) : undefined)
  }

  async #request(method: Method, grouping: Grouping | undefined): Promise<PushgatewayAnswer> {
    const url = new URL(this.gatewayUrl)
    url.pathname = url.pathname.replace(/\/+$/, '') + (grouping?.path ?? '/metrics')
    const { 'Content-Encoding': encoding, ...headers } = { ...this.requestOptions.headers } as Headers
    if (method === 'DELETE') return await send(url, { ...this.requestOptions, headers, method })
    const { chunks, contentType } = await exposeBytes(this.registry.engine)
    if (grouping !== undefined) checkGroupLabels(this.registry.engine, grouping)
    const text = Buffer.concat(chunks)
    const body = encoding === 'gzip' ? await compress(text) : text
    const described = {
      'Content-Type': contentType,
      ...(encoding && { 'Content-Encoding': encoding }),
      'Content-Length': body.length,
      ...headers,
    }
    return await send(url, { ...this.requestOptions, headers: described, method }, body)
  }
}

type Headers = Record<string, string | number>

function send(url: URL, options: RequestOptions, body?: Uint8Array): Promise<PushgatewayAnswer> {
  const request = url.protocol === 'https:' ? secureRequest : plainRequest
  const asked = () =>
    new Promise<PushgatewayAnswer>((resolve, reject) => {
      const sent = request(url, options, (resp) => {
        let body = ''
        resp.setEncoding('utf8')
        resp.on('data', (chunk) => {
          body += chunk
        })
        resp.on('error', reject)
        resp.on('end', () => {
          if (resp.statusCode! < 300) resolve({ resp, body })
          else reject(new Error(`push failed with status ${resp.statusCode}, ${body}`))
        })
      })
      sent.on('error', reject)
      sent.on('timeout', () => sent.destroy(new Error('Pushgateway request timed out')))
      sent.end(body)
    })
  return asOwn(url, asked)
}
