import type { MetricsCollectionService } from 'telltale'
import type { Processor } from './job-queue.js'

/** The same processor, every attempt of which is timed. */
export function measured<Job>(
  processor: Processor<Job>,
  metrics: MetricsCollectionService,
  names: { readonly queue: string; readonly jobType: string },
): Processor<Job> {
  return async (job) => {
    const timer = metrics.startTimer(`job ${names.jobType}`)
    let status = 'failed'
    try {
      await processor(job)
      status = 'completed'
    } finally {
      metrics.recordQueueProcessing(names.queue, names.jobType, status, metrics.endTimer(timer))
    }
  }
}
