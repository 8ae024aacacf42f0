import { TelltaleError } from '../model/error.js'
import { checkToken } from '../serve/access/bearer-token.js'
import { checkHosts, isLoopback } from '../serve/allowed-hosts.js'
import { checkLimits, type EndpointLimits, type EndpointSettings } from '../serve/endpoint-settings.js'
import type { ListenAddress } from '../serve/listener.js'
import { safeEnvironment } from './environment.js'

/** Where the metrics are served, to whom, and how much at a time. */
export interface EndpointOptions {
  /**
   * The address to listen on; `127.0.0.1` when left out, so that nothing outside this machine reaches the metrics.
   * `0.0.0.0` opens them to the network.
   */
  readonly host?: string
  /** Decides about CORS, the live page, the request log and reset; `NODE_ENV` when left out. */
  readonly environment?: string
  /** Allows any web page to read the metrics; only in development when left out. */
  readonly cors?: boolean
  /**
   * Names in the `Host` header that are answered besides `localhost`, `127.0.0.1`, `[::1]` and the address to listen
   * on; all others get status 421. When left out, only these where the server listens on loopback, and every name
   * where it listens elsewhere. `*` is every name.
   */
  readonly allowedHosts?: readonly string[]
  /** Answers only requests with `Authorization: Bearer` and this token. */
  readonly bearerToken?: string
  /** A file with that token, read again when it changes. */
  readonly bearerTokenFile?: string
  /**
   * A file in Prometheus' web-config format: TLS, client certificates, users with bcrypt hashes, headers. It and the
   * files that it names are read again when they change; what cannot be used leaves what was before.
   */
  readonly webConfigFile?: string
  /** What the server bears at most. */
  readonly limits?: EndpointLimits
  /**
   * Shows a page at `/live` that says in a browser what the application does while it does it; only in development when
   * left out. Who may read the metrics may see it.
   */
  readonly livePage?: boolean
  /** Adds the server's metrics about itself to the scrape, `telltale_scrapes_total` and others. True when left out. */
  readonly selfMetrics?: boolean
}

/** The settings that options mean. Throws `TELLTALE_OPTION` for hosts that are no list, a token that no header can carry, or two of them. */
export function endpointSettings(port: number, options: EndpointOptions): EndpointSettings {
  const environment = safeEnvironment(options.environment ?? process.env.NODE_ENV)
  checkTokens('MetricsServer', options)
  checkHosts(options.allowedHosts)
  const { bearerToken, bearerTokenFile } = options
  return {
    port,
    host: options.host ?? '127.0.0.1',
    cors: options.cors ?? environment === 'development',
    livePage: options.livePage ?? environment === 'development',
    reset: environment !== 'production',
    selfMetrics: options.selfMetrics ?? true,
    allowedHosts: options.allowedHosts,
    bearerToken,
    bearerTokenFile,
    webConfigFile: options.webConfigFile,
    limits: checkLimits(options.limits),
  }
}

/** Throws `TELLTALE_OPTION` for a token that no header can carry, or two of them. */
export function checkTokens(
  owner: string,
  { bearerToken, bearerTokenFile }: Pick<EndpointOptions, 'bearerToken' | 'bearerTokenFile'>,
): void {
  if (bearerToken !== undefined) checkToken(bearerToken)
  if (bearerToken === undefined || bearerTokenFile === undefined) return
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `${owner}: got both bearerToken and bearerTokenFile, expected one of them. Leave the other out`,
  )
}

/**
 * Where a line for each request goes: what the options say, or standard output in development. What throws there is
 * warned of once, and no request is the worse for it.
 */
export function requestLog(
  log: ((line: string) => void) | undefined,
  { environment = process.env.NODE_ENV }: EndpointOptions,
): ((line: string) => void) | undefined {
  const write = log ?? (safeEnvironment(environment) === 'development' ? console.log : undefined)
  if (write === undefined) return undefined
  let hasFailed = false
  return (line) => {
    try {
      write(line)
    } catch (error) {
      if (!hasFailed)
        process.emitWarning(`the log of requests for metrics failed: ${String(error)}`, 'TelltaleWarning')
      hasFailed = true
    }
  }
}

/** One line that says where the metrics are, and how to open or to close them. */
export function announcement({ host, port, secure }: ListenAddress, options: EndpointOptions): string {
  const shown = host.includes(':') ? `[${host}]` : host
  return `Metrics: ${secure ? 'https' : 'http'}://${shown}:${port}/metrics${reach(host, options)}`
}

function reach(host: string, options: EndpointOptions): string {
  const { bearerToken, bearerTokenFile, webConfigFile } = options
  if (isLoopback(host)) {
    return options.host === undefined ? " (this machine only; host: '0.0.0.0' opens them to the network)" : ''
  }
  const isGuarded = (bearerToken ?? bearerTokenFile ?? webConfigFile) !== undefined
  return isGuarded ? '' : ' (open to the network; bearerTokenFile or webConfigFile asks who reads them)'
}
