import { TelltaleError } from '../../model/error.js'
import type { LabelValue } from '../../model/label-schema.js'
import { labelText } from '../../model/label-text.js'
import { shown } from '../../model/metric-name.js'
import { processWide } from '../../model/process-wide.js'
import { defaultRegistry } from '../../registry/default-registry.js'
import type { Registry } from '../../registry/registry.js'
import { type FeedRequest, RunningFeeds } from './running-feeds.js'
import type { RuntimeSettings } from './scope.js'
import { type RuntimeCollector, runtimeCollectors, sources } from './sources.js'

/** Options of {@link collectRuntimeMetrics}. */
export interface RuntimeMetricsOptions {
  /** Where the metrics go; the default registry of the process when left out. */
  readonly registry?: Registry
  /** Put before every name, but for those that start with it already. */
  readonly prefix?: string
  /** Labels of every series of these metrics. */
  readonly labels?: Readonly<Record<string, LabelValue>>
  /** Upper bounds of `nodejs_gc_duration_seconds` in seconds; 1 ms to 5 s when left out. */
  readonly gcDurationBuckets?: readonly number[]
  /** Whole milliseconds between two looks at the event loop; 10 when left out. Fewer looks cost less. */
  readonly eventLoopMonitoringPrecision?: number
  /** What to collect; `runtimeCollectors` when left out. */
  readonly collectors?: readonly RuntimeCollector[]
}

/**
 * Collects what Node.js and the operating system tell about this process: CPU, memory, file descriptors, event
 * loop, garbage collection, version and start, under the names that prom-client gave them.
 *
 * Calling it again with the same registry and prefix joins what runs; the metrics go when the last of the returned
 * handles was stopped, and no timer, observer or listener stays behind. `Registry.clear()` ends them as well.
 * Metrics that the platform cannot provide are left out.
 *
 * Cost while idle: one wake-up every `eventLoopMonitoringPrecision` milliseconds, about 0.4 % of a core at 10 ms,
 * shared by all registries and prefixes; nothing without the collector `eventLoopDelay`. A scrape costs about
 * half a millisecond.
 *
 * Throws a `TelltaleError` and starts nothing when an option is not valid, when a name is taken by another metric
 * or when what runs already under this prefix was asked for with other labels, buckets or precision.
 */
export function collectRuntimeMetrics(options: RuntimeMetricsOptions = {}): { stop(): void } {
  const feeds = feedsOf(options.registry ?? defaultRegistry())
  const request: FeedRequest = {
    prefix: options.prefix ?? '',
    labels: options.labels && checkLabels(options.labels),
    settings: givenSettings(options),
  }
  const ends: (() => void)[] = []
  const stop = () => {
    for (const end of ends) end()
  }
  try {
    for (const name of checkCollectors(options.collectors ?? runtimeCollectors)) {
      ends.push(feeds.use(name, request))
    }
  } catch (error) {
    stop()
    throw error
  }
  return { stop }
}

function feedsOf(registry: Registry): RunningFeeds {
  const all = processWide('telltale.runtime-feeds.1', () => new WeakMap<Registry, RunningFeeds>())
  const feeds = all.get(registry) ?? new RunningFeeds(registry)
  all.set(registry, feeds)
  return feeds
}

function givenSettings({
  gcDurationBuckets,
  eventLoopMonitoringPrecision: precision,
}: RuntimeMetricsOptions): Partial<RuntimeSettings> {
  if (precision !== undefined && !(Number.isInteger(precision) && precision > 0)) {
    throw new TelltaleError(
      'TELLTALE_OPTION',
      `eventLoopMonitoringPrecision: got ${shown(precision)}, expected a whole number of milliseconds above 0`,
    )
  }
  return {
    ...(gcDurationBuckets !== undefined && { gcDurationBuckets }),
    ...(precision !== undefined && { eventLoopMonitoringPrecision: precision }),
  }
}

function checkLabels(labels: Readonly<Record<string, LabelValue>>): Readonly<Record<string, string>> {
  const checked: Record<string, string> = {}
  for (const [name, value] of Object.entries(labels)) {
    const text = labelText(value)
    if (text === undefined) {
      throw new TelltaleError(
        'TELLTALE_LABEL_VALUE',
        `label "${name}" of the runtime metrics: got ${shown(value)}, expected a text, a number or a boolean`,
      )
    }
    checked[name] = text
  }
  return checked
}

function checkCollectors(names: readonly RuntimeCollector[]): ReadonlySet<RuntimeCollector> {
  for (const name of names) {
    if (Object.hasOwn(sources, name)) continue
    throw new TelltaleError(
      'TELLTALE_OPTION',
      `collectors: got ${shown(name)}, expected one of ${shown(Object.keys(sources))}`,
    )
  }
  return new Set(names)
}
