import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { processWide } from '../model/process-wide.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { EndpointMetrics } from '../serve/endpoint-metrics.js'
import { pathBelow, pathBelowMetrics } from '../serve/metric-pages.js'
import { type MountedLimits, MountedPages } from '../serve/mounted-pages.js'
import { GroupedSource } from '../serve/telemetry/grouped-source.js'
import { ownAnchor } from '../serve/telemetry/own-group.js'
import { JoinedSource } from '../serve/threads/joined-source.js'
import { ThreadHub } from '../serve/threads/thread-hub.js'
import { checkTokens } from './endpoint-options.js'
import { safeEnvironment } from './environment.js'
import { servedAs } from './server-group.js'

/** Options of metrics routes in a server of the application. */
export interface MountedOptions {
  readonly registry?: Registry
  /** Decides whether metrics may be reset; `NODE_ENV` when left out. Only production and unknown names refuse. */
  readonly environment?: string
  /**
   * Shows the metrics of all processes of one user that name the same group. None when left out: a process that has a
   * `MetricsServer` takes part in its group by that, and is not to be counted twice.
   */
  readonly group?: string
  /**
   * The path of the scrape as its requests have it, such as `/internal/prom`; the others are below it. When left out,
   * `/metrics` below what the routes are mounted on, and the root of what is itself called so.
   */
  readonly path?: string
  /** Names in the `Host` header that are answered besides those of this machine; every name when left out. */
  readonly allowedHosts?: readonly string[]
  /** Answers only requests with `Authorization: Bearer` and this token. */
  readonly bearerToken?: string
  /** A file with that token, read again when it changes. */
  readonly bearerTokenFile?: string
  /**
   * A file in Prometheus' web-config format: users with bcrypt hashes, headers, a limit on requests. It is read again
   * when it changes. One that asks for TLS is refused: that is up to the server of the application.
   */
  readonly webConfigFile?: string
  /** How much is borne at most. */
  readonly limits?: MountedLimits
  /**
   * Adds the metrics of the routes about themselves to the scrape, under the names that those of `MetricsServer` have;
   * all routes of one registry count together. True when left out.
   */
  readonly selfMetrics?: boolean
}

/** The pages that options mean. Throws `TELLTALE_OPTION` for limits, tokens or a path that are none. */
export function mountedPages(owner: string, options: MountedOptions): MountedPages {
  const { environment, registry = defaultRegistry(), group, allowedHosts, limits } = options
  const { bearerToken, bearerTokenFile, webConfigFile, selfMetrics = true } = options
  checkTokens(owner, options)
  checkPath(owner, options.path)
  const metrics = metricsOf(registry)
  const joined = new JoinedSource(registry, new ThreadHub())
  const source = new GroupedSource(selfMetrics ? metrics.addedTo(joined) : joined)
  const mayReset = () => safeEnvironment(environment ?? process.env.NODE_ENV) !== 'production'
  const settings = { allowedHosts, limits, bearerToken, bearerTokenFile, webConfigFile }
  const pages = new MountedPages(source, mayReset, settings, metrics)
  if (group !== undefined) source.join({ name: group, identity: servedAs(registry), anchor: ownAnchor() })
  return pages
}

/** One for all routes of a registry, so that each scrape has what every one of them counted, once. */
function metricsOf(registry: Registry): EndpointMetrics {
  const all = processWide('telltale.mounted-routes.1', () => new WeakMap<Registry, EndpointMetrics>())
  const metrics = all.get(registry) ?? new EndpointMetrics()
  all.set(registry, metrics)
  return metrics
}

/** What follows the path of the scrape in that of a request below `mount`; `undefined` where it is somebody else's. */
export type PathBelow = (path: string, mount: string) => string | undefined

/** How the addresses of the pages are read. */
export function pathReader({ path: base }: MountedOptions): PathBelow {
  if (base !== undefined) return (path, mount) => pathBelow(base.replace(/\/$/, ''), mount + path)
  return (path, mount) =>
    pathBelowMetrics(path) ?? (/\/metrics\/?$/i.test(mount) ? pathBelow('', path) : undefined)
}

function checkPath(owner: string, path: unknown): void {
  if (path === undefined || (typeof path === 'string' && /^\/[^?#]*$/.test(path))) return
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `${owner}: got path ${shown(path)}, expected a path that begins with a slash and has no query, such as /metrics`,
  )
}
