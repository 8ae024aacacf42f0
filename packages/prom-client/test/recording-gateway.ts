import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A request as it arrived. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server in the place of a Pushgateway, which says what it was sent and answers what it is told to. */
export class RecordingGateway {
  readonly received: Received[] = []
  status = 200
  answer = ''
  /** Whether it takes requests and never answers. */
  isSilent = false
  readonly #server: Server

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      const { method = '', url = '', headers } = request
      const body = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
      this.received.push({ method, path: url, headers, body: body.toString() })
      if (this.isSilent) return
      response.statusCode = this.status
      response.end(this.answer)
    })
  }

  /** Listens, and resolves with the address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
