import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Registry } from '../registry/registry.js'
import { type ListenAddress, Listener } from '../serve/listener.js'
import { sendJson } from '../serve/scrape-handler.js'
import { safeEnvironment } from './environment.js'
import type { Middleware } from './metrics-middleware.js'
import { MetricsRoutes } from './metrics-routes.js'

/** Options of {@link MetricsServer}. */
export interface MetricsServerOptions {
  readonly registry?: Registry
  /**
   * The address to listen on; `127.0.0.1` when left out, so that nothing outside this machine reaches the metrics.
   * `0.0.0.0` opens them to the network.
   */
  readonly host?: string
  /** Decides about CORS, the request log and reset; `NODE_ENV` when left out. */
  readonly environment?: string
  /** Allows any web page to read the metrics; only in development when left out. */
  readonly cors?: boolean
  /** Told of each request; a line on standard output in development, nothing otherwise, when left out. */
  readonly log?: (line: string) => void
  /** Told once where the metrics are; standard output when left out. */
  readonly announce?: (line: string) => void
}

/**
 * Serves the metrics on a port of their own: `/metrics` and the routes below it, `/health`, and `/`, which lists
 * them.
 */
export class MetricsServer {
  readonly port: number
  readonly #host: string
  readonly #cors: boolean
  readonly #log: (line: string) => void
  readonly #announce: (line: string) => void
  readonly #routes: Middleware
  readonly #listener: Listener
  #started: Promise<ListenAddress> | undefined
  readonly #onSigterm = () => void this.#end()

  constructor(port = 9090, options: MetricsServerOptions = {}) {
    this.port = port
    const environment = safeEnvironment(options.environment ?? process.env.NODE_ENV)
    this.#host = options.host ?? '127.0.0.1'
    this.#cors = options.cors ?? environment === 'development'
    this.#log = options.log ?? (environment === 'development' ? console.log : () => {})
    this.#announce = options.announce ?? console.log
    const { registry } = options
    this.#routes = new MetricsRoutes({ registry, environment }).getRouter()
    this.#listener = new Listener((req, res) => this.#handle(req, res))
  }

  /** Where the server listens, `undefined` unless it does. */
  get address(): ListenAddress | undefined {
    return this.#listener.address
  }

  /**
   * Starts to listen; a second call changes nothing. Rejects with `TELLTALE_PORT` when the port cannot be had;
   * who does not wait for it gets the same as an error on standard error, and the application goes on.
   *
   * On SIGTERM the server closes, and ends the process unless the application handles the signal itself.
   */
  start(): Promise<ListenAddress> {
    this.#started ??= this.#open()
    this.#started.catch(() => {})
    return this.#started
  }

  /** Stops to listen within two seconds. Without `start` it does nothing. */
  async stop(): Promise<void> {
    const started = this.#started
    this.#started = undefined
    await started?.catch(() => {})
    process.off('SIGTERM', this.#onSigterm)
    await this.#listener.close()
  }

  async #open(): Promise<ListenAddress> {
    try {
      const address = await this.#listener.open({ port: this.port, host: this.#host })
      process.on('SIGTERM', this.#onSigterm)
      const shown = address.host.includes(':') ? `[${address.host}]` : address.host
      this.#announce(`Metrics: http://${shown}:${address.port}/metrics`)
      return address
    } catch (error) {
      this.#started = undefined
      console.error(`Metrics server: ${error instanceof Error ? error.message : String(error)}`)
      throw error
    }
  }

  async #end(): Promise<void> {
    await this.stop()
    if (process.listenerCount('SIGTERM') === 0) process.exit(0)
  }

  #handle(req: IncomingMessage, res: ServerResponse): void {
    const path = (req.url ?? '/').split('?', 1)[0]!
    this.#log(`${new Date().toISOString()} ${req.method} ${path.slice(0, 200)}`)
    if (this.#cors) allowAnyOrigin(res)
    const page = req.method === 'GET' || req.method === 'HEAD' ? pages[path] : undefined
    if (req.method === 'OPTIONS') res.writeHead(204).end()
    else if (page !== undefined) sendJson(res, 200, page())
    else this.#routes(req, res, () => sendJson(res, 404, nothingHere))
  }
}

const nothingHere = { error: 'There is nothing here; / lists what there is.' }

const pages: Readonly<Record<string, () => object>> = {
  '/': () => ({
    message: 'Metrics of this process, for Prometheus.',
    endpoints: { metrics: '/metrics', health: '/health', stats: '/metrics/stats' },
  }),
  '/health': () => ({ status: 'healthy', timestamp: new Date().toISOString(), uptime: process.uptime() }),
}

function allowAnyOrigin(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Origin', '*')
  res.setHeader('Access-Control-Allow-Headers', 'Origin, X-Requested-With, Content-Type, Accept')
}
