import { TelltaleError } from '../../model/error.js'
import { shown } from '../../model/metric-name.js'
import type { Registry } from '../../registry/registry.js'
import { prefixed, type RuntimeSettings, Scope } from './scope.js'
import type { Feed } from './source.js'
import { type RuntimeCollector, sources } from './sources.js'

/** What one call asks for; what is left out is taken as it is where the source runs already. */
export interface FeedRequest {
  readonly prefix: string
  readonly labels: Readonly<Record<string, string>> | undefined
  readonly settings: Partial<RuntimeSettings>
}

const defaultSettings: RuntimeSettings = {
  gcDurationBuckets: [0.001, 0.01, 0.1, 1, 2, 5],
  eventLoopMonitoringPrecision: 10,
}

interface RunningFeed {
  readonly labels: Readonly<Record<string, string>>
  readonly settings: RuntimeSettings
  readonly collector: { stop(): void }
  uses: number
}

/** The sources that feed one registry, each once for every name that its metrics go by. */
export class RunningFeeds {
  readonly #registry: Registry
  readonly #running = new Map<string, RunningFeed>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  /** Starts a source, or joins it where it runs, and returns what ends this use; the last end stops it. */
  use(name: RuntimeCollector, request: FeedRequest): () => void {
    const key = prefixed(request.prefix, sources[name].metric)
    const feed = this.#running.get(key) ?? this.#start(key, name, request)
    if (feed === undefined) return () => {}
    checkAgrees(key, name, feed, request)
    feed.uses++
    let used = true
    return () => {
      if (used && --feed.uses === 0) feed.collector.stop()
      used = false
    }
  }

  #start(key: string, name: RuntimeCollector, request: FeedRequest): RunningFeed | undefined {
    const labels = request.labels ?? {}
    const settings = { ...defaultSettings, ...request.settings }
    const scope = new Scope(this.#registry, request.prefix, labels, settings)
    const source = startSource(name, scope)
    if (source === undefined) return undefined
    const collector = this.#registry.addCollector({
      name: key,
      families: scope.families,
      collect: () => source.collect(),
      stopped: () => {
        this.#running.delete(key)
        scope.end()
      },
    })
    const feed: RunningFeed = { labels, settings, collector, uses: 0 }
    this.#running.set(key, feed)
    return feed
  }
}

function startSource(name: RuntimeCollector, scope: Scope): Feed | undefined {
  try {
    return sources[name].start(scope)
  } catch (error) {
    scope.end()
    throw error
  }
}

function checkAgrees(key: string, name: RuntimeCollector, feed: RunningFeed, request: FeedRequest): void {
  const { setting } = sources[name]
  const asked = { labels: request.labels, ...(setting && { [setting]: request.settings[setting] }) }
  const has: Readonly<Record<string, unknown>> = { labels: feed.labels, ...feed.settings }
  for (const [option, value] of Object.entries(asked)) {
    if (value === undefined || JSON.stringify(value) === JSON.stringify(has[option])) continue
    throw new TelltaleError(
      'TELLTALE_METRIC_EXISTS',
      `metric "${key}" is collected on this registry already, with ${option} ${shown(has[option])}; got ` +
        `${shown(value)}. Ask for the same, give another prefix, or use another registry`,
    )
  }
}
