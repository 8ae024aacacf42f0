import type { MetricsCollectionService, MetricsMiddleware, Registry } from 'telltale'
import type { ApplicationParts } from './application.js'
import { MeasuredCache } from './cache/measured.js'
import { openStore } from './cache/open.js'
import { openDatabase } from './database/open.js'
import { DatabaseWatch } from './database/watch.js'
import { Faults } from './faults/faults.js'
import { readAtScrape } from './gauges.js'
import { declareErrors } from './known-errors.js'
import type { Log } from './log.js'
import { Checkout } from './orders/checkout.js'
import { FULFILMENT_QUEUE, Fulfilment, type FulfilmentJob } from './orders/fulfilment.js'
import { Funnel } from './orders/funnel.js'
import { Recovery } from './orders/recovery.js'
import { PaymentApi } from './payments/api.js'
import { PaymentClient } from './payments/client.js'
import { measured } from './queue/measured.js'
import { openQueue } from './queue/open.js'
import type { Random } from './random.js'
import type { Settings } from './settings/settings.js'
import type { Shutdown } from './shutdown.js'

export interface PartsOptions {
  readonly settings: Settings
  readonly log: Log
  readonly registry: Registry
  readonly middleware: MetricsMiddleware
  readonly random: Random
  /** Learns how to close what is opened here. */
  readonly shutdown: Shutdown
}

const QUEUE_GRACE_MS = 2_000

/** Opens everything behind the application. Database and Redis may be away: they are used once they are there. */
export async function openParts(options: PartsOptions): Promise<ApplicationParts> {
  const { settings, log, middleware, random, shutdown } = options
  const metrics = middleware.getMetricsService()
  declareErrors(metrics)
  const { database, watch } = openWatchedDatabase(settings, log, shutdown)

  const store = openStore(settings.redisUrl, log)
  shutdown.add('Cache', () => store.close())
  const cache = new MeasuredCache(store, metrics)

  const payments = await openPayments(settings, metrics, random, shutdown)

  const fulfilment = new Fulfilment({ database, cache, metrics, random })
  const names = { queue: FULFILMENT_QUEUE, jobType: 'fulfil' }
  const processor = measured((job: FulfilmentJob) => fulfilment.fulfil(job), metrics, names)
  const queue = openQueue(FULFILMENT_QUEUE, processor, settings.redisUrl, log)
  shutdown.add('Queue', () => queue.close(QUEUE_GRACE_MS))
  const recovery = new Recovery(database, queue)
  recovery.start()
  shutdown.add('Recovery', () => recovery.stop())

  const funnel = new Funnel()
  readAtScrape(options.registry, metrics, { watch, queue, store, funnel })
  const checkout = new Checkout({ payments, queue, metrics })
  const faults = new Faults(random, settings.traffic)
  return { settings, log, middleware, database, watch, cache, checkout, funnel, faults }
}

function openWatchedDatabase(settings: Settings, log: Log, shutdown: Shutdown) {
  const database = openDatabase(settings.database)
  shutdown.add('Database', () => database.close())
  const watch = new DatabaseWatch(database, log)
  watch.start()
  shutdown.add('Database watch', () => watch.stop())
  return { database, watch }
}

async function openPayments(
  settings: Settings,
  metrics: MetricsCollectionService,
  random: Random,
  shutdown: Shutdown,
): Promise<PaymentClient> {
  if (settings.paymentApiUrl !== undefined) return new PaymentClient(settings.paymentApiUrl, metrics)
  const api = new PaymentApi(random)
  const url = await api.start()
  shutdown.add('Payment API', () => api.stop())
  return new PaymentClient(url, metrics)
}
