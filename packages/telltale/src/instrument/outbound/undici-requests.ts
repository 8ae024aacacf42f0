import type { Exchange } from './exchange.js'
import { failureKind } from './failure-kind.js'
import type { Target } from './host-names.js'
import type { OutboundRecorder } from './outbound-recorder.js'
import { isOwn } from './own-requests.js'
import { subscribeAll } from './subscriptions.js'

/** What is used of a request of undici 5 to 7, the one inside Node.js included. */
interface UndiciRequest {
  readonly origin: string | URL
  readonly path: string
  readonly method: string
  readonly upgrade?: unknown
}

interface Told {
  readonly request: UndiciRequest
}

/** How many origins are read once only. */
const REMEMBERED = 1000

/** Records what `fetch` and undici send, until stopped. */
export function recordUndiciRequests(recorder: OutboundRecorder): { stop(): void } {
  const exchanges = new WeakMap<object, Exchange>()
  const hosts = new OriginHosts()
  return subscribeAll(recorder, {
    'undici:request:create': ({ request }: Told) => {
      // The answer to an upgrade or a tunnel is told on no channel.
      if (request.upgrade || request.method === 'CONNECT') return
      const origin = originOf(request)
      if (isOwn(origin, request.path)) return
      const exchange = recorder.begin(
        new UndiciTarget(hosts.of(origin), origin, request.path),
        request.method,
      )
      if (exchange !== undefined) exchanges.set(request, exchange)
    },
    'undici:request:headers': ({ request, response }: Told & { response: { statusCode: number } }) => {
      if (response.statusCode >= 200) exchanges.get(request)?.answered(response.statusCode)
    },
    'undici:request:error': ({ request, error }: Told & { error: unknown }) => {
      const exchange = exchanges.get(request)
      exchange?.failed(failureKind(error, { isGivenUp: false }))
    },
  })
}

class UndiciTarget implements Target {
  readonly host: string
  readonly #origin: string
  readonly #path: string

  constructor(host: string, origin: string, path: string) {
    this.host = host
    this.#origin = origin
    this.#path = path
  }

  url(): URL {
    return new URL(this.#path, this.#origin)
  }
}

/** The hosts of origins, each read once. */
class OriginHosts {
  readonly #hosts = new Map<string, string>()

  of(origin: string): string {
    const known = this.#hosts.get(origin)
    if (known !== undefined) return known
    const { host } = new URL(origin)
    if (this.#hosts.size < REMEMBERED) this.#hosts.set(origin, host)
    return host
  }
}

function originOf({ origin }: UndiciRequest): string {
  return typeof origin === 'string' ? origin : origin.origin
}
