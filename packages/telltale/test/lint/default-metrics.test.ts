import { expect, test } from 'vitest'
import { Gauge, MetricsCollectionService, Registry } from '../../src/index.js'
import { collectRuntimeMetrics } from '../../src/instrument/runtime/index.js'
import { lintRegistry } from '../../src/lint/lint.js'

test('the metrics of the runtime pass', async () => {
  const registry = new Registry()
  const { stop } = collectRuntimeMetrics({ registry })
  expect(registry.families.length).toBeGreaterThan(15)
  expect(await lintRegistry(registry)).toEqual([])
  stop()
})

test('the metrics of the guide pass, but for one name that the guide prescribes', async () => {
  const registry = new Registry()
  const service = new MetricsCollectionService({ registry })
  service.recordHTTPRequest('GET', '/users/:id', 200, 0.2)
  service.recordDatabaseQuery('select', 'users', 'success', 0.01)
  service.recordDatabaseConnection('main', 'active', 3)
  service.recordUserRegistration('web', 'success')
  service.recordActiveUsers('daily', 10)
  service.recordUserAction('POST', '/orders')
  service.recordError('validation', 'low', 'api')
  service.recordTrace('shop', 'checkout', 'ok', 0.3)
  service.recordQueueSize('mail', 'high', 2)
  service.recordQueueProcessing('mail', 'welcome', 'success', 0.4)
  service.recordCacheHit('sessions', 'user:*')
  service.recordCacheMiss('sessions', 'user:*')
  service.recordCacheSize('sessions', 2048)
  service.recordExternalAPI('payment', '/charge', 200, 0.6)
  service.recordExternalAPIRateLimit('payment', '/charge', 90)
  service.recordRevenue('EUR', 'web', 'book', 12)
  service.recordConversionRate('checkout', 'new', 3)
  service.recordSystemMetrics()
  expect(registry.families.length).toBeGreaterThanOrEqual(20)
  const findings = await lintRegistry(registry)
  expect(findings.map(({ metric, id }) => [metric, id])).toEqual([['active_users_count', 'reserved-name']])
  expect(await lintRegistry(registry, { except: { active_users_count: ['reserved-name'] } })).toEqual([])
})

test('what the registry counts of its own accord passes', async () => {
  const registry = new Registry({ warn: () => undefined })
  const gauge = new Gauge({
    name: 'size_bytes',
    help: 'How much.',
    labels: ['kind'],
    seriesLimit: 1,
    registry,
  })
  gauge.labels('a').set(Number.NaN)
  gauge.labels('b').set(1)
  registry.addCollector({
    name: 'broken',
    collect: () => {
      throw new Error('no')
    },
  })
  await registry.gather()
  expect(registry.families.map((family) => family.name)).toEqual([
    'size_bytes',
    'telltale_observations_dropped_total',
    'telltale_series_overflow_total',
    'telltale_collector_errors_total',
  ])
  expect(await lintRegistry(registry)).toEqual([])
})
