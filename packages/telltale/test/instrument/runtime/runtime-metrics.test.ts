import { afterAll, afterEach, describe, expect, it } from 'vitest'
import {
  collectRuntimeMetrics,
  type RuntimeMetricsOptions,
  runtimeCollectors,
} from '../../../src/instrument/runtime/index.js'
import { Gauge } from '../../../src/metrics/gauge.js'
import { Registry } from '../../../src/registry/registry.js'
import { MonitorCount } from './monitor-count.js'
import { lint } from './promlint.js'
import { scrape } from './scrape.js'

const runtimeNames = {
  counter: [
    'process_cpu_user_seconds_total',
    'process_cpu_system_seconds_total',
    'process_cpu_seconds_total',
    'nodejs_eventloop_active_seconds_total',
    'nodejs_eventloop_idle_seconds_total',
  ],
  gauge: [
    'process_start_time_seconds',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_seconds',
    ...['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(
      (part) => `nodejs_eventloop_lag_${part}_seconds`,
    ),
    'nodejs_active_resources',
    'nodejs_active_handles',
    ...['total', 'used', 'limit'].map((part) => `nodejs_heap_size_${part}_bytes`),
    'nodejs_external_memory_bytes',
    ...['total', 'used', 'available'].map((part) => `nodejs_heap_space_size_${part}_bytes`),
    'nodejs_version_info',
  ],
  histogram: ['nodejs_gc_duration_seconds'],
}
const linuxNames = [
  'process_virtual_memory_bytes',
  'process_heap_bytes',
  'process_open_fds',
  'process_max_fds',
]
const platformNames = process.platform === 'linux' ? linuxNames : []
const totals = ['resources', 'handles', 'requests'].map((part) => `nodejs_active_${part}_total`)

const running: { stop(): void }[] = []

function collect(options: RuntimeMetricsOptions) {
  const handle = collectRuntimeMetrics(options)
  running.push(handle)
  return handle
}

const monitors = new MonitorCount()
afterAll(() => monitors.stop())

afterEach(() => {
  for (const handle of running.splice(0)) handle.stop()
})

const ownNames = ['nodejs_http_requests_in_flight', 'nodejs_unhandled_errors_total', 'nodejs_warnings_total']

describe('the names of the runtime metrics', () => {
  it('are those that prom-client has, each of its type, and three more', async () => {
    const registry = new Registry()
    collect({ registry })
    const { families } = await scrape(registry)
    for (const [type, names] of Object.entries(runtimeNames)) {
      for (const name of names) expect([name, families.get(name)?.type]).toEqual([name, type])
    }
    const expected = new Set([...Object.values(runtimeNames).flat(), ...platformNames])
    for (const name of ownNames) expected.add(name)
    // It has no series while nothing is asked of the system, and a family without series is not shown.
    expected.add('nodejs_active_requests')
    expect(new Set([...families.keys(), 'nodejs_active_requests'])).toEqual(expected)
  })

  it('pass the nine rules of promlint', async () => {
    const registry = new Registry()
    collect({ registry, labels: { region: 'north' } })
    const { families } = await scrape(registry)
    expect([...families.values()].flatMap(lint)).toEqual([])
  })

  it('include the three gauges that end in _total for those who ask for them, which promlint does not accept', async () => {
    const registry = new Registry()
    collect({ registry, collectors: [...runtimeCollectors, 'activeTotals'] })
    const { families } = await scrape(registry)
    for (const name of totals)
      expect(lint(families.get(name)!)).toEqual([`${name} ends in _total and is no counter`])
  })

  it.each([
    ['nodejs_', 'nodejs_process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds'],
    ['app_', 'app_process_cpu_seconds_total', 'app_nodejs_eventloop_lag_seconds'],
    ['', 'process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds'],
  ])('get the prefix %j, but never twice', async (prefix, cpu, lag) => {
    const registry = new Registry()
    collect({ registry, prefix })
    const { families } = await scrape(registry)
    expect(families.has(cpu)).toBe(true)
    expect(families.has(lag)).toBe(true)
  })

  it('are only those of the collectors that were chosen', async () => {
    const registry = new Registry()
    collect({ registry, collectors: ['version', 'startTime'] })
    const { families } = await scrape(registry)
    expect([...families.keys()]).toEqual(['nodejs_version_info', 'process_start_time_seconds'])
  })
})

describe('the labels of the runtime metrics', () => {
  it('are on every series', async () => {
    const registry = new Registry()
    collect({ registry, labels: { region: 'north', shard: 3 } })
    for (const sample of (await scrape(registry)).samples) {
      expect(sample.labels).toMatchObject({ region: 'north', shard: '3' })
    }
  })

  it('cannot be one that a metric has itself', async () => {
    const registry = new Registry()
    expect(() => collect({ registry, labels: { kind: 'web' } })).toThrow(/"kind".*given twice/)
    expect(registry.families).toEqual([])
  })
})

describe('collecting more than once', () => {
  it('with the same prefix is one collection, which goes with its last handle', async () => {
    const registry = new Registry()
    const first = collect({ registry, prefix: 'app_' })
    const second = collect({ registry, prefix: 'app_' })
    first.stop()
    first.stop()
    expect((await scrape(registry)).families.size).toBeGreaterThan(20)
    second.stop()
    expect(registry.families).toEqual([])
  })

  it.each([
    ['app_', 'nodejs_'],
    ['', 'nodejs_'],
    ['process_', 'nodejs_'],
  ])('with the prefixes %j and %j gives both, from the same monitors', async (one, other) => {
    const registry = new Registry()
    collect({ registry, prefix: one })
    const before = monitors.started
    const handle = collect({ registry, prefix: other })
    expect(monitors.started).toBe(before)
    const both = await scrape(registry)
    expect(both.families.has('nodejs_process_cpu_seconds_total')).toBe(true)
    handle.stop()
    const left = await scrape(registry)
    expect(left.families.has('nodejs_process_cpu_seconds_total')).toBe(false)
    expect(left.families.size).toBeGreaterThan(20)
  })

  it('adds the collectors that were not chosen before', async () => {
    const registry = new Registry()
    collect({ registry, collectors: ['version'] })
    collect({ registry, collectors: ['version', 'startTime'], gcDurationBuckets: [1] })
    expect(registry.families.map((family) => family.name)).toEqual([
      'nodejs_version_info',
      'process_start_time_seconds',
    ])
  })

  it.each([
    ['labels', { labels: { region: 'south' } }],
    ['gcDurationBuckets', { gcDurationBuckets: [0.5] }],
    ['eventLoopMonitoringPrecision', { eventLoopMonitoringPrecision: 50 }],
  ])('with other %s is an error that leaves all as it was', async (option, other) => {
    const registry = new Registry()
    const first = collect({ registry, labels: { region: 'north' } })
    expect(() => collect({ registry, ...other })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_METRIC_EXISTS', message: expect.stringContaining(option) }),
    )
    expect((await scrape(registry)).families.size).toBeGreaterThan(20)
    first.stop()
    expect(registry.families).toEqual([])
  })

  it('starts nothing when a name is taken', () => {
    const registry = new Registry()
    new Gauge({ name: 'nodejs_gc_duration_seconds', help: 'Mine.', registry })
    expect(() => collect({ registry })).toThrow(expect.objectContaining({ code: 'TELLTALE_METRIC_EXISTS' }))
    expect(registry.families.map((family) => family.name)).toEqual(['nodejs_gc_duration_seconds'])
  })
})

describe('the end of a collection', () => {
  it('ends the monitors with the last of them, and starting again starts new ones', () => {
    const first = collect({ registry: new Registry() })
    const second = collect({ registry: new Registry() })
    first.stop()
    const before = monitors.started
    collect({ registry: new Registry() }).stop()
    expect(monitors.started).toBe(before)
    second.stop()
    collect({ registry: new Registry() })
    expect(monitors.started).toBeGreaterThan(before)
  })

  it('comes with Registry.clear(), after which it can be started again', async () => {
    const registry = new Registry()
    const cleared = collect({ registry })
    registry.clear()
    const before = monitors.started
    collect({ registry })
    expect(monitors.started).toBeGreaterThan(before)
    cleared.stop()
    expect((await scrape(registry)).families.size).toBeGreaterThan(20)
  })

  it('leaves a metric alone that took a name after it was unregistered', () => {
    const registry = new Registry()
    const handle = collect({ registry, collectors: ['startTime'] })
    registry.unregister('process_start_time_seconds')
    const mine = new Gauge({ name: 'process_start_time_seconds', help: 'Mine.', registry })
    handle.stop()
    expect(registry.families).toEqual([mine])
  })
})

describe('options that are not valid', () => {
  it.each([
    ['TELLTALE_OPTION', { eventLoopMonitoringPrecision: 0 }],
    ['TELLTALE_OPTION', { eventLoopMonitoringPrecision: 1.5 }],
    ['TELLTALE_OPTION', { collectors: ['cpus'] as unknown as RuntimeMetricsOptions['collectors'] }],
    ['TELLTALE_BUCKETS', { gcDurationBuckets: [2, 1] }],
    ['TELLTALE_METRIC_NAME', { prefix: '1-' }],
    ['TELLTALE_LABEL_NAME', { labels: { 'a-b': 'x' } }],
    ['TELLTALE_LABEL_VALUE', { labels: { a: {} } as unknown as RuntimeMetricsOptions['labels'] }],
  ])('are a %s and start nothing', (code, options) => {
    const registry = new Registry()
    expect(() => collect({ registry, ...options })).toThrow(expect.objectContaining({ code }))
    expect(registry.families).toEqual([])
  })
})
