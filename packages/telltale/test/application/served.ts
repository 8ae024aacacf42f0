import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ParsedText, parseText } from '../../../../test/support/text-parser.js'
import { expose, type Registry } from '../../src/index.js'

/** A handler on a free port of this machine. */
export class Served {
  readonly #server
  readonly url: string

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async listen(handler: RequestListener): Promise<Served> {
    const server = createServer(handler)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new Served(server)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** What a scrape of the registry would bring, read by the strict parser. */
export async function scrape(registry: Registry): Promise<ParsedText> {
  return parseText((await expose(registry)).body)
}

/** Resolves when a scrape has the sample, for what is recorded only after the client has its answer. */
export async function sampleOf(
  registry: Registry,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const deadline = performance.now() + 5000
  while (performance.now() < deadline) {
    const value = (await scrape(registry)).value(name, labels)
    if (value !== undefined) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error(`no sample ${name} with ${JSON.stringify(labels)} within 5 s`)
}
