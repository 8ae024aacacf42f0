import { PerformanceObserver } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, it } from 'vitest'
import { collectRuntimeMetrics } from '../../../src/instrument/runtime/index.js'
import type { Histogram } from '../../../src/metrics/histogram.js'
import { Registry } from '../../../src/registry/registry.js'
import { scrape } from './scrape.js'

setFlagsFromString('--expose-gc')
const collectGarbage: (options?: { type: 'minor' }) => void = runInNewContext('gc')
const kinds = ['major', 'minor', 'incremental', 'weakcb']

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function collect(registry: Registry, gcDurationBuckets?: readonly number[]): void {
  const handle = collectRuntimeMetrics({
    registry,
    collectors: ['gc'],
    ...(gcDurationBuckets && { gcDurationBuckets }),
  })
  stops.push(() => handle.stop())
}

it('all four kinds of garbage collection start at zero', async () => {
  const registry = new Registry()
  collect(registry)
  const text = await scrape(registry)
  const counted = kinds.map((kind) => text.value('nodejs_gc_duration_seconds_count', { kind }))
  expect(counted.every((count) => count !== undefined)).toBe(true)
  expect(text.value('nodejs_gc_duration_seconds_count', { kind: 'incremental' })).toBe(0)
})

it('every garbage collection is counted, with the duration that Node reports', async () => {
  const reported: number[] = []
  const observer = new PerformanceObserver((list) => {
    reported.push(...list.getEntries().map((entry) => entry.duration / 1000))
  })
  observer.observe({ entryTypes: ['gc'] })
  stops.push(() => observer.disconnect())
  const registry = new Registry()
  collect(registry)
  for (let i = 0; i < 20; i++) {
    collectGarbage({ type: 'minor' })
    collectGarbage()
  }
  while (reported.length < 40) await new Promise(setImmediate)
  const text = await scrape(registry)
  const [counts, sums] = ['count', 'sum'].map((part) =>
    kinds.map((kind) => text.value(`nodejs_gc_duration_seconds_${part}`, { kind })!),
  )
  expect(counts!.slice(0, 2)).toEqual([expect.toSatisfy(atLeast20), expect.toSatisfy(atLeast20)])
  expect(total(counts!)).toBe(reported.length)
  expect(total(sums!)).toBeCloseTo(total(reported), 9)
})

const atLeast20 = (count: number) => count >= 20
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

it('nothing is counted any more after stop()', async () => {
  const registry = new Registry()
  const handle = collectRuntimeMetrics({ registry, collectors: ['gc'] })
  const family = registry.get('nodejs_gc_duration_seconds') as Histogram<readonly string[]>
  const major = family.labels('major')
  handle.stop()
  const before = major.count
  collectGarbage()
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  expect(major.count).toBe(before)
})

it('the buckets are those that were asked for', async () => {
  const registry = new Registry()
  collect(registry, [0.002, 10])
  const text = await scrape(registry)
  const bounds = text.samples
    .filter((sample) => sample.name.endsWith('_bucket') && sample.labels.kind === 'major')
    .map((sample) => sample.labels.le)
  expect(bounds).toEqual(['0.002', '10', '+Inf'])
})
