import { setTimeout as sleep } from 'node:timers/promises'
import type { MetricsCollectionService } from 'telltale'
import type { Cache } from '../cache/cache.js'
import type { DatabaseHandle } from '../database/database.js'
import { between, type Random } from '../random.js'
import { OrderRepository } from './repository.js'

export const FULFILMENT_QUEUE = 'order-fulfilment'

export interface FulfilmentJob {
  readonly orderId: number
  /** Milliseconds since 1970. */
  readonly placedAt: number
}

export interface FulfilmentParts {
  readonly database: DatabaseHandle
  readonly cache: Cache
  readonly metrics: MetricsCollectionService
  readonly random: Random
}

const PACKING_MS = [50, 400] as const

/** Packs paid orders. It works outside any request, so it times its own queries. */
export class Fulfilment {
  readonly #parts: FulfilmentParts
  readonly #orders: OrderRepository

  constructor(parts: FulfilmentParts) {
    this.#parts = parts
    this.#orders = new OrderRepository(parts.database)
  }

  async fulfil({ orderId, placedAt }: FulfilmentJob): Promise<void> {
    const { cache, metrics, random } = this.#parts
    await sleep(between(random, ...PACKING_MS))
    const timer = metrics.startTimer('mark fulfilled')
    await this.#orders.markFulfilled(orderId)
    metrics.endTimer(timer, { operation: 'UPDATE', table: 'orders' })
    await cache.delete('order:*', orderId)
    metrics.recordTrace('fulfilment', 'order_to_fulfilled', 'success', (Date.now() - placedAt) / 1000)
  }
}
