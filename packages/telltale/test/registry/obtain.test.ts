import { expect, test } from 'vitest'
import { Counter, Registry } from '../../src/index.js'
import { obtainCounter, obtainGauge, obtainHistogram } from '../../src/registry/obtain.js'

const labels = ['a', 'b'] as const

test('the same definition gives the metric that is there', () => {
  const registry = new Registry()
  const options = { name: 'm', help: 'm', labels, registry }
  const counter = obtainCounter({ ...options, name: 'c' })
  const gauge = obtainGauge({ ...options, name: 'g' })
  expect(obtainCounter({ ...options, name: 'c', help: 'other words' })).toBe(counter)
  expect(obtainGauge({ ...options, name: 'g' })).toBe(gauge)
  expect(registry.families).toHaveLength(2)
})

const buckets = Array.from({ length: 30 }, (_, i) => i)

test.each<[string, readonly number[] | undefined]>([
  ['left out', undefined],
  ['the same', buckets],
  ['the same and +Inf', [...buckets, Infinity]],
])('a histogram is the one that is there when its buckets are %s', (_, asked) => {
  const options = { name: 'h', help: 'h', registry: new Registry() }
  const histogram = obtainHistogram({ ...options, buckets })
  expect(obtainHistogram(asked === undefined ? options : { ...options, buckets: asked })).toBe(histogram)
})

const others: readonly [string, (registry: Registry) => unknown][] = [
  ['another type', (registry) => obtainGauge({ name: 'h', help: 'h', labels, registry })],
  ['other labels', (registry) => obtainHistogram({ name: 'h', help: 'h', labels: ['a'], registry })],
  [
    'labels in another order',
    (registry) => obtainHistogram({ name: 'h', help: 'h', labels: ['b', 'a'], registry }),
  ],
  [
    'a last bucket that differs',
    (registry) =>
      obtainHistogram({ name: 'h', help: 'h', labels, buckets: [...buckets.slice(0, -1), 99], registry }),
  ],
]

test.each(others)('%s under a taken name is an error', (_, obtain) => {
  const registry = new Registry()
  obtainHistogram({ name: 'h', help: 'h', labels, buckets, registry })
  expect(() => obtain(registry)).toThrow(expect.objectContaining({ code: 'TELLTALE_METRIC_EXISTS' }))
  expect(registry.families).toHaveLength(1)
})

test('a name that clashes is an error', () => {
  const registry = new Registry()
  new Counter({ name: 'm_count', help: 'm', registry })
  expect(() => obtainHistogram({ name: 'm', help: 'm', registry })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_NAME_CLASH' }),
  )
})
