import * as promClient from 'prom-client'
import { describe, expect, test } from 'vitest'
import { expose, exposeBytes, Registry } from '../../src/index.js'
import { assertNoSample, assertSample, mark, parseExposition, sampleOf } from '../../src/testing/index.js'
import { rejection, requestsOf, shopMetrics } from './fixture.js'

describe('sampleOf', () => {
  test('finds a sample by all its labels, by some of them, or by a bound in any form', async () => {
    const registry = shopMetrics()
    expect(
      await sampleOf(registry, 'http_requests_total', { method: 'GET', status_code: 200 }),
    ).toMatchObject({
      labels: { method: 'GET', status_code: '200' },
      value: 3,
    })
    expect((await sampleOf(registry, 'http_requests_total', { method: 'POST' }))!.value).toBe(1)
    expect((await sampleOf(registry, 'job_seconds_bucket', { le: '1.0' }))!.value).toBe(1)
    expect((await sampleOf(registry, 'job_seconds_bucket', { le: 0.5 }))!.value).toBe(0)
    expect((await sampleOf(registry, 'queue_jobs'))!.value).toBe(4)
  })

  test('finds none where there is none, and says so when there are several', async () => {
    const registry = shopMetrics()
    expect(await sampleOf(registry, 'http_requests_total', { method: 'PUT' })).toBeUndefined()
    const error = await rejection(sampleOf(registry, 'http_requests_total', { status_code: '200' }))
    expect(error.name).toBe('AssertionError')
    expect(error.message).toBe(
      [
        'http_requests_total{status_code="200"}: 2 samples have these labels, give more of them',
        '  http_requests_total{method="GET",status_code="200"} 3',
        '  http_requests_total{method="POST",status_code="200"} 1',
      ].join('\n'),
    )
  })

  test('reads every source', async () => {
    const registry = shopMetrics()
    const accept = 'application/openmetrics-text'
    const text = await expose(registry, { accept })
    const other = new promClient.Registry()
    new promClient.Gauge({ name: 'queue_jobs', help: 'Jobs.', registers: [other] }).set(4)
    const sources = [
      registry,
      text,
      text.body,
      await exposeBytes(registry),
      parseExposition(text.body, text.contentType),
      other,
    ]
    for (const source of sources) expect((await sampleOf(source, 'queue_jobs'))!.value).toBe(4)
  })
})

test.each([undefined, 5, {}, () => 1])('%s is no source of metrics, and that is said', async (source) => {
  // @ts-expect-error: no source
  const error = await rejection(sampleOf(source, 'a'))
  expect(error).toMatchObject({
    code: 'TELLTALE_OPTION',
    message: expect.stringContaining('expected a registry'),
  })
})

describe('assertSample', () => {
  test.each([
    [{ method: 'GET', status_code: '200' }, 3],
    [{ method: 'GET' }, { asymmetricMatch: (value: unknown) => value === 3 }],
    [{ method: 'GET' }, undefined],
    [{ method: 'GET', path: '' }, 3],
  ])('holds for %j', async (labels, value) => {
    await assertSample(shopMetrics(), 'http_requests_total', labels, value)
  })

  test('shows what has the name and other labels, the nearest first', async () => {
    const labels = { method: 'POST', status_code: '500' }
    const error = await rejection(assertSample(shopMetrics(), 'http_requests_total', labels))
    expect(error.message).toBe(
      [
        'expected a sample http_requests_total{method="POST",status_code="500"}',
        'of this name there are',
        '  http_requests_total{method="POST",status_code="200"} 1   (status_code is "200")',
        '  http_requests_total{method="GET",status_code="200"} 3   (method is "GET", status_code is "200")',
      ].join('\n'),
    )
  })

  test.each([
    ['http_request_total', 'there is no such name; like it is http_requests_total'],
    [
      'job_seconds',
      'the samples of the histogram job_seconds are named job_seconds_bucket, job_seconds_sum, job_seconds_count',
    ],
    [
      'something_else',
      'there is no such name among the 3 metrics: ["http_requests_total", "queue_jobs", "job_seconds"]',
    ],
  ])('says of %s what may have been meant', async (name, message) => {
    const error = await rejection(assertSample(shopMetrics(), name))
    expect(error.message).toBe(`expected a sample ${name}\n${message}`)
  })

  test('shows the value that it got', async () => {
    const error = await rejection(assertSample(shopMetrics(), 'queue_jobs', {}, 5))
    expect(error).toMatchObject({
      message: 'expected queue_jobs to be 5\n  queue_jobs 4',
      actual: 4,
      expected: 5,
      operator: 'assertSample',
    })
  })

  test('says which collector failed', async () => {
    const registry = shopMetrics()
    registry.addCollector({
      name: 'pool',
      collect: () => {
        throw new Error('no connection')
      },
    })
    const error = await rejection(assertSample(registry, 'pool_size'))
    expect(error.message).toContain('the registry warned: collector "pool" threw no connection')
  })

  test('says that there is nothing at all', async () => {
    const error = await rejection(assertSample(new Registry(), 'a'))
    expect(error.message).toBe('expected a sample a\nthere are no metrics at all')
  })
})

test('assertNoSample shows what should not be there', async () => {
  await assertNoSample(shopMetrics(), 'http_requests_total', { status_code: '500' })
  const error = await rejection(assertNoSample(shopMetrics(), 'http_requests_total', { method: 'GET' }))
  expect(error.message).toBe(
    'expected no sample http_requests_total{method="GET"}\n  http_requests_total{method="GET",status_code="200"} 3',
  )
})

describe('since a mark', () => {
  test('a counter has grown by what was added, new series included', async () => {
    const registry = shopMetrics()
    const since = await mark(registry)
    requestsOf(registry).labels('GET', '200').inc(2)
    requestsOf(registry).labels('GET', '500').inc()
    expect(await since.increase('http_requests_total', { method: 'GET', status_code: '200' })).toBe(2)
    expect(await since.increase('http_requests_total', { method: 'GET' })).toBe(3)
    expect(await since.increase('http_requests_total')).toBe(3)
    expect(await since.increase('http_requests_total', { method: 'PUT' })).toBe(0)
    expect(await since.increase('job_seconds_count')).toBe(0)
  })

  test('a counter that was reset counts from zero', async () => {
    const registry = shopMetrics()
    const since = await mark(registry)
    registry.reset()
    requestsOf(registry).labels('GET', '200').inc(2)
    expect(await since.increase('http_requests_total')).toBe(2)
  })

  test('a gauge has changed, up or down', async () => {
    const registry = shopMetrics()
    const since = await mark(registry)
    const jobs = registry.get('queue_jobs') as unknown as { dec(by: number): void }
    jobs.dec(3)
    expect(await since.change('queue_jobs')).toBe(-3)
  })

  test('a name that is nowhere is a mistake, not an increase of zero', async () => {
    const since = await mark(shopMetrics())
    const error = await rejection(since.increase('http_request_total', { method: 'GET' }))
    expect(error.message).toBe(
      'expected samples http_request_total{method="GET"}\nthere is no such name; like it is http_requests_total',
    )
  })

  test('a metric that has no series yet has not grown', async () => {
    const registry = shopMetrics()
    requestsOf(registry).clear()
    expect(await (await mark(registry)).increase('http_requests_total')).toBe(0)
  })
})
