import { setTimeout as sleep } from 'node:timers/promises'
import PQueue from 'p-queue'
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

const CAPACITY = 10_000
const RANKS: Readonly<Record<Priority, number>> = { high: 1, normal: 0 }

/** In this process: what still waits when the process ends is gone from the queue. */
export class MemoryQueue<Job> implements JobQueue<Job> {
  readonly #queue = new PQueue({ concurrency: CONCURRENCY })
  readonly #processor: Processor<Job>
  readonly #end = new AbortController()

  constructor(processor: Processor<Job>) {
    this.#processor = processor
  }

  async add(job: Job, priority: Priority): Promise<void> {
    if (this.#end.signal.aborted) throw new QueueUnavailableError('the shop is closing')
    if (this.#queue.size >= CAPACITY) throw new QueueUnavailableError(`${CAPACITY} jobs are waiting already`)
    void this.#queue.add(() => this.#attempt(job), { priority: RANKS[priority] })
  }

  async sizes(): Promise<QueueSizes> {
    const size = (priority: Priority) => this.#queue.sizeBy({ priority: RANKS[priority] })
    return { high: size('high'), normal: size('normal') }
  }

  async close(graceMs: number): Promise<void> {
    this.#end.abort()
    const grace = new AbortController()
    await Promise.race([
      this.#queue.onIdle(),
      sleep(graceMs, undefined, { signal: grace.signal }).catch(() => {}),
    ])
    grace.abort()
    this.#queue.clear()
  }

  async #attempt(job: Job): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return await this.#processor(job)
      } catch {
        await this.#pause(attempt)
      }
    }
  }

  async #pause(attempt: number): Promise<void> {
    if (attempt === ATTEMPTS) return
    const { signal } = this.#end
    await sleep(RETRY_MS * 2 ** (attempt - 1), undefined, { signal }).catch(() => {})
  }
}
