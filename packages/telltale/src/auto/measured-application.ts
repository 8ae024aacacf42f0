import type { HTTPMetricsOptions } from '../application/http-recorder.js'
import { MetricsMiddleware } from '../application/metrics-middleware.js'
import { MetricsServer } from '../application/metrics-server.js'
import { standIn } from '../application/stand-in.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { AutoSettings } from './auto-settings.js'
import { markMeasured } from './process-role.js'

/** Has the requests of all servers of the process recorded, with the routes of the frameworks that tell them. */
export type RequestRecording = (
  options: HTTPMetricsOptions & { readonly metrics: MetricsMiddleware },
) => unknown

const LOOPBACK = '127.0.0.1'
const HINT = ' (this machine only; METRICS_HOST=0.0.0.0 opens them to the network)'

/**
 * Measures this process and serves what was measured, on the default registry. What it says goes to standard error, since
 * standard output is the application's.
 */
export function measureApplication(settings: AutoSettings, recordRequests: RequestRecording): void {
  const { port, host = LOOPBACK, ...endpoint } = settings
  const registry = defaultRegistry()
  const metrics = new MetricsMiddleware({ registry, outboundRequests: true })
  // Where no thread can be had, the requests of scrapes are requests of this process.
  recordRequests({ metrics, ignore: (req) => req.socket.localPort === (server.address?.port ?? port) })
  const announce = (line: string) => say(settings.host === undefined ? line + HINT : line)
  const server = new MetricsServer(port, { ...endpoint, host, registry, announce, log: () => {} })
  // The server itself says what prevents it.
  server.start().catch(() => {})
  standIn({ registry, port, stop: () => server.stop() })
  markMeasured(process.env, process.pid, port)
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
