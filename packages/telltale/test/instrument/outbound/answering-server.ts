import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, vi } from 'vitest'
import { certificateFile, keyFile } from '../../serve/certificates.js'

/** For what happens at once on a quiet machine. */
export const PATIENCE = { timeout: 20_000, interval: 5 }

/** A server of a test that answers, or does not, as the path says; gone when the test has finished. */
export class AnsweringServer {
  /** Such as `127.0.0.1:41234`. */
  readonly host: string
  readonly #protocol: 'http' | 'https'
  readonly #hanging: ServerResponse[]

  private constructor(protocol: 'http' | 'https', port: number, hanging: ServerResponse[]) {
    this.#protocol = protocol
    this.host = `127.0.0.1:${port}`
    this.#hanging = hanging
  }

  static async start(protocol: 'http' | 'https' = 'http'): Promise<AnsweringServer> {
    const hanging: ServerResponse[] = []
    const listener = (req: IncomingMessage, res: ServerResponse) => answer(req, res, hanging)
    const server =
      protocol === 'http'
        ? createServer(listener)
        : createSecureServer(
            { cert: readFileSync(certificateFile('server')), key: readFileSync(keyFile('server')) },
            listener,
          )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    return new AnsweringServer(protocol, (server.address() as AddressInfo).port, hanging) // TCP has a port
  }

  /** Resolves as soon as so many requests wait for an answer. */
  async hasWaiting(count: number): Promise<void> {
    await vi.waitFor(() => expect(this.#hanging).toHaveLength(count), PATIENCE)
  }

  url(path = '/'): string {
    return `${this.#protocol}://${this.host}${path}`
  }

  /** Answers all that wait. */
  release(): void {
    for (const res of this.#hanging.splice(0)) res.end()
  }
}

function answer(req: IncomingMessage, res: ServerResponse, hanging: ServerResponse[]): void {
  req.resume()
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost')
  const paths: Readonly<Record<string, () => void>> = {
    '/hang': () => hanging.push(res),
    '/moved': () => res.writeHead(302, { location: '/' }).end(),
    '/hints': () => res.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => res.end('ok')),
    '/status': () => res.writeHead(Number(searchParams.get('code'))).end('ok'),
    '/close': () => req.socket.destroy(),
    '/reset': () => req.socket.resetAndDestroy(),
    // Goes on as soon as the client has the head, which the first bytes bring.
    '/broken': () => res.writeHead(200, { 'content-length': 100 }).write('part', () => res.destroy()),
    '/endless': () => res.write('x'.repeat(1000)),
  }
  const act = paths[pathname] ?? (() => res.end('ok'))
  act()
}
