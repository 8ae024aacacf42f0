import { type GcListener, GcWatch, gcKinds } from './gc-watch.js'
import { processMonitors } from './process-monitors.js'
import type { Source } from './source.js'

/** The duration of every garbage collection since the start of this source. */
export const gc: Source = {
  metric: 'nodejs_gc_duration_seconds',
  setting: 'gcDurationBuckets',
  start(scope) {
    if (!GcWatch.isSupported) return undefined
    const seriesOf = scope.histograms(
      'nodejs_gc_duration_seconds',
      'Duration of garbage collections in seconds, by kind: major, minor, incremental or weakcb.',
      ['kind'],
      scope.settings.gcDurationBuckets,
    )
    const byKind = new Map(gcKinds.map((kind) => [kind, seriesOf(kind)]))
    const listener: GcListener = (kind, seconds) => byKind.get(kind)?.observe(seconds)
    const lease = processMonitors().gc()
    lease.monitor.add(listener)
    scope.atEnd(() => {
      lease.monitor.delete(listener)
      lease.release()
    })
    return { collect() {} }
  },
}
