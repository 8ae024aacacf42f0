import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Exchange } from './exchange.js'
import { failureKind } from './failure-kind.js'
import type { Target } from './host-names.js'
import type { OutboundRecorder } from './outbound-recorder.js'
import { isOwn } from './own-requests.js'
import { subscribeAll } from './subscriptions.js'

/** The host of what goes through a socket in the file system. */
const SOCKET_HOST = 'unix'

interface Told {
  readonly request: ClientRequest
}

/** What Node.js has and its types do not. */
interface WithSocketPath extends ClientRequest {
  readonly socketPath?: string | undefined
  readonly res?: IncomingMessage | null
}

/**
 * Records what `node:http` and `node:https` send, until stopped. A request begins when it is made; on Node.js before 22.12,
 * which does not tell of that, when all of it was handed to a connection.
 */
export function recordClientRequests(recorder: OutboundRecorder): { stop(): void } {
  // `null` for those that are left out.
  const exchanges = new WeakMap<ClientRequest, Exchange | null>()
  const closed = recorder.guarded((request: WithSocketPath) => {
    const exchange = exchanges.get(request)
    if (exchange) endOf(request, exchange)
  })
  function onClose(this: ClientRequest): void {
    closed(this)
  }

  const begin = ({ request }: Told): Exchange | null => {
    const known = exchanges.get(request)
    if (known !== undefined) return known
    const exchange = begun(recorder, request) ?? null
    exchanges.set(request, exchange)
    if (exchange !== null) request.on('close', onClose)
    return exchange
  }

  return subscribeAll(recorder, {
    'http.client.request.created': begin,
    'http.client.request.start': begin,
    'http.client.response.finish': ({ request, response }: Told & { response: IncomingMessage }) => {
      exchanges.get(request)?.answered(response.statusCode ?? 0)
    },
    'http.client.request.error': ({ request, error }: Told & { error: unknown }) => {
      // Where the connection itself ended a request, that is not destroyed yet.
      const kind = failureKind(error, { isGivenUp: request.destroyed })
      begin({ request })?.failed(kind)
    },
  })
}

function begun(recorder: OutboundRecorder, request: WithSocketPath): Exchange | undefined {
  // The answer to an upgrade or a tunnel is told on no channel.
  if (request.method === 'CONNECT' || request.hasHeader('upgrade')) return undefined
  const target = new ClientTarget(request)
  if (isOwn(target.origin, request.path)) return undefined
  return recorder.begin(target, request.method)
}

function endOf(request: WithSocketPath, exchange: Exchange): void {
  const { res } = request
  if (exchange.isWaiting) {
    if (res) exchange.released()
    else exchange.failed('other')
  } else if (exchange.isAnswered && res && !res.complete && res.errored) {
    exchange.failed('reset')
  }
}

class ClientTarget implements Target {
  readonly host: string
  readonly #request: WithSocketPath

  constructor(request: WithSocketPath) {
    this.#request = request
    this.host = request.socketPath ? SOCKET_HOST : hostOf(request)
  }

  get origin(): string {
    return `${this.#request.protocol}//${this.host}`
  }

  url(): URL {
    const { path } = this.#request
    // To a proxy, the path is the address as a whole.
    return new URL(path, this.origin)
  }
}

/** The host that is connected to, with the port that the `Host` header says beside it: nothing else tells it. */
function hostOf(request: ClientRequest): string {
  const name = (request.host.includes(':') ? `[${request.host}]` : request.host).toLowerCase()
  const header = request.getHeader('host')
  return typeof header === 'string' && header.toLowerCase().startsWith(`${name}:`)
    ? header.toLowerCase()
    : name
}
