import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { Access } from './access/access.js'
import { AllowedHosts } from './allowed-hosts.js'
import { EndpointMetrics } from './endpoint-metrics.js'
import { type Page, pageAt } from './endpoint-pages.js'
import { checkLimits, type EndpointLimits, type EndpointSettings } from './endpoint-settings.js'
import type { Exchange } from './exchange.js'
import { sendJson } from './json-answer.js'
import { type ListenAddress, Listener } from './listener.js'
import { LIVE_METRICS, loadLivePage, type PageData } from './live/live-page.js'
import { sendMethods, sendNotAllowed } from './methods-answer.js'
import { type EndpointSource, MetricPages, methodsOf, pathBelowMetrics } from './metric-pages.js'
import { NodeExchange } from './node-exchange.js'
import { busy, type Rejection, sendRejection } from './rejection.js'
import { checkForm, pathOf } from './request-form.js'
import { ScrapePlaces } from './scrape-places.js'

export { type EndpointLimits, type EndpointSettings, withReaders } from './endpoint-settings.js'
export type { EndpointSource } from './metric-pages.js'

/** Whom an endpoint tells what; none of it has a secret in it. */
export interface EndpointCallbacks {
  /** Told of each request, in one line without its query; no lines are made when left out. */
  readonly log?: ((line: string) => void) | undefined
  /** Told where it listens, each time that it begins to. */
  readonly serving?: ((address: ListenAddress) => void) | undefined
  /** Told of what needs a person's attention; `process.emitWarning` when left out. */
  readonly warn?: ((message: string) => void) | undefined
}

/**
 * Serves a source of metrics on a port of its own: `/metrics` and the pages below it, `/health`, `/-/healthy`,
 * `/-/ready`, `/live` where it is wanted, and `/`, which lists them. It needs nothing of the main thread but what it is given, and nothing of
 * what it is asked makes it reject, throw or grow.
 */
export class Endpoint {
  readonly #settings: EndpointSettings
  readonly #limits: Required<EndpointLimits>
  readonly #callbacks: EndpointCallbacks
  readonly #metrics: EndpointMetrics
  readonly #pages: MetricPages
  readonly #hosts: AllowedHosts
  readonly #places: ScrapePlaces
  readonly #listener: Listener
  readonly #connectedAt = new WeakMap<object, number>()
  #access: Access | undefined
  #live: PageData | undefined
  #reloaded: ((result: 'success' | 'failure') => void) | undefined
  /** Counts the changes of the files of access. */
  #version = 0
  #isReady = false

  /**
   * Throws `TELLTALE_OPTION` for limits that are none. `metrics`, where they are given, are in the source already.
   */
  constructor(
    source: EndpointSource,
    settings: EndpointSettings,
    callbacks: EndpointCallbacks = {},
    metrics?: EndpointMetrics,
  ) {
    this.#settings = settings
    this.#metrics = metrics ?? new EndpointMetrics()
    this.#limits = checkLimits(settings.limits)
    this.#callbacks = callbacks
    const isMissing = settings.selfMetrics && metrics === undefined
    const shownSource = isMissing ? this.#metrics.addedTo(source) : source
    this.#pages = new MetricPages(shownSource, () => settings.reset)
    this.#hosts = new AllowedHosts(settings.host, settings.allowedHosts)
    this.#places = new ScrapePlaces(this.#limits, () => this.#metrics.rejected('slow_reader'))
    this.#listener = new Listener((req, res) => this.#handle(req, res), {
      limits: settings.limits,
      connected: () => this.#refresh(),
      rejected: (reason) => this.#metrics.rejected(reason),
    })
  }

  /** Where the endpoint listens, `undefined` unless it does. */
  get address(): ListenAddress | undefined {
    return this.#listener.address
  }

  /** Whether it speaks HTTPS, which is known when it listens. */
  get isSecure(): boolean {
    return this.#access?.tls !== undefined
  }

  /**
   * Listens. Rejects with `TELLTALE_PORT` when the port cannot be had, and with `TELLTALE_WEB_CONFIG` when a file of
   * access or TLS cannot be used; it may then be called again.
   */
  async open(): Promise<ListenAddress> {
    const { port, host, bearerTokenFile, webConfigFile } = this.#settings
    const hasFiles = bearerTokenFile !== undefined || webConfigFile !== undefined
    if (hasFiles) this.#reloaded ??= this.#metrics.watchReloads()
    this.#access = await Access.open(this.#settings, {
      warn: this.#callbacks.warn ?? emitWarning,
      reloaded: (result) => this.#reloaded?.(result),
    })
    if (this.#settings.livePage) this.#live = this.#settings.livePageData ?? (await loadLivePage())
    const address = await this.#listener.open({ port, host }, this.#access.tls?.options)
    this.#isReady = true
    this.#callbacks.serving?.(address)
    return address
  }

  /** Lets the process end while the endpoint listens. */
  unref(): void {
    this.#listener.unref()
  }

  /** Stops listening and ends every connection: idle ones at once, the others within two seconds. */
  close(): Promise<void> {
    this.#isReady = false
    return this.#listener.close()
  }

  #refresh(): void {
    if (!this.#access?.refresh()) return
    this.#version++
    const { tls } = this.#access
    if (tls !== undefined) this.#listener.renewTls(tls.options)
  }

  #handle(req: IncomingMessage, res: ServerResponse): void {
    this.#refresh()
    const exchange = new NodeExchange(req, res)
    const path = pathOf(exchange)
    // An open live page asks all the time.
    if (!this.#isOfLivePage(path))
      this.#callbacks.log?.(`${new Date().toISOString()} ${req.method} ${shownPath(path)}`)
    this.#places.limitTime(exchange)
    this.#setHeaders(req, res)
    if (this.#isOfLivePage(path)) res.setHeader('Cache-Control', 'no-store')
    if (path === '/metrics' || path === '/metrics/') this.#metrics.watch(exchange)
    this.#answer(path, exchange, req.socket).catch((error) => this.#fail(error, exchange))
  }

  #setHeaders(req: IncomingMessage, res: ServerResponse): void {
    res.setHeader('X-Content-Type-Options', 'nosniff')
    for (const [name, value] of this.#access?.headers ?? []) res.setHeader(name, value)
    if (this.#settings.cors) allowAnyOrigin(res)
    // A connection from before a change of the certificates is not used for further requests.
    const version = this.#connectedAt.get(req.socket) ?? this.#version
    this.#connectedAt.set(req.socket, version)
    if (this.isSecure && version !== this.#version) res.setHeader('Connection', 'close')
  }

  async #answer(path: string | undefined, exchange: NodeExchange, socket: Socket): Promise<void> {
    const misfit = this.#hosts.check(exchange.header('host')) ?? checkForm(exchange, this.#limits)
    if (misfit !== undefined || path === undefined) return this.#reject(exchange, socket, misfit)
    const page = pageAt(path)
    if (page?.isOpen) return this.#sendPage(page, exchange)
    if (exchange.method === 'OPTIONS') return sendMethods(exchange, this.#methodsAt(path))
    const refusal = await this.#access?.check(exchange, socket as TLSSocket)
    if (refusal !== undefined) this.#reject(exchange, socket, refusal)
    else if (page !== undefined) this.#sendPage(page, exchange)
    else this.#sendMetrics(this.#belowMetrics(path), exchange)
  }

  #isOfLivePage(path: string | undefined): boolean {
    return path === LIVE_METRICS && this.#live !== undefined
  }

  #belowMetrics(path: string): string | undefined {
    return this.#isOfLivePage(path) ? '' : pathBelowMetrics(path)
  }

  #methodsAt(path: string): readonly string[] {
    const below = this.#belowMetrics(path)
    return below === undefined ? ['GET', 'HEAD'] : methodsOf(below)
  }

  /** Nothing that a request causes may end the process. */
  #fail(error: unknown, exchange: Exchange): void {
    process.emitWarning(`a request to the metrics endpoint failed: ${String(error)}`, {
      type: 'TelltaleWarning',
    })
    if (exchange.isAnswered) exchange.cut()
    else sendJson(exchange, 500, { error: 'The request could not be answered; the log has the reason.' })
  }

  #sendPage(page: Page, exchange: Exchange): void {
    if (exchange.method === 'GET' || exchange.method === 'HEAD')
      page.send(exchange, { isReady: this.#isReady, live: this.#live })
    else sendNotAllowed(exchange, ['GET', 'HEAD'])
  }

  #sendMetrics(path: string | undefined, exchange: Exchange): void {
    if (path === undefined)
      sendJson(exchange, 404, { error: 'There is nothing here; / lists what there is.' })
    else if (!this.#pages.takes(path, exchange.method)) sendNotAllowed(exchange, methodsOf(path))
    else if (this.#places.take(exchange)) void this.#pages.answer(path, exchange)
    else this.#refuse(exchange, busy)
  }

  #reject(exchange: Exchange, socket: Socket, rejection: Rejection = malformed): void {
    // Nobody reads a body here, so the connection of one that is too large is not kept.
    if (rejection.status === 413) exchange.onEnd(() => socket.destroySoon())
    this.#refuse(exchange, rejection)
  }

  #refuse(exchange: Exchange, rejection: Rejection): void {
    this.#metrics.rejected(rejection.reason)
    sendRejection(exchange, rejection)
  }
}

const malformed: Rejection = {
  reason: 'request',
  status: 400,
  error: 'The address has to begin with a slash.',
}

/** A path for a log: short, and without what a terminal would act upon. */
function shownPath(path = '(no path)'): string {
  return path.slice(0, 200).replace(/[^\x20-\x7e]/g, '?')
}

function allowAnyOrigin(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Origin', '*')
  res.setHeader('Access-Control-Allow-Headers', 'Origin, X-Requested-With, Content-Type, Accept')
}

function emitWarning(message: string): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code: 'TELLTALE_WEB_CONFIG' })
}
