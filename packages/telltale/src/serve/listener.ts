import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TlsOptions } from 'node:tls'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { checkLimits, type EndpointLimits } from './endpoint-settings.js'
import type { RejectionReason } from './rejection.js'

/** Where a server listens. */
export interface ListenAddress {
  readonly port: number
  readonly host: string
  /** Whether it speaks HTTPS. */
  readonly secure?: true
}

/** What a listener bears, and whom it tells what. */
export interface ListenerOptions {
  readonly limits?: EndpointLimits | undefined
  /** Told of each connection before anything is read from it. */
  readonly connected?: () => void
  /** Told of what never became a request. */
  readonly rejected?: (reason: RejectionReason) => void
}

/** Seconds that requests under way have after `close`. */
const GRACE_SECONDS = 2

/** An HTTP or HTTPS server that says clearly why it cannot listen, has limits, and closes within seconds. */
export class Listener {
  readonly #handler: RequestListener
  readonly #options: ListenerOptions
  readonly #limits: Required<EndpointLimits>
  #server: Server | TlsServer | undefined

  /** Throws `TELLTALE_OPTION` for limits that are none. */
  constructor(handler: RequestListener, options: ListenerOptions = {}) {
    this.#handler = handler
    this.#options = options
    this.#limits = checkLimits(options.limits)
  }

  /** The address in use, `undefined` unless listening. */
  get address(): ListenAddress | undefined {
    const address = this.#server?.address() as AddressInfo | null | undefined
    if (!address) return undefined
    const secure = this.#server !== undefined && 'setSecureContext' in this.#server
    return { port: address.port, host: address.address, ...(secure && { secure }) }
  }

  /**
   * Listens, for HTTPS where there is `tls`; port 0 takes a free one. Rejects with `TELLTALE_PORT` when the port is
   * not valid, in use or not permitted, and may then be called again.
   */
  async open({ port, host }: ListenAddress, tls?: TlsOptions): Promise<ListenAddress> {
    checkPort(port)
    const server = this.#create(tls)
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port, host)))
      server.listen(port, host, resolve)
    })
    server.on('error', (error) => process.emitWarning(error))
    this.#server = server
    return this.address!
  }

  /** Uses other certificates for new connections, and ends those that are idle. */
  renewTls(tls: TlsOptions): void {
    const server = this.#server
    if (server === undefined || !('setSecureContext' in server)) return
    server.setSecureContext(tls)
    server.closeIdleConnections()
  }

  /** Neither the port nor a connection keeps the process alive from now on. */
  unref(): void {
    this.#server?.unref()
    this.#server?.on('connection', (socket) => socket.unref())
  }

  /** Stops listening and ends every connection: idle ones at once, the others within two seconds. */
  async close(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_SECONDS * 1000)
    await closed
    clearTimeout(timer)
  }

  #create(tls: TlsOptions | undefined): Server | TlsServer {
    const requestTimeout = this.#limits.requestSeconds * 1000
    const options = {
      headersTimeout: requestTimeout,
      requestTimeout,
      keepAliveTimeout: this.#limits.idleSeconds * 1000,
      connectionsCheckingInterval: Math.min(1000, requestTimeout / 2),
      maxHeaderSize: this.#limits.headerBytes,
    }
    const server =
      tls === undefined
        ? createServer(options, this.#handler)
        : https().createServer({ ...options, ...tls, handshakeTimeout: requestTimeout }, this.#handler)
    server.maxConnections = this.#limits.connections
    server.prependListener('connection', () => this.#options.connected?.())
    server.on('clientError', (error, socket) => this.#refuse(error, socket))
    server.on('drop', () => {
      this.#options.rejected?.('connections')
      server.closeIdleConnections()
    })
    return server
  }

  /** Ends a connection that brought no request, or half of one, with the status that says so. */
  #refuse({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
    const status = faultStatus(code)
    if (status !== undefined) this.#options.rejected?.(status === 408 ? 'timeout' : 'malformed')
    else if (/^ERR_(SSL|TLS)_/.test(code)) this.#options.rejected?.('tls')
    if (status === undefined || !socket.writable) {
      socket.destroy()
      return
    }
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
    socket.end(head, () => socket.destroy())
  }
}

/** Loaded only where it is used, since it takes time; not by `import()`, which Jest refuses in CommonJS. */
function https() {
  return process.getBuiltinModule('node:https')
}

/** The status for a fault of Node.js' reader of requests; none for faults of the connection. */
function faultStatus(code: string): number | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  return code.startsWith('HPE_') ? 400 : undefined
}

function checkPort(port: unknown): void {
  if (Number.isInteger(port) && (port as number) >= 0 && (port as number) <= 65_535) return
  throw new TelltaleError('TELLTALE_PORT', `got port ${shown(port)}, expected a whole number from 0 to 65535`)
}

function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const reason = portFaults[error.code ?? '']
  if (reason === undefined) return error
  return new TelltaleError('TELLTALE_PORT', `cannot listen on ${host}:${port}: ${reason}`, { cause: error })
}

const portFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use. Stop the program that has it, or choose another port',
  EACCES: 'the port is not permitted for this user. Choose one from 1024 on',
  EADDRNOTAVAIL: 'this machine does not have the address. Use 127.0.0.1, 0.0.0.0 or one of its own',
}
