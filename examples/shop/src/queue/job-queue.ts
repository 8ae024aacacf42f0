import { HttpError } from '../http-error.js'

/** Also the values of the label `priority`. */
export const PRIORITIES = ['high', 'normal'] as const

export type Priority = (typeof PRIORITIES)[number]

export type QueueSizes = Readonly<Record<Priority, number>>

/** Jobs that are done later, each at least once, high priority first. */
export interface JobQueue<Job> {
  /** Throws a QueueUnavailableError when the job could not be kept. */
  add(job: Job, priority: Priority): Promise<void>
  /** The jobs that wait, not those being done. Throws when the queue cannot be reached. */
  sizes(): Promise<QueueSizes>
  /** Takes no more jobs, and waits up to `graceMs` for those being done. */
  close(graceMs: number): Promise<void>
}

/** Does one job. A job that throws is tried again, up to ATTEMPTS times in all. */
export type Processor<Job> = (job: Job) => Promise<void>

export const ATTEMPTS = 3
export const RETRY_MS = 500
export const CONCURRENCY = 4

export class QueueUnavailableError extends HttpError {
  constructor(reason: string, cause?: unknown) {
    super(503, 'QueueUnavailableError', `The queue takes no jobs: ${reason}`, { cause })
  }
}
