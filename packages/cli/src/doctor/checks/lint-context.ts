import { pathExists } from '../../lint/file-patterns.js'
import { knownMetrics, type LintSettings } from '../../lint/index.js'
import { parseDuration, parseVersion } from '../../promql/index.js'
import type { Setup } from '../setup.js'
import { targetsOfEndpoint } from '../source/endpoint-targets.js'

/** What lint has to know about a setup. */
export interface LintContext {
  readonly settings: LintSettings
  /** Whether a Prometheus answers: then it tells what runs. */
  readonly isServerAsked: boolean
}

const oldest = { prometheus: '2.42', alertmanager: '0.25' } as const

/** Reads it from whatever can be reached. Never rejects. */
export async function lintContext(setup: Setup): Promise<LintContext> {
  const [prometheus, alertmanager, exposition, own, longest] = await Promise.all([
    known(async () => (await setup.prometheus.identity()).version),
    known(async () => (await (await setup.alertmanager()).status()).versionInfo.version),
    known(() => setup.endpoint.exposition()),
    known(() => endpointInterval(setup)),
    known(() => longestInterval(setup)),
  ])
  const version = (text: string | undefined, fallback: string) =>
    parseVersion(text ?? '') ?? parseVersion(fallback)!
  return {
    isServerAsked: prometheus !== undefined,
    settings: {
      prometheus: version(prometheus, oldest.prometheus),
      alertmanager: version(alertmanager, oldest.alertmanager),
      scrapeInterval: own ?? longest ?? 15,
      exists: (path, from) => (from === '' ? undefined : pathExists(path, from)),
      ...knownMetrics(exposition === undefined ? [] : [exposition]),
    },
  }
}

/** How often the application is scraped, where it is. */
async function endpointInterval(setup: Setup): Promise<number | undefined> {
  const { activeTargets } = await setup.prometheus.targets()
  const { exact } = targetsOfEndpoint(activeTargets, setup.endpoint.url)
  const intervals = exact.flatMap(({ scrapeInterval }) => parseDuration(scrapeInterval) ?? [])
  return intervals.length === 0 ? undefined : Math.min(...intervals)
}

async function longestInterval({ files }: Setup): Promise<number | undefined> {
  const { global, scrape_configs: jobs } = await files.configuration()
  const general = secondsAt(global, 'scrape_interval') ?? 60
  const intervals = (Array.isArray(jobs) ? jobs : []).map(
    (job) => secondsAt(job, 'scrape_interval') ?? general,
  )
  return intervals.length === 0 ? undefined : Math.max(...intervals)
}

function secondsAt(holder: unknown, name: string): number | undefined {
  const value: unknown = typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined
  return value === undefined ? undefined : parseDuration(String(value))
}

async function known<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch {
    return undefined
  }
}
