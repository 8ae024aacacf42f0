import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

/** Where the metrics of an application that knows nothing of them are served. */
export interface AutoSettings {
  readonly port: number
  /** Loopback when left out. */
  readonly host?: string
  readonly bearerTokenFile?: string
  readonly webConfigFile?: string
}

/** What the environment says: `METRICS_PORT`, `METRICS_HOST`, `METRICS_TOKEN_FILE`, `METRICS_WEB_CONFIG_FILE`. */
export function autoSettings(env: Readonly<Record<string, string | undefined>>): AutoSettings {
  const host = env.METRICS_HOST || undefined
  const bearerTokenFile = env.METRICS_TOKEN_FILE || undefined
  const webConfigFile = env.METRICS_WEB_CONFIG_FILE || undefined
  return {
    port: portOf(env.METRICS_PORT || '9090'),
    ...(host && { host }),
    ...(bearerTokenFile && { bearerTokenFile }),
    ...(webConfigFile && { webConfigFile }),
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new TelltaleError(
    'TELLTALE_PORT',
    `METRICS_PORT: got ${shown(text)}, expected a port from 0 to 65535`,
  )
}
