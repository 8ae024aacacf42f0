import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type FrameworkMetricsOptions,
  frameworkMetrics,
  recordServer,
} from './application/framework-metrics.js'
import { type RequestTaker, requestTaker } from './application/metrics-router.js'
import type { MountedOptions } from './application/mounted-options.js'
import { type RecordedRequests, processHTTPMetrics as recordProcess } from './http.js'
import { nameRoute } from './instrument/http/request-route.js'

export type { FrameworkMetricsOptions as HTTPMetricsOptions } from './application/framework-metrics.js'
export type { MountedOptions as MetricsRoutesOptions } from './application/mounted-options.js'
export type { RecordedRequests } from './http.js'

/** Published by Fastify 4 and 5 when an application is made. */
const INITIALIZATION = 'fastify.initialization'

/** What is used of a request of Fastify 4 and 5. */
export interface FastifyRequestLike {
  readonly raw: object
  readonly is404: boolean
  readonly routeOptions?: { readonly url?: string | undefined }
}

/** What is used of a reply of Fastify 4 and 5. */
export interface FastifyReplyLike {
  readonly raw: object
  hijack(): unknown
  callNotFound(): unknown
}

type MetricsMethod = 'GET' | 'HEAD' | 'POST' | 'OPTIONS'

/** What is used of an application of Fastify 4 and 5. */
export interface FastifyLike {
  readonly server: object
  readonly prefix: string
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequestLike, reply: FastifyReplyLike, done: () => void) => void,
  ): unknown
  addHook(name: 'onClose', hook: (app: never, done: () => void) => void): unknown
  route(options: {
    readonly method: MetricsMethod[]
    readonly url: string
    readonly handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => void
  }): unknown
}

/**
 * A Fastify plugin that counts and times requests, each once, from their arrival to the close of their response:
 * `app.register(httpMetrics, options)` before the other plugins. It holds for the whole application that it is registered
 * in. The route is its pattern, prefixes included, also where a hook refuses; `unmatched` where no route takes the request.
 */
export const httpMetrics: FastifyPlugin<FrameworkMetricsOptions> = forWhole('telltale-http-metrics', record)

/**
 * Counts and times the requests of every server of the process, as `processHTTPMetrics` of `telltale/http` does, and has
 * every application of Fastify that is made from now on name its routes: no `register` is needed. Load it before them.
 */
export function processHTTPMetrics(options: FrameworkMetricsOptions = {}): RecordedRequests {
  const { metrics, stop } = frameworkMetrics(options)
  const recorded = recordProcess({ ...options, metrics })
  const register = (message: unknown): void => {
    // Fastify documents what it publishes when an application is made.
    const { fastify } = message as { fastify: { register(plugin: object, options: object): void } }
    fastify.register(httpMetrics, { ...options, metrics })
  }
  subscribe(INITIALIZATION, register)
  return { stop: () => [unsubscribe(INITIALIZATION, register), recorded.stop(), stop()] }
}

/**
 * The metrics routes as a Fastify plugin: `app.register(metricsRoutes, { prefix: '/internal' })`, or without a prefix.
 * `metricsRouter` says what they are. Hooks of the application hold for them as for other routes.
 */
export const metricsRoutes: FastifyPlugin<MountedOptions> = (app, options, done) => {
  const path = (app.prefix + (options.path ?? '/metrics')).replace(/\/$/, '')
  const take = requestTaker({ ...options, path: path || '/' })
  const method: MetricsMethod[] = ['GET', 'HEAD', 'POST', 'OPTIONS']
  for (const url of [path, `${path}/*`].map((whole) => whole.slice(app.prefix.length))) {
    app.route({ method, url, handler: (request, reply) => answer(take, request, reply) })
  }
  done()
}

/** A plugin of Fastify 4 and 5. */
export type FastifyPlugin<Options> = (app: FastifyLike, options: Options, done: () => void) => void

function record(app: FastifyLike, options: FrameworkMetricsOptions, done: () => void): void {
  const { metrics, stop } = frameworkMetrics(options)
  const recorder = metrics.recorder('framework', options)
  // A request whose path cannot be decoded reaches no hook.
  const recorded = recordServer(app.server, recorder)
  app.addHook('onRequest', (request, reply, next) => {
    const { req, res } = rawOf(request, reply)
    nameRoute(req, () => (request.is404 ? undefined : request.routeOptions?.url))
    recorder.run(req, res, next)
  })
  app.addHook('onClose', (_app, next) => {
    recorded.stop()
    stop()
    next()
  })
  done()
}

function answer(take: RequestTaker, request: FastifyRequestLike, reply: FastifyReplyLike): void {
  const { req, res } = rawOf(request, reply)
  if (take(req, res)) reply.hijack()
  else reply.callNotFound()
}

/** Typed for HTTP/2 as well, whose requests and responses have what is used of these. */
function rawOf(request: FastifyRequestLike, reply: FastifyReplyLike) {
  return { req: request.raw as IncomingMessage, res: reply.raw as ServerResponse }
}

/** Has Fastify not keep a plugin to itself, as `fastify-plugin` does. */
function forWhole<Options>(name: string, plugin: FastifyPlugin<Options>): FastifyPlugin<Options> {
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: name,
  })
}
