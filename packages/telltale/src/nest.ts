import {
  type FrameworkMetricsOptions,
  frameworkMetrics,
  recordServer,
} from './application/framework-metrics.js'
import { httpMetrics as fastifyMetrics } from './fastify.js'
import { markMiddleware } from './instrument/http/express-shape.js'

export type { FrameworkMetricsOptions as HTTPMetricsOptions } from './application/framework-metrics.js'
export { metricsRouter as metricsRoutes } from './application/metrics-router.js'
export type { MountedOptions as MetricsRoutesOptions } from './application/mounted-options.js'

/** What is used of an application of NestJS; 11 is what is tested. */
export interface NestLike {
  getHttpServer(): unknown
  getHttpAdapter(): {
    getType(): string
    getInstance(): unknown
  }
}

/**
 * Counts and times the requests of a NestJS application on Express or Fastify, each once, from their arrival to the close
 * of their response: `httpMetrics(app)` right after `NestFactory.create`, before `listen` or `init`. The route is the
 * pattern of the controller, global prefix and version included, also where a guard refuses or a pipe throws;
 * `unmatched` where there is none. No interceptor, guard or module takes part in it.
 */
export function httpMetrics(app: NestLike, options: FrameworkMetricsOptions = {}): void {
  const adapter = app.getHttpAdapter()
  if (adapter.getType() === 'fastify') recordFastify(adapter.getInstance(), options)
  else recordExpress(app, options)
}

function recordFastify(instance: unknown, options: FrameworkMetricsOptions): void {
  // What the adapter of this type holds is an application of Fastify.
  const app = instance as {
    register(plugin: typeof fastifyMetrics, options: FrameworkMetricsOptions): unknown
  }
  app.register(fastifyMetrics, options)
}

function recordExpress(app: NestLike, options: FrameworkMetricsOptions): void {
  const { metrics } = frameworkMetrics(options)
  recordServer(app.getHttpServer(), metrics.recorder('framework', options))
  markMiddlewareOf(app.getHttpAdapter())
}

type Register = (path: string, callback: object) => unknown

/** NestJS registers `consumer.apply().forRoutes()` as if it were routes of Express. */
function markMiddlewareOf(adapter: object): void {
  // Part of every adapter of NestJS; called when the application is initialised.
  const target = adapter as { createMiddlewareFactory?: (method: number) => Register | Promise<Register> }
  const original = target.createMiddlewareFactory
  if (original === undefined) return
  target.createMiddlewareFactory = (method) => {
    const made = original.call(target, method)
    return made instanceof Promise ? made.then(marking) : marking(made)
  }
}

function marking(register: Register): Register {
  return (path, callback) => {
    markMiddleware(callback)
    return register(path, callback)
  }
}
