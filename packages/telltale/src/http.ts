import type { Server } from 'node:net'
import {
  type FrameworkMetricsOptions,
  frameworkMetrics,
  recordServer,
} from './application/framework-metrics.js'
import { onEveryRequest } from './instrument/http/server-requests.js'

export type { FrameworkMetricsOptions as HTTPMetricsOptions } from './application/framework-metrics.js'

/** Requests that are being recorded. */
export interface RecordedRequests {
  /** Records no further ones. Calling it twice is harmless. */
  stop(): void
}

/**
 * Counts and times the requests of a `node:http` or `node:https` server, each once, from its arrival to the close of its
 * response: answered, streamed or aborted (status 499). The server is not touched, and may be listening already.
 *
 * The route is what the `route` option says, or the pattern of an Express application behind the server, `unmatched`
 * without either. A framework's own `httpMetrics` on the same registry names the routes of what is recorded here.
 */
export function httpMetrics(server: Server, options: FrameworkMetricsOptions = {}): RecordedRequests {
  const { metrics, stop } = frameworkMetrics(options)
  const recorded = recordServer(server, metrics.recorder('server', options))
  return { stop: () => [recorded.stop(), stop()] }
}

/** The same for every server of the process, those of later included. */
export function processHTTPMetrics(options: FrameworkMetricsOptions = {}): RecordedRequests {
  const { metrics, stop } = frameworkMetrics(options)
  const recorder = metrics.recorder('server', options)
  const recorded = onEveryRequest((req, res) => recorder.watch(req, res))
  return { stop: () => [recorded.stop(), stop()] }
}
