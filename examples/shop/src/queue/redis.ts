import { setTimeout as sleep } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import {
  ATTEMPTS,
  CONCURRENCY,
  type JobQueue,
  type Priority,
  type Processor,
  type QueueSizes,
  QueueUnavailableError,
  RETRY_MS,
} from './job-queue.js'

/** BullMQ takes the lowest number first. */
const RANKS: Readonly<Record<Priority, number>> = { high: 1, normal: 10 }

export interface RedisQueueConnections {
  /** Fails at once while Redis is away. */
  readonly producer: Redis
  /** Waits while Redis is away. */
  readonly worker: Redis
}

/** In Redis, by BullMQ: jobs outlive the process. Until Redis answers for the first time it takes none. */
export class RedisQueue<Job extends object> implements JobQueue<Job> {
  readonly #name: string
  readonly #connections: RedisQueueConnections
  #queue?: Queue<Job, void, string, Job, void, string>
  #worker?: Worker<Job, void, string>

  /** Owns the connections. */
  constructor(name: string, processor: Processor<Job>, connections: RedisQueueConnections) {
    this.#name = name
    this.#connections = connections
    // a BullMQ queue that is made while Redis is away stays broken when Redis comes
    whenReady(connections.producer, () => this.#openQueue())
    whenReady(connections.worker, () => this.#openWorker(processor))
  }

  async add(job: Job, priority: Priority): Promise<void> {
    try {
      if (this.#queue === undefined) throw new Error('Redis is away')
      await this.#queue.add(this.#name, job, { priority: RANKS[priority] })
    } catch (error) {
      throw new QueueUnavailableError(error instanceof Error ? error.message : String(error), error)
    }
  }

  async sizes(): Promise<QueueSizes> {
    if (this.#queue === undefined) throw new QueueUnavailableError('Redis is away')
    const counts = await this.#queue.getCountsPerPriority([RANKS.high, RANKS.normal])
    return { high: counts[RANKS.high] ?? 0, normal: counts[RANKS.normal] ?? 0 }
  }

  async close(graceMs: number): Promise<void> {
    const { producer, worker } = this.#connections
    const grace = new AbortController()
    const closed = this.#worker?.close().catch(() => {}) // Redis may be away: there is nothing to finish then
    await Promise.race([closed, sleep(graceMs, undefined, { signal: grace.signal }).catch(() => {})])
    grace.abort()
    worker.disconnect()
    producer.disconnect()
    await this.#queue?.close().catch(() => {})
  }

  #openQueue(): void {
    this.#queue = new Queue(this.#name, {
      connection: this.#connections.producer,
      skipWaitingForReady: true,
      defaultJobOptions: {
        attempts: ATTEMPTS,
        backoff: { type: 'exponential', delay: RETRY_MS },
        removeOnComplete: true,
        removeOnFail: 1_000,
      },
    })
    this.#queue.on('error', () => {}) // the connection tells the log
  }

  #openWorker(processor: Processor<Job>): void {
    this.#worker = new Worker(this.#name, (job) => processor(job.data), {
      connection: this.#connections.worker,
      concurrency: CONCURRENCY,
    })
    this.#worker.on('error', () => {}) // the connection tells the log
  }
}

function whenReady(redis: Redis, action: () => void): void {
  if (redis.status === 'ready') action()
  else redis.once('ready', action)
}
