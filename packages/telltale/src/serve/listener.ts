import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

/** Where a server listens. */
export interface ListenAddress {
  readonly port: number
  readonly host: string
}

/** Seconds that requests under way have after `close`. */
const GRACE_SECONDS = 2

/** An HTTP server that says clearly why it cannot listen, and that closes within seconds. */
export class Listener {
  readonly #handler: RequestListener
  #server: Server | undefined

  constructor(handler: RequestListener) {
    this.#handler = handler
  }

  /** The address in use, `undefined` unless listening. */
  get address(): ListenAddress | undefined {
    const address = this.#server?.address() as AddressInfo | null | undefined
    return address ? { port: address.port, host: address.address } : undefined
  }

  /**
   * Listens; port 0 takes a free one. Rejects with `TELLTALE_PORT` when the port is not valid, in use or not
   * permitted, and may then be called again.
   */
  async open({ port, host }: ListenAddress): Promise<ListenAddress> {
    checkPort(port)
    const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, this.#handler)
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port, host)))
      server.listen(port, host, resolve)
    })
    server.on('error', (error) => process.emitWarning(error))
    this.#server = server
    return this.address!
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
}

function checkPort(port: unknown): void {
  if (Number.isInteger(port) && (port as number) >= 0 && (port as number) <= 65_535) return
  throw new TelltaleError('TELLTALE_PORT', `got port ${shown(port)}, expected a whole number from 0 to 65535`)
}

function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const reason = portFaults[error.code ?? '']
  if (reason === undefined) return error
  return new TelltaleError('TELLTALE_PORT', `cannot listen on ${host}:${port}: ${reason}`)
}

const portFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use. Stop the program that has it, or choose another port',
  EACCES: 'the port is not permitted for this user. Choose one from 1024 on',
  EADDRNOTAVAIL: 'this machine does not have the address. Use 127.0.0.1, 0.0.0.0 or one of its own',
}
