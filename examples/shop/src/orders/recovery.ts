import type { DatabaseHandle } from '../database/database.js'
import type { JobQueue } from '../queue/job-queue.js'
import type { FulfilmentJob } from './fulfilment.js'
import { OrderRepository } from './repository.js'

const INTERVAL_MS = 30_000
const BATCH = 100

/** Puts paid orders back into the queue that it lost, or could not take when they were paid. */
export class Recovery {
  readonly #orders: OrderRepository
  readonly #queue: JobQueue<FulfilmentJob>
  #timer?: NodeJS.Timeout

  constructor(database: DatabaseHandle, queue: JobQueue<FulfilmentJob>) {
    this.#orders = new OrderRepository(database)
    this.#queue = queue
  }

  start(): void {
    this.#timer = setInterval(() => void this.#tryRecover(), INTERVAL_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** How many orders were put back. Does nothing while jobs wait: the overdue ones may be among them. */
  async recover(): Promise<number> {
    const { high, normal } = await this.#queue.sizes()
    if (high + normal > 0) return 0
    const overdue = await this.#orders.listOverdue(BATCH)
    for (const { id, createdAt } of overdue) {
      await this.#queue.add({ orderId: id, placedAt: createdAt.getTime() }, 'normal')
    }
    return overdue.length
  }

  async #tryRecover(): Promise<void> {
    await this.recover().catch(() => {}) // database or queue are away, and say so themselves; there is a next time
  }
}
