import { expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, expose, Gauge, Histogram, Registry, Summary, TelltaleError } from '../../src/index.js'

/** One metric of each type without labels, and a counter with them; anything may be passed to their methods. */
function metrics(registry: Registry) {
  const counter = new Counter({ name: 'counter', help: 'c', registry })
  const gauge = new Gauge({ name: 'gauge', help: 'g', registry })
  const histogram = new Histogram({ name: 'histogram', help: 'h', buckets: [1], registry })
  const summary = new Summary({ name: 'summary', help: 's', registry })
  const labelled = new Counter({ name: 'labelled', help: 'l', labels: ['a', 'b'], registry })
  const closed = new Counter({
    name: 'closed',
    help: 'c',
    labels: { kind: ['x', 'y'], on: String },
    registry,
  })
  return { counter, gauge, histogram, summary, labelled, closed } as const
}

type Loose = Record<string, (...given: unknown[]) => Record<string, (...given: unknown[]) => void>>
type Metrics = Record<keyof ReturnType<typeof metrics>, Loose>

const circular: unknown[] = []
circular.push(circular)

type Case = [what: string, record: (to: Metrics) => void, metric: string, reason: string]

const cases: readonly Case[] = [
  ['counter.inc(-1)', (to) => to.counter.inc!(-1), 'counter', 'negative'],
  ['counter.inc(-Infinity)', (to) => to.counter.inc!(-Infinity), 'counter', 'negative'],
  ['counter.inc(NaN)', (to) => to.counter.inc!(NaN), 'counter', 'not_a_number'],
  ['counter.inc(Infinity)', (to) => to.counter.inc!(Infinity), 'counter', 'not_finite'],
  ["counter.inc('1')", (to) => to.counter.inc!('1'), 'counter', 'not_a_number'],
  ['counter.inc(null)', (to) => to.counter.inc!(null), 'counter', 'not_a_number'],
  ['counter.inc(1n)', (to) => to.counter.inc!(1n), 'counter', 'not_a_number'],
  ['counter.inc({})', (to) => to.counter.inc!({}), 'counter', 'not_a_number'],
  ['counter.inc(Symbol())', (to) => to.counter.inc!(Symbol('s')), 'counter', 'not_a_number'],
  ['counter.inc(no prototype)', (to) => to.counter.inc!(Object.create(null)), 'counter', 'not_a_number'],
  ['counter.inc(circular list)', (to) => to.counter.inc!(circular), 'counter', 'not_a_number'],
  ['gauge.set(NaN)', (to) => to.gauge.set!(NaN), 'gauge', 'not_a_number'],
  ['gauge.set(undefined)', (to) => to.gauge.set!(undefined), 'gauge', 'not_a_number'],
  ["gauge.set('1')", (to) => to.gauge.set!('1'), 'gauge', 'not_a_number'],
  ['gauge.set(circular list)', (to) => to.gauge.set!(circular), 'gauge', 'not_a_number'],
  ['gauge.inc(Infinity)', (to) => to.gauge.inc!(Infinity), 'gauge', 'not_finite'],
  ['gauge.inc(NaN)', (to) => to.gauge.inc!(NaN), 'gauge', 'not_a_number'],
  ['gauge.dec(-Infinity)', (to) => to.gauge.dec!(-Infinity), 'gauge', 'not_finite'],
  ["gauge.dec('1')", (to) => to.gauge.dec!('1'), 'gauge', 'not_a_number'],
  ['histogram.observe(NaN)', (to) => to.histogram.observe!(NaN), 'histogram', 'not_a_number'],
  ['histogram.observe(Infinity)', (to) => to.histogram.observe!(Infinity), 'histogram', 'not_finite'],
  ['histogram.observe()', (to) => to.histogram.observe!(), 'histogram', 'not_a_number'],
  ["histogram.observe('1')", (to) => to.histogram.observe!('1'), 'histogram', 'not_a_number'],
  ['histogram.observe(Symbol())', (to) => to.histogram.observe!(Symbol('s')), 'histogram', 'not_a_number'],
  ['summary.observe(-Infinity)', (to) => to.summary.observe!(-Infinity), 'summary', 'not_finite'],
  ['summary.observe(null)', (to) => to.summary.observe!(null), 'summary', 'not_a_number'],
  ['an unknown label', (to) => to.labelled.labels!({ a: '1', c: '2' }).inc!(), 'labelled', 'label_name'],
  ['one label too many', (to) => to.labelled.labels!('1', '2', '3').inc!(), 'labelled', 'label_name'],
  ['a list of labels', (to) => to.labelled.labels!(['1', '2']).inc!(), 'labelled', 'label_name'],
  ['labels for a metric without', (to) => to.counter.labels!('1').inc!(), 'counter', 'label_name'],
  [
    'an object as label value',
    (to) => to.labelled.labels!({ a: {}, b: '1' }).inc!(),
    'labelled',
    'label_value',
  ],
  [
    'a symbol as label value',
    (to) => to.labelled.labels!(Symbol('s'), '1').inc!(),
    'labelled',
    'label_value',
  ],
  ['a function as label value', (to) => to.labelled.labels!('1', () => 1).inc!(), 'labelled', 'label_value'],
  ['a value outside a closed set', (to) => to.closed.labels!('z', '1').inc!(), 'closed', 'label_value'],
  ['a missing closed value', (to) => to.closed.labels!({ on: '1' }).inc!(), 'closed', 'label_value'],
]

test.each(cases)(
  '%s is not recorded, counted once each time and warned of once',
  async (_, record, metric, reason) => {
    const warnings: [string, string][] = []
    const registry = new Registry({ warn: (message, code) => void warnings.push([code, message]) })
    const to = metrics(registry) as unknown as Metrics
    const before = parseText((await expose(registry)).body).sorted
    for (let i = 0; i < 3; i++) record(to)
    const after = parseText((await expose(registry)).body)
    expect(after.value('telltale_observations_dropped_total', { metric, reason })).toBe(3)
    expect(after.families.get('telltale_observations_dropped_total')!.samples).toHaveLength(1)
    expect(after.sorted.filter(([key]) => !key.startsWith('telltale_'))).toEqual(before)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]![0]).toMatch(/^TELLTALE_(OBSERVATION|LABEL_NAME|LABEL_VALUE)$/)
    expect(warnings[0]![1]).toContain(`metric "${metric}"`)
  },
)

test.each(cases)('a strict registry throws for %s', (_, record) => {
  const to = metrics(new Registry({ badObservations: 'throw' })) as unknown as Metrics
  expect(() => record(to)).toThrow(TelltaleError)
})

test('a gauge may be infinite and is not lost by it', async () => {
  const registry = new Registry({ badObservations: 'throw' })
  const gauge = new Gauge({ name: 'g', help: 'g', registry })
  gauge.set(-Infinity)
  expect(parseText((await expose(registry)).body).value('g')).toBe(-Infinity)
  gauge.set(1)
  gauge.dec(3)
  expect(gauge.labels().value).toBe(-2)
})

test('counting what was dropped never throws, even when the names for it are taken', async () => {
  const registry = new Registry({ warn: () => {} })
  new Gauge({ name: 'telltale_observations_dropped', help: 'x', registry })
  new Histogram({ name: 'telltale_series_overflow_total', help: 'x', registry })
  new Gauge({ name: 'telltale_collector_errors_total', help: 'x', labels: ['z'], registry })
  const counter = new Counter({ name: 'c', help: 'c', labels: ['a'], seriesLimit: 1, registry })
  registry.addCollector({ name: 'x', collect: () => Promise.reject(new Error('x')) })
  counter.labels('1').inc(NaN)
  counter.labels('2').inc()
  parseText((await expose(registry)).body)
})

test('a warning that cannot be given does not reach who records', async () => {
  const registry = new Registry({
    warn: () => {
      throw new Error('no warnings here')
    },
  })
  const counter = new Counter({ name: 'c', help: 'c', registry })
  counter.inc(NaN)
  counter.inc(2)
  registry.addCollector({ name: 'x', collect: () => Promise.reject(new Error('x')) })
  const { value } = parseText((await expose(registry)).body).samples[0]!
  expect(value).toBe(2)
})

test('without a place of their own, warnings are process warnings with their code', async () => {
  const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
  new Counter({ name: 'c', help: 'c', registry: new Registry() }).inc(-1)
  expect(await warned).toMatchObject({ name: 'TelltaleWarning', code: 'TELLTALE_OBSERVATION' })
})
