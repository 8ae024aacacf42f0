import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestRoutes } from '../instrument/http/request-route.js'
import { type Installation, stateOf } from '../instrument/http/request-state.js'
import { watchRequest } from '../instrument/http/request-watch.js'
import { RouteLabels } from '../instrument/http/route-label.js'
import type { Registry } from '../registry/registry.js'
import type { MetricsCollectionService } from './metrics-collection-service.js'

/** Options of everything that records requests. */
export interface HTTPMetricsOptions {
  /** Names the route in place of the framework; must return a pattern, never a raw path. */
  readonly route?: (req: IncomingMessage, res: ServerResponse, suggested: string) => string
  /** Leaves requests out, for example health checks. */
  readonly ignore?: (req: IncomingMessage) => boolean
  /** How many routes are told apart; beyond, they are `other`. 1,000 when left out. */
  readonly routeLimit?: number
}

/** Where requests are recorded, and what tells their routes. */
export interface HTTPRecording {
  readonly registry: Registry
  readonly service: MetricsCollectionService
  readonly routes: RequestRoutes
}

/** Records requests on one registry, each once, by whichever way it comes past. */
export class HTTPRecorder implements Installation {
  readonly place: Installation['place']
  readonly #recording: HTTPRecording
  readonly #labels: RouteLabels
  #knowsOfTwo = false

  constructor(recording: HTTPRecording, place: Installation['place'], options: HTTPMetricsOptions) {
    const { route, ignore, routeLimit: limit } = options
    this.place = place
    this.#recording = recording
    this.#labels = new RouteLabels({ route, ignore, limit, warn: warnOfRoute })
  }

  get owner(): Registry {
    return this.#recording.registry
  }

  /**
   * Sees to it that the request is recorded when its response is closed. The first recorder of a registry that sees a
   * request decides on it: what it ignores, the others leave out. Never throws.
   */
  watch(req: IncomingMessage, res: ServerResponse): void {
    const { installations, owners } = stateOf(req)
    if (installations.includes(this)) return
    installations.push(this)
    if (!owners.includes(this.owner) && this.#labels.ignores(req)) {
      owners.push(this.owner)
      return
    }
    const { service, routes } = this.#recording
    routes.observe(req)
    const route = () => this.#labels.labelFor(req, res, routes.routeOf(req))
    const watched = watchRequest(req, res, { owner: this.owner, route }, (finished) => {
      service.recordHTTPRequest(
        finished.method,
        finished.route,
        finished.statusCode,
        finished.durationSeconds,
      )
    })
    if (!watched && !this.#knowsOfTwo) this.#warnOfTwo(installations)
  }

  /** The same, and goes on with `next` at once; timers that are started from there are the request's own. */
  run(req: IncomingMessage, res: ServerResponse, next: () => void): void {
    this.watch(req, res)
    const timers = this.#recording.service.timerFlow()
    res.once('close', () => timers.close())
    timers.run(() => next())
  }

  #warnOfTwo(installations: readonly Installation[]): void {
    const { owner, place } = this
    if (!installations.some((other) => other !== this && other.owner === owner && other.place === place))
      return
    this.#knowsOfTwo = true
    warnOfRoute('HTTP metrics are installed twice on one registry: each request is recorded once')
  }
}

function warnOfRoute(message: string): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code: 'TELLTALE_ROUTE' })
}
