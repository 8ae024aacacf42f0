import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MetricsCollectionService, Registry } from '../../src/index.js'
import { scrape } from './served.js'

const recorders = [
  'recordHTTPRequest',
  'recordDatabaseQuery',
  'recordDatabaseConnection',
  'recordUserRegistration',
  'recordActiveUsers',
  'recordUserAction',
  'recordError',
  'declareError',
  'recordTrace',
  'recordQueueSize',
  'recordQueueProcessing',
  'recordCacheHit',
  'recordCacheMiss',
  'recordCacheSize',
  'recordExternalAPI',
  'recordExternalAPIRateLimit',
  'recordRevenue',
  'recordConversionRate',
  'recordCustomMetric',
  'endTimer',
] as const

function quiet(): { registry: Registry; service: MetricsCollectionService; warnings: string[] } {
  const warnings: string[] = []
  const registry = new Registry({ warn: (message) => warnings.push(message) })
  return { registry, service: new MetricsCollectionService({ registry }), warnings }
}

const hostile = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withMap: true }),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom(
    Symbol('s'),
    () => 1,
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no keys')
        },
      },
    ),
    {
      toString: () => {
        throw new Error('no text')
      },
    },
  ),
)

describe('recorders', () => {
  test('none throws, whatever it is given, and the next scrape is valid', async () => {
    const { registry, service } = quiet()
    const call = fc.tuple(fc.constantFrom(...recorders), fc.array(hostile, { maxLength: 5 }))
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 20 }), async (calls) => {
        for (const [name, args] of calls) {
          // Calls as an untyped application makes them.
          const recorder = service[name] as (...given: unknown[]) => unknown
          recorder.apply(service, args)
        }
        await scrape(registry)
      }),
      { numRuns: 150 },
    )
  })

  test.each([
    ['recordRevenue', ['EUR', 'web', 'book', -5], { metric: 'revenue_total', reason: 'negative' }],
    ['recordQueueSize', ['mail', 'high', Number.NaN], { metric: 'queue_size', reason: 'not_a_number' }],
    [
      'recordHTTPRequest',
      ['GET', '/', 200, Infinity],
      { metric: 'http_request_duration_seconds', reason: 'not_finite' },
    ],
    ['recordError', [{ name: 'E' }, 'high', 'http'], { metric: 'errors_total', reason: 'label_name' }],
    ['endTimer', ['never started'], { metric: 'timers', reason: 'label_value' }],
    ['recordCustomMetric', ['9 lives', 1], { metric: 'custom metrics', reason: 'label_name' }],
    [
      'recordCustomMetric',
      ['http_requests_total', 1, { a: 'b' }],
      { metric: 'custom metrics', reason: 'label_name' },
    ],
  ] as const)(
    '%s with a value that cannot be recorded is counted and warned of once',
    async (name, args, labels) => {
      const { registry, service, warnings } = quiet()
      const recorder = service[name] as (...given: unknown[]) => unknown
      for (let i = 0; i < 3; i++) recorder.apply(service, [...args])
      expect((await scrape(registry)).value('telltale_observations_dropped_total', labels)).toBe(3)
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/got .*/)
    },
  )

  test('every recorder of the guide leaves its sample under the names and labels of the guide', async () => {
    const { registry, service } = quiet()
    service.recordDatabaseConnection('main', 'active', 3)
    service.recordUserRegistration('api', 'success')
    service.recordActiveUsers('daily', 12)
    service.recordTrace('shop', 'checkout', 'success', 0.2)
    service.recordQueueSize('mail', 'high', 4)
    service.recordQueueProcessing('mail', 'welcome', 'success', 2)
    service.recordCacheHit('users', 'user:*')
    service.recordCacheMiss('users', 'user:*')
    service.recordCacheSize('users', 2048)
    service.recordExternalAPI('payments', '/charges', 201, 0.3)
    service.recordExternalAPIRateLimit('payments', '/charges', 99)
    service.recordRevenue('EUR', 'web', 'book', 9.5)
    service.recordConversionRate('checkout', 'all', 2.5)
    const seen = await scrape(registry)
    const expected: [string, Record<string, string>, number][] = [
      ['database_connections_active', { database: 'main', state: 'active' }, 3],
      ['user_registrations_total', { source: 'api', status: 'success' }, 1],
      ['active_users_count', { period: 'daily' }, 12],
      [
        'distributed_trace_duration_seconds_count',
        { service: 'shop', operation: 'checkout', status: 'success' },
        1,
      ],
      ['queue_size', { queue_name: 'mail', priority: 'high' }, 4],
      [
        'queue_processing_duration_seconds_sum',
        { queue_name: 'mail', job_type: 'welcome', status: 'success' },
        2,
      ],
      ['cache_hits_total', { cache_name: 'users', key_pattern: 'user:*' }, 1],
      ['cache_misses_total', { cache_name: 'users', key_pattern: 'user:*' }, 1],
      ['cache_size_bytes', { cache_name: 'users' }, 2048],
      [
        'external_api_duration_seconds_count',
        { service: 'payments', endpoint: '/charges', status_code: '201' },
        1,
      ],
      ['external_api_rate_limit_remaining', { service: 'payments', endpoint: '/charges' }, 99],
      ['revenue_total', { currency: 'EUR', source: 'web', product: 'book' }, 9.5],
      ['conversion_rate', { funnel_stage: 'checkout', segment: 'all' }, 2.5],
    ]
    for (const [name, labels, value] of expected) expect(seen.value(name, labels), name).toBe(value)
  })

  test('label values with quotes, line feeds and unpaired surrogates arrive as they were, or with U+FFFD', async () => {
    const { registry, service } = quiet()
    service.recordError('a"b\\c\nd', '\ud800x', 'café 🎈')
    const labels = { type: 'a"b\\c\nd', severity: '\ufffdx', component: 'café 🎈' }
    expect((await scrape(registry)).value('errors_total', labels)).toBe(1)
  })

  test('a configuration with other labels and buckets decides what is recorded', async () => {
    const registry = new Registry()
    const base = (await import('../../src/index.js')).getMetricsConfig('staging')
    const config = {
      ...base,
      http: { durationBuckets: [1, 2], labelNames: ['status_code', 'method'] },
      system: { ...base.system, memoryTypes: ['heapUsed', 'arrayBuffers'] },
    }
    const service = new MetricsCollectionService({ registry, config })
    service.recordHTTPRequest('GET', '/left-out', 200, 1.5)
    service.recordSystemMetrics()
    const seen = await scrape(registry)
    expect(seen.value('http_requests_total', { status_code: '200', method: 'GET' })).toBe(1)
    expect(
      seen.value('http_request_duration_seconds_bucket', { status_code: '200', method: 'GET', le: '2' }),
    ).toBe(1)
    const types = seen.families.get('nodejs_memory_usage_bytes')!.samples.map(({ labels }) => labels.type)
    expect(types).toEqual(['heapUsed', 'arrayBuffers'])
    expect(seen.families.has('staging_process_cpu_seconds_total')).toBe(true)
  })
})
