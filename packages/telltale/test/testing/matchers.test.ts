import { expect as jestExpect } from 'expect'
import { telltaleMatchers as forJest } from 'telltale/testing/jest'
import { telltaleMatchers } from 'telltale/testing/vitest'
import { describe, expect, test } from 'vitest'
import { Counter } from '../../src/index.js'
import { createTestRegistry } from '../../src/testing/index.js'
import { rejection, shopMetrics } from './fixture.js'

expect.extend(telltaleMatchers)
jestExpect.extend(forJest)

const badlyNamed = () => {
  const registry = createTestRegistry()
  new Counter({ name: 'requests', help: 'Requests answered.', registry })
  return registry
}

describe('in Vitest', () => {
  test('the matchers hold where the metrics are as expected', async () => {
    const registry = shopMetrics()
    await expect(registry).toHaveSample('queue_jobs')
    await expect(registry).toHaveSample('http_requests_total', { method: 'GET' }, 3)
    await expect(registry).toHaveSample('job_seconds_sum', {}, expect.closeTo(0.7, 5))
    await expect(registry).toExpose('queue_jobs 4')
    await expect(registry).toPassLint()
  })

  test('the matchers hold the other way round', async () => {
    const registry = shopMetrics()
    await expect(registry).not.toHaveSample('http_requests_total', { method: 'PUT' })
    await expect(registry).not.toHaveSample('queue_jobs', {}, 5)
    await expect(registry).not.toExpose('queue_jobs 5')
    await expect(badlyNamed()).not.toPassLint()
  })

  test('a failure shows the nearest samples', async () => {
    const failing = expect(shopMetrics()).toHaveSample('http_requests_total', { method: 'PUT' })
    expect((await rejection(failing)).message).toContain(
      'method="POST",status_code="200"} 1   (method is "POST")',
    )
  })

  test('a failure the other way round shows what is there', async () => {
    const failing = expect(shopMetrics()).not.toHaveSample('queue_jobs', {}, 4)
    expect((await rejection(failing)).message).toBe('expected queue_jobs not to be 4\n  queue_jobs 4')
  })

  test('a failure shows the difference', async () => {
    const failing = expect(shopMetrics()).toExpose('queue_jobs 5')
    expect((await rejection(failing)).message).toContain('- queue_jobs 5\n+ queue_jobs 4')
  })

  test('a failure shows what lint found', async () => {
    expect((await rejection(expect(badlyNamed()).toPassLint())).message).toBe(
      'expected lint to pass, got 1 finding\n  warning counter-total: metric "requests": got a counter without ' +
        '"_total", expected requests_total. Add the suffix, so that a reader of a query knows to use rate().',
    )
    await expect(badlyNamed()).toPassLint({ off: ['counter-total'] })
  })
})

describe("in Jest's expect", () => {
  test('the matchers hold where the metrics are as expected, and the other way round', async () => {
    const registry = shopMetrics()
    await jestExpect(registry).toHaveSample('http_requests_total', { method: 'GET' }, 3)
    await jestExpect(registry).toHaveSample('job_seconds_sum', {}, jestExpect.closeTo(0.7, 5))
    await jestExpect(registry).toExpose('queue_jobs 4')
    await jestExpect(registry).toPassLint()
    await jestExpect(registry).not.toHaveSample('queue_jobs', {}, 5)
    await jestExpect(badlyNamed()).not.toPassLint()
  })

  test('failures say the same', async () => {
    const missing = jestExpect(shopMetrics()).toHaveSample('http_requests_total', { method: 'PUT' })
    expect((await rejection(missing)).message).toContain('(method is "POST")')
    const present = jestExpect(shopMetrics()).not.toHaveSample('queue_jobs')
    expect((await rejection(present)).message).toBe('expected no sample queue_jobs\n  queue_jobs 4')
  })
})

test('the types of the matchers refuse what they cannot compare', () => {
  const never = () => {
    // @ts-expect-error: a value is a number
    void expect(shopMetrics()).toHaveSample('queue_jobs', {}, '4')
    // @ts-expect-error: a value is a number
    void jestExpect(shopMetrics()).toHaveSample('queue_jobs', {}, '4')
    // @ts-expect-error: there is no such option
    void expect(shopMetrics()).toPassLint({ rule: [] })
  }
  expect(never).toBeTypeOf('function')
})
