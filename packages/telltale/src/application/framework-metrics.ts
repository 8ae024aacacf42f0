import type { Server } from 'node:net'
import { onServerRequests } from '../instrument/http/server-requests.js'
import type { Registry } from '../registry/registry.js'
import type { HTTPMetricsOptions, HTTPRecorder } from './http-recorder.js'
import type { MetricsConfig } from './metrics-config.js'
import { MetricsMiddleware } from './metrics-middleware.js'

/** Options of `httpMetrics` of every framework. */
export interface FrameworkMetricsOptions extends HTTPMetricsOptions {
  readonly registry?: Registry
  /** Settings as `getMetricsConfig` gives them. */
  readonly config?: MetricsConfig
  /** What records, for an application that has it; `registry` and `config` are its own then. */
  readonly metrics?: MetricsMiddleware
}

/** What the requests of one framework are recorded with. */
export interface FrameworkMetrics {
  readonly metrics: MetricsMiddleware
  /** Ends what was started here; nothing of a `metrics` that was given. */
  stop(): void
}

/** The middleware of the options, or one made by them. */
export function frameworkMetrics({ metrics, registry, config }: FrameworkMetricsOptions): FrameworkMetrics {
  if (metrics !== undefined) return { metrics, stop() {} }
  const made = new MetricsMiddleware({ registry, config })
  return { metrics: made, stop: () => made.stop() }
}

/** Has a recorder see what a server gets, from the start, whatever the framework does with it. */
export function recordServer(server: unknown, recorder: HTTPRecorder): { stop(): void } {
  if (!isServer(server)) return { stop() {} }
  return onServerRequests(server, (req, res) => recorder.watch(req, res))
}

function isServer(value: unknown): value is Server {
  return typeof value === 'object' && value !== null && 'listening' in value && 'on' in value
}
