import { expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { type ErrorCode, expose, Registry, TelltaleError } from '../../src/index.js'
import { Counter } from '../../src/metrics/counter.js'
import { Gauge } from '../../src/metrics/gauge.js'
import { Histogram } from '../../src/metrics/histogram.js'
import { Summary } from '../../src/metrics/summary.js'

const types = { counter: Counter, gauge: Gauge, histogram: Histogram, summary: Summary } as const
type TypeName = keyof typeof types
type Definition = Readonly<Record<string, unknown>>

const good: Definition = { name: 'm', help: 'A metric.', labels: ['a'] }

/** Defines a metric from options that the types would refuse. */
function define(registry: Registry, type: TypeName, options: Definition): { name: string } {
  return new types[type]({ ...options, registry } as never)
}

function errorOf(run: () => unknown): TelltaleError {
  try {
    run()
  } catch (error) {
    if (error instanceof TelltaleError) return error
    throw error
  }
  return expect.unreachable('the definition was accepted')
}

const every: readonly TypeName[] = ['counter', 'gauge', 'histogram', 'summary']

const wrong: readonly [what: string, types: readonly TypeName[], options: Definition, code: ErrorCode][] = [
  ['no name', every, { name: undefined }, 'TELLTALE_METRIC_NAME'],
  ['an empty name', every, { name: '' }, 'TELLTALE_METRIC_NAME'],
  ['a name with a dash', every, { name: 'a-b' }, 'TELLTALE_METRIC_NAME'],
  ['a name with a digit in front', every, { name: '1a' }, 'TELLTALE_METRIC_NAME'],
  ['a name with a line feed', every, { name: 'a\n' }, 'TELLTALE_METRIC_NAME'],
  ['no help', every, { help: undefined }, 'TELLTALE_METRIC_HELP'],
  ['a blank help', every, { help: ' \n' }, 'TELLTALE_METRIC_HELP'],
  ['a number as help', every, { help: 5 }, 'TELLTALE_METRIC_HELP'],
  ['a label with a dash', every, { labels: ['a-b'] }, 'TELLTALE_LABEL_NAME'],
  ['a label with a colon', every, { labels: ['a:b'] }, 'TELLTALE_LABEL_NAME'],
  ['an empty label', every, { labels: [''] }, 'TELLTALE_LABEL_NAME'],
  ['a label that is no text', every, { labels: [1] }, 'TELLTALE_LABEL_NAME'],
  ['the label __name__', every, { labels: ['__name__'] }, 'TELLTALE_LABEL_NAME'],
  ['the label __x', every, { labels: { __x: String } }, 'TELLTALE_LABEL_NAME'],
  ['a label twice', every, { labels: ['a', 'b', 'a'] }, 'TELLTALE_LABEL_NAME'],
  ['le on a histogram', ['histogram'], { labels: ['le'] }, 'TELLTALE_LABEL_NAME'],
  ['quantile on a summary', ['summary'], { labels: ['quantile'] }, 'TELLTALE_LABEL_NAME'],
  ['labels as a text', every, { labels: 'a' }, 'TELLTALE_LABEL_VALUE'],
  ['a label with no values', every, { labels: { a: [] } }, 'TELLTALE_LABEL_VALUE'],
  ['a label with numbers', every, { labels: { a: [1, 2] } }, 'TELLTALE_LABEL_VALUE'],
  ['a label that may be a Number', every, { labels: { a: Number } }, 'TELLTALE_LABEL_VALUE'],
  ['a limit of zero', every, { seriesLimit: 0 }, 'TELLTALE_OPTION'],
  ['a negative limit', every, { seriesLimit: -1 }, 'TELLTALE_OPTION'],
  ['half a series', every, { seriesLimit: 1.5 }, 'TELLTALE_OPTION'],
  ['a limit without end', every, { seriesLimit: Infinity }, 'TELLTALE_OPTION'],
  ['a limit that is a text', every, { seriesLimit: '10' }, 'TELLTALE_OPTION'],
  ['no buckets', ['histogram'], { buckets: [] }, 'TELLTALE_BUCKETS'],
  ['unsorted buckets', ['histogram'], { buckets: [5, 1, 2] }, 'TELLTALE_BUCKETS'],
  ['a bucket twice', ['histogram'], { buckets: [1, 1] }, 'TELLTALE_BUCKETS'],
  ['a NaN bucket', ['histogram'], { buckets: [1, NaN] }, 'TELLTALE_BUCKETS'],
  ['Infinity in the middle', ['histogram'], { buckets: [1, Infinity, 2] }, 'TELLTALE_BUCKETS'],
  ['a quantile above 1', ['summary'], { quantiles: [0.5, 1.5] }, 'TELLTALE_QUANTILES'],
  ['a negative quantile', ['summary'], { quantiles: [-0.1] }, 'TELLTALE_QUANTILES'],
  ['a NaN quantile', ['summary'], { quantiles: [NaN] }, 'TELLTALE_QUANTILES'],
  ['a quantile as text', ['summary'], { quantiles: ['0.5'] }, 'TELLTALE_QUANTILES'],
  ['a quantile twice', ['summary'], { quantiles: [0.5, 0.5] }, 'TELLTALE_QUANTILES'],
  ['unsorted quantiles', ['summary'], { quantiles: [0.9, 0.5] }, 'TELLTALE_QUANTILES'],
  ['quantiles that are no list', ['summary'], { quantiles: 0.5 }, 'TELLTALE_QUANTILES'],
  ['a window of zero', ['summary'], { windowSeconds: 0 }, 'TELLTALE_OPTION'],
  ['a window without end', ['summary'], { windowSeconds: Infinity }, 'TELLTALE_OPTION'],
]

const cases = wrong.flatMap(([what, some, options, code]) =>
  some.map((type) => [type, what, options, code] as const),
)

test.each(cases)('a %s with %s is refused, and nothing of it stays', async (type, _, options, code) => {
  const registry = new Registry()
  const error = errorOf(() => define(registry, type, { ...good, collect: () => {}, ...options }))
  expect(error.code).toBe(code)
  expect(error.message).toMatch(/got|cannot be used|not valid/)
  expect(registry.families).toEqual([])
  const registered = define(registry, type, good)
  expect(registry.families).toEqual([registered])
  expect((await expose(registry)).body).toBe('')
})

test('a metric that is defined twice is refused and the first one stays', () => {
  const registry = new Registry()
  const first = define(registry, 'counter', good)
  const again: readonly [TypeName, Definition, RegExp][] = [
    ['counter', good, /the same definition again/],
    ['counter', { ...good, labels: ['a', 'b'] }, /a counter with labels \["a", "b"\]/],
    ['gauge', good, /a gauge with labels \["a"\]/],
  ]
  for (const [type, options, message] of again) {
    const error = errorOf(() => define(registry, type, options))
    expect(error.code).toBe('TELLTALE_METRIC_EXISTS')
    expect(error.message).toMatch(message)
  }
  expect(registry.get('m')).toBe(first)
  expect(registry.families).toHaveLength(1)
})

const clashes: readonly [TypeName, string, TypeName, string][] = [
  ['counter', 'foo', 'gauge', 'foo_total'],
  ['counter', 'foo', 'counter', 'foo_total'],
  ['counter', 'foo_total', 'gauge', 'foo'],
  ['counter', 'foo_total', 'gauge', 'foo_created'],
  ['histogram', 'foo', 'counter', 'foo_count'],
  ['histogram', 'foo', 'gauge', 'foo_sum'],
  ['histogram', 'foo', 'gauge', 'foo_bucket'],
  ['histogram', 'foo', 'summary', 'foo_bucket'],
  ['summary', 'foo', 'counter', 'foo_count'],
  ['summary', 'foo', 'gauge', 'foo_sum'],
]

const bothWays = clashes.flatMap(([a, x, b, y]) => [[a, x, b, y] as const, [b, y, a, x] as const])

test.each(bothWays)('%s %s and %s %s share a sample name: the second is refused', (a, x, b, y) => {
  const registry = new Registry()
  define(registry, a, { ...good, name: x })
  const error = errorOf(() => define(registry, b, { ...good, name: y }))
  expect(error.code).toBe('TELLTALE_NAME_CLASH')
  expect(error.message).toContain(`"${x}"`)
  expect(registry.families).toHaveLength(1)
  expect(registry.unregister(x)).toBe(true)
  define(registry, b, { ...good, name: y })
  expect(registry.families.map((family) => family.name)).toEqual([y])
})

const friends: readonly [TypeName, string, TypeName, string][] = [
  ['gauge', 'foo', 'gauge', 'foo_total'],
  ['summary', 'foo', 'gauge', 'foo_bucket'],
  ['counter', 'foo', 'counter', 'foo_bar_total'],
  ['histogram', 'foo', 'gauge', 'foo_max'],
  ['gauge', 'foo', 'gauge', 'foo_count'],
]

test.each(friends)('%s %s and %s %s live side by side', (a, x, b, y) => {
  const registry = new Registry()
  define(registry, a, { ...good, name: x })
  define(registry, b, { ...good, name: y })
  expect(registry.families).toHaveLength(2)
})

test('a refused name clash claims none of its names', () => {
  const registry = new Registry()
  define(registry, 'gauge', { ...good, name: 'foo_count' })
  errorOf(() => define(registry, 'histogram', { ...good, name: 'foo' }))
  define(registry, 'gauge', { ...good, name: 'foo_bucket' })
  define(registry, 'gauge', { ...good, name: 'foo' })
  expect(registry.families).toHaveLength(3)
})

test('le and quantile are ordinary labels where the type does not use them', async () => {
  const registry = new Registry()
  new Gauge({ name: 'g', help: 'g', labels: ['le', 'quantile'], registry }).labels('1', '2').set(3)
  expect(parseText((await expose(registry)).body).value('g', { le: '1', quantile: '2' })).toBe(3)
})

test('options that a metric does not know change nothing of it', async () => {
  const registry = new Registry()
  const strange = { ...good, labels: undefined, get: 1, inc: 2, emit: 3, value: 4, type: 'gauge', lines: [] }
  const counter = define(registry, 'counter', strange) as Counter
  counter.inc(5)
  expect(parseText((await expose(registry)).body).value('m')).toBe(5)
  expect(counter.type).toBe('counter')
})

test('label lists and closed values are copied', () => {
  const registry = new Registry()
  const labels = ['a']
  const counter = new Counter({ name: 'c', help: 'c', labels, registry })
  labels.push('b')
  expect(counter.labelNames).toEqual(['a'])
})
