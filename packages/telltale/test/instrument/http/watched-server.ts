import { once } from 'node:events'
import { createServer, type RequestListener, request, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { FinishedRequest } from '../../../src/instrument/http/request-watch.js'

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Sending {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Something a test waits for that a handler does. */
export class Moment {
  #reach: () => void = () => {}
  readonly reached = new Promise<void>((resolve) => {
    this.#reach = resolve
  })

  readonly reach = (): void => this.#reach()
}

/** What was recorded, and a wait for as many records as a test expects. */
export class Records {
  readonly all: FinishedRequest[] = []
  #changed: () => void = () => {}

  readonly add = (finished: FinishedRequest): void => {
    this.all.push(finished)
    this.#changed()
  }

  async first(count: number): Promise<FinishedRequest[]> {
    while (this.all.length < count) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve
      })
    }
    return this.all
  }
}

/** A real server on a free port of the loopback interface, and a client for it. */
export class WatchedServer {
  readonly server: Server
  readonly #port: number

  private constructor(server: Server, port: number) {
    this.server = server
    this.#port = port
  }

  static async start(listener: RequestListener): Promise<WatchedServer> {
    const server = createServer(listener)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    // A server that listens on TCP has an address with a port.
    return new WatchedServer(server, (server.address() as AddressInfo).port)
  }

  async send(path: string, { method = 'GET', body, headers }: Sending = {}): Promise<Answer> {
    const sent = request({ host: '127.0.0.1', port: this.#port, path, method, headers, agent: false })
    sent.end(body)
    const [response] = await once(sent, 'response')
    let text = ''
    for await (const chunk of response.setEncoding('utf8')) text += chunk
    return { status: response.statusCode, body: text }
  }

  /** A connection that the test writes to by hand; what comes back is thrown away. */
  async connect(): Promise<Socket> {
    const socket = connect(this.#port, '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    await once(socket, 'connect')
    return socket
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return
    this.server.close()
    this.server.closeAllConnections()
    await once(this.server, 'close')
  }
}
