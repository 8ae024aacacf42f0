import type { MetricsCollectionService, Registry } from 'telltale'
import type { CacheStore } from './cache/cache.js'
import { DATABASE_NAME } from './database/database.js'
import type { DatabaseWatch } from './database/watch.js'
import { FULFILMENT_QUEUE } from './orders/fulfilment.js'
import { type Funnel, SEGMENTS } from './orders/funnel.js'
import { type JobQueue, PRIORITIES } from './queue/job-queue.js'

export interface GaugeSources {
  readonly watch: DatabaseWatch
  readonly queue: Pick<JobQueue<never>, 'sizes'>
  readonly store: CacheStore
  readonly funnel: Funnel
}

/**
 * Reads at each scrape what has a size rather than a history. A source that cannot be asked costs its own metric
 * that scrape, and no other.
 */
export function readAtScrape(
  registry: Registry,
  metrics: MetricsCollectionService,
  sources: GaugeSources,
): void {
  const { watch, queue, store, funnel } = sources
  registry.addCollector({
    name: 'shop_database',
    families: [{ name: 'database_connections_active' }],
    collect() {
      const { active, inUse, idle, waiting, max } = watch.connections()
      metrics.recordDatabaseConnection(DATABASE_NAME, 'active', active)
      metrics.recordDatabaseConnection(DATABASE_NAME, 'in_use', inUse)
      metrics.recordDatabaseConnection(DATABASE_NAME, 'idle', idle)
      metrics.recordDatabaseConnection(DATABASE_NAME, 'waiting', waiting)
      if (max !== undefined) metrics.recordDatabaseConnection(DATABASE_NAME, 'max', max)
    },
  })
  registry.addCollector({
    name: 'shop_queue',
    families: [{ name: 'queue_size' }],
    async collect() {
      const sizes = await queue.sizes()
      for (const priority of PRIORITIES) metrics.recordQueueSize(FULFILMENT_QUEUE, priority, sizes[priority])
    },
  })
  registry.addCollector({
    name: 'shop_cache',
    families: [{ name: 'cache_size_bytes' }],
    async collect() {
      metrics.recordCacheSize(store.name, await store.sizeInBytes())
    },
  })
  registry.addCollector({
    name: 'shop_conversion',
    families: [{ name: 'conversion_rate' }],
    collect() {
      for (const segment of SEGMENTS)
        metrics.recordConversionRate('order', segment, funnel.conversion(segment))
    },
  })
}
