import type { MetricsCollectionService } from 'telltale'
import type { DatabaseHandle } from '../database/database.js'
import type { PaymentClient } from '../payments/client.js'
import type { JobQueue, Priority } from '../queue/job-queue.js'
import { HIGH_PRIORITY_CENTS } from './catalogue.js'
import type { FulfilmentJob } from './fulfilment.js'
import { type NewOrder, type Order, OrderRepository } from './repository.js'

export interface CheckoutParts {
  readonly payments: PaymentClient
  readonly queue: JobQueue<FulfilmentJob>
  readonly metrics: MetricsCollectionService
}

/** From an order to a paid order that waits for its fulfilment. */
export class Checkout {
  readonly #parts: CheckoutParts

  constructor(parts: CheckoutParts) {
    this.#parts = parts
  }

  /** Throws what the database or the payment throws; then nothing was earned, and the order is not paid. */
  async place(db: DatabaseHandle, order: NewOrder, source: string): Promise<Order> {
    const { metrics } = this.#parts
    const timer = metrics.startTimer('place order')
    let status = 'error'
    try {
      const paid = await this.#pay(new OrderRepository(db), order)
      metrics.recordRevenue(paid.currency, source, paid.product, paid.totalCents / 100)
      await this.#enqueue(paid)
      status = 'success'
      return paid
    } finally {
      metrics.recordTrace('shop', 'place_order', status, metrics.endTimer(timer))
    }
  }

  async #pay(orders: OrderRepository, order: NewOrder): Promise<Order> {
    const pending = await orders.create(order)
    const paymentId = await this.#charge(orders, pending)
    await orders.markPaid(pending.id, paymentId)
    return { ...pending, state: 'paid' }
  }

  async #charge(orders: OrderRepository, { id, totalCents, currency }: Order): Promise<string> {
    try {
      return await this.#parts.payments.charge({ orderId: id, amountCents: totalCents, currency })
    } catch (error) {
      await orders.markDeclined(id).catch(() => {}) // the customer gets to hear what went wrong first
      throw error
    }
  }

  /** A paid order is a success even when its fulfilment has to wait for the queue to come back. */
  async #enqueue({ id, totalCents, createdAt }: Order): Promise<void> {
    const priority: Priority = totalCents >= HIGH_PRIORITY_CENTS ? 'high' : 'normal'
    try {
      await this.#parts.queue.add({ orderId: id, placedAt: createdAt.getTime() }, priority)
    } catch (error) {
      const type = error instanceof Error ? error.name : 'Error'
      this.#parts.metrics.recordError(type, 'high', 'queue')
    }
  }
}
