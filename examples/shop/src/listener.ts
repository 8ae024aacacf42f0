import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const CLOSE_GRACE_MS = 2_000

/** The application's own server. */
export class Listener {
  readonly #server: Server

  constructor(application: RequestListener) {
    this.#server = createServer(application)
  }

  /** Resolves to the port. Rejects with the way out when it cannot be had. */
  async start(port: number, host: string | undefined): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(explained(error, port, host)))
      this.#server.listen({ port, host }, resolve)
    })
    const address = this.#server.address() as AddressInfo // what address() gives for a TCP server
    return address.port
  }

  /** Takes no more connections, and waits two seconds at most for the requests that are being answered. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    const grace = setTimeout(() => this.#server.closeAllConnections(), CLOSE_GRACE_MS)
    await closed
    clearTimeout(grace)
  }
}

function explained(error: NodeJS.ErrnoException, port: number, host: string | undefined): Error {
  const where = host === undefined ? `Port ${port}` : `Port ${port} of ${host}`
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`${where} is in use. Stop what uses it, or choose another one: PORT=${port + 1}`)
    case 'EACCES':
      return new Error(`${where} is not allowed for this user. Choose one from 1024 on: PORT=3000`)
    default:
      return new Error(`${where} cannot be listened on: ${error.message}`)
  }
}
