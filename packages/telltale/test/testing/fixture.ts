import { Counter, Gauge, Histogram } from '../../src/index.js'
import { createTestRegistry, type TestRegistry } from '../../src/testing/index.js'

/** A small application's metrics, the same in every test of the tools. */
export function shopMetrics(): TestRegistry {
  const registry = createTestRegistry()
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered.',
    labels: ['method', 'status_code'],
    registry,
  })
  requests.labels('GET', '200').inc(3)
  requests.labels('POST', '200').inc(1)
  new Gauge({ name: 'queue_jobs', help: 'Jobs that wait.', registry }).set(4)
  const took = new Histogram({
    name: 'job_seconds',
    help: 'How long jobs took.',
    buckets: [0.5, 1],
    registry,
  })
  took.observe(0.7)
  return registry
}

/** The counter of {@link shopMetrics}, as the code under test would hold it. */
export function requestsOf(registry: TestRegistry): Counter<readonly ['method', 'status_code']> {
  return registry.get('http_requests_total') as Counter<readonly ['method', 'status_code']>
}

/** What a promise is rejected with; fails when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('was not rejected')
}
