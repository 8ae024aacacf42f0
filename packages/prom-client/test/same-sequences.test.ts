import fc from 'fast-check'
import { it } from 'vitest'
import { type Client, expectSame } from './both.js'

const help = 'Help.'
const labelNames = ['a', 'b'] as const

// Without what prom-client joins label values by, and without the empty text: both are in the list of differences.
const labelValue = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }).filter((text) => !/[,:\r]/.test(text)),
  fc.integer({ min: 1, max: 5 }),
)
const labels = fc.record({ a: labelValue, b: labelValue }, { requiredKeys: ['a'] })
const amount = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 1e6, noNaN: true }))
const number = fc.double({ min: -1e9, max: 1e9, noNaN: true })

type Labels = { a?: string | number; b?: string | number }
type Step = (metrics: ReturnType<typeof metricsOf>) => void

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(labels, amount).map(
    ([set, by]): Step =>
      ({ counter }) =>
        counter.inc(set, by),
  ),
  fc.tuple(labels, number).map(
    ([set, to]): Step =>
      ({ gauge }) =>
        gauge.set(set, to),
  ),
  fc.tuple(labels, number).map(
    ([set, by]): Step =>
      ({ gauge }) =>
        gauge.labels(set).dec(by),
  ),
  fc.tuple(labels, number).map(
    ([set, value]): Step =>
      ({ histogram }) =>
        histogram.observe(set, value),
  ),
  labels.map(
    (set): Step =>
      ({ histogram }) =>
        histogram.zero(set),
  ),
  fc.constant<Step>(({ counter }) => counter.reset()),
  labels.map(
    (set): Step =>
      ({ counter }) =>
        counter.remove(set),
  ),
  labels.map(
    (set): Step =>
      ({ gauge }) =>
        gauge.remove(set),
  ),
  labels.map(
    (set): Step =>
      ({ histogram }) =>
        histogram.remove(set),
  ),
)

function metricsOf(client: Client, register: InstanceType<Client['Registry']>) {
  const options = { help, labelNames, registers: [register] }
  return {
    counter: new client.Counter<keyof Labels>({ name: 'c_total', ...options }),
    gauge: new client.Gauge<keyof Labels>({ name: 'g', ...options }),
    histogram: new client.Histogram<keyof Labels>({ name: 'h', buckets: [-10, 0, 1, 1000], ...options }),
  }
}

it('any sequence of operations gives the same text and the same JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) =>
      expectSame((client, register) => {
        const metrics = metricsOf(client, register)
        for (const take of steps) take(metrics)
      }),
    ),
    { numRuns: 200 },
  )
})
