import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Counter, expose, Gauge, Histogram, Registry } from 'telltale'

type Labels = Readonly<Record<string, string>>

/** A registry whose values follow from the time, moved on at each scrape. */
export class CraftedMetrics {
  readonly registry = new Registry({ warn: () => {} })
  readonly #steps: ((seconds: number) => void)[] = []
  #last = performance.now()

  constructor() {
    this.registry.addCollector({
      name: 'crafted',
      collect: () => {
        const now = performance.now()
        const seconds = (now - this.#last) / 1000
        this.#last = now
        for (const step of this.#steps) step(seconds)
      },
    })
  }

  counter(name: string, labels: Labels, perSecond: () => number): this {
    const series = this.#family(name, labels, Counter).labels(labels)
    this.#steps.push((seconds) => series.inc(seconds * perSecond()))
    return this
  }

  gauge(name: string, labels: Labels, value: () => number): this {
    const series = this.#family(name, labels, Gauge).labels(labels)
    this.#steps.push(() => series.set(value()))
    return this
  }

  /** So many observations of `value` a second. */
  histogram(name: string, labels: Labels, value: () => number, perSecond: () => number = () => 20): this {
    const series = this.#family(name, labels, Histogram).labels(labels)
    this.#steps.push((seconds) => {
      for (let count = Math.round(perSecond() * seconds); count > 0; count--) series.observe(value())
    })
    return this
  }

  #family<F extends object>(
    name: string,
    labels: Labels,
    type: new (options: { name: string; help: string; labels: readonly string[]; registry: Registry }) => F,
  ): F {
    const existing = this.registry.get(name)
    if (existing instanceof type) return existing
    return new type({ name, help: 'Crafted.', labels: Object.keys(labels), registry: this.registry })
  }
}

/** Serves several registries, each under a path, on the loopback address. */
export class CraftedEndpoint {
  readonly address: string
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}` // a listening TCP server has a port
  }

  /** `delays` has the milliseconds that an answer takes, by path. */
  static async start(
    registries: Readonly<Record<string, Registry>>,
    delays: Readonly<Record<string, number>>,
  ): Promise<CraftedEndpoint> {
    const server = createServer(async (request, response) => {
      const path = request.url ?? ''
      const registry = registries[path]
      if (registry === undefined) return void response.writeHead(404).end()
      const { contentType, body } = await expose(registry)
      setTimeout(() => response.setHeader('content-type', contentType).end(body), delays[path] ?? 0)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new CraftedEndpoint(server)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
