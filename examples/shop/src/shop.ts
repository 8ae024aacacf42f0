import { defaultRegistry, MetricsMiddleware, MetricsServer, type Registry } from 'telltale'
import { createApplication } from './application.js'
import { Listener } from './listener.js'
import type { Log } from './log.js'
import { openParts } from './parts.js'
import { outgoingHost } from './payments/client.js'
import { seededRandom } from './random.js'
import type { Settings, TrafficSettings } from './settings/settings.js'
import { Shutdown } from './shutdown.js'
import { TrafficMix } from './traffic/mix.js'
import { Traffic } from './traffic/traffic.js'

export interface ShopOptions {
  readonly settings: Settings
  readonly log: Log
  /** Where the metrics are; the process's own registry when left out. */
  readonly registry?: Registry
}

export interface Shop {
  /** Where the application answers, on this machine. */
  readonly url: URL
  /** Where the metrics are; undefined when their port could not be had. */
  readonly metricsUrl?: URL
  /** Resolves when the database has answered for the first time. */
  ready(): Promise<void>
  /** Closes everything, requests and jobs first, within a few seconds. */
  stop(): Promise<void>
}

/**
 * Starts the shop with everything around it. A database, a Redis or a metrics port that cannot be had is told and
 * does not prevent the start; rejects only when the application itself has no port, and leaves nothing running then.
 */
export async function startShop({ settings, log, registry = defaultRegistry() }: ShopOptions): Promise<Shop> {
  const shutdown = new Shutdown(log)
  try {
    for (const warning of settings.warnings) log.warn(warning)
    let url: URL | undefined
    // The shop sends its traffic to itself.
    const ignore = ({ origin }: URL) => origin === url?.origin
    const middleware = new MetricsMiddleware({ registry, outboundRequests: { hosts: outgoingHost, ignore } })
    shutdown.add('Metrics', () => middleware.stop())
    const random = settings.traffic ? seededRandom(settings.traffic.seed + 1) : Math.random
    const parts = await openParts({ settings, log, registry, middleware, random, shutdown })
    url = await listen(new Listener(createApplication(parts)), settings, shutdown)
    const metricsUrl = await serveMetrics(settings, log, registry, shutdown)
    if (settings.traffic) sendTraffic(url, settings.traffic, parts.watch.ready(), shutdown)
    return { url, metricsUrl, ready: () => parts.watch.ready(), stop: () => shutdown.run() }
  } catch (error) {
    await shutdown.run()
    throw error
  }
}

async function listen(listener: Listener, settings: Settings, shutdown: Shutdown): Promise<URL> {
  const port = await listener.start(settings.port, settings.host)
  shutdown.add('Application', () => listener.stop())
  return localUrl(settings.host, port)
}

async function serveMetrics(
  { metricsPort, metricsHost: host, environment, logRequests }: Settings,
  log: Log,
  registry: Registry,
  shutdown: Shutdown,
): Promise<URL | undefined> {
  const line = logRequests ? (text: string) => log.info(text) : () => {}
  const server = new MetricsServer(metricsPort, { registry, host, environment, log: line })
  try {
    const address = await server.start()
    shutdown.add('Metrics server', () => server.stop())
    return new URL('/metrics', localUrl(address.host, address.port))
  } catch {
    // the server itself says why
    log.warn(`No metrics on port ${metricsPort}. The shop keeps serving; METRICS_PORT names another port.`)
    return undefined
  }
}

/** Waits for the database, so that a start does not begin with a burst of errors. */
function sendTraffic(
  url: URL,
  { seed, rate }: TrafficSettings,
  ready: Promise<void>,
  shutdown: Shutdown,
): void {
  const mix = new TrafficMix(seededRandom(seed), Date.now().toString(36))
  const traffic = new Traffic(url, mix, rate)
  shutdown.add('Traffic', () => traffic.stop())
  void ready.then(() => traffic.start())
}

function localUrl(host: string | undefined, port: number): URL {
  const name = host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return new URL(`http://${name.includes(':') ? `[${name}]` : name}:${port}`)
}
