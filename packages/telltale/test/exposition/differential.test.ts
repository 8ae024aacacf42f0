import * as successor from '@prometheus-io/client'
import fc from 'fast-check'
import * as promClient from 'prom-client'
import { expect, test } from 'vitest'
import { parseText, sampleKey, type TextSample } from '../../../../test/support/text-parser.js'
import * as telltale from '../../src/index.js'

/*
 * Where the other libraries differ on purpose or by a defect, and this test does not compare:
 *
 * - the text of `le` (Telltale writes 1e+06, they write 1000000): bounds are compared as numbers;
 * - quantiles of summaries: another algorithm and another value for "no data"; their sum and count are compared;
 * - empty and missing labels: they keep `{}` and `{a: ''}` as two series, so every label has a value here;
 * - label values with `,`, `:` or `|`: they join label values with these and merge distinct series;
 * - unpaired surrogates: they write them, and no UTF-8 text can carry them;
 * - a bucket bound of exactly -1: they count what lies above the highest bound there;
 * - `reset()` of labelled metrics: they take the series out, Telltale sets them to zero;
 * - a metric without series: they write HELP and TYPE for it, Telltale nothing. Only samples are compared;
 * - bad definitions and observations: they throw, or record NaN.
 *
 * @prometheus-io/client asks for Node.js 22 and loads on Node.js 20.
 */

type Type = 'counter' | 'gauge' | 'histogram' | 'summary'
type Action = 'add' | 'take' | 'set' | 'remove'

interface Definition {
  readonly type: Type
  readonly labels: readonly string[]
  readonly buckets: readonly number[]
}

interface Step {
  readonly metric: number
  readonly values: readonly string[]
  readonly action: Action
  readonly amount: number
}

interface Recorder {
  inc(amount: number): void
  dec(amount: number): void
  set(amount: number): void
  observe(amount: number): void
}

interface Metric {
  labels(...values: readonly string[]): Recorder
  remove(...values: readonly string[]): unknown
}

interface Library {
  define(type: Type, name: string, definition: Definition): Metric
  text(): Promise<string>
}

function ours(): Library {
  const registry = new telltale.Registry({ badObservations: 'throw' })
  const types = {
    counter: telltale.Counter,
    gauge: telltale.Gauge,
    histogram: telltale.Histogram,
    summary: telltale.Summary,
  }
  return {
    define(type, name, { labels, buckets }) {
      const options = { name, help: 'h', labels, registry, ...(type === 'histogram' ? { buckets } : {}) }
      return new types[type](options) as unknown as Metric
    },
    text: async () => (await telltale.expose(registry)).body,
  }
}

function theirs(library: typeof promClient): Library {
  const registry = new library.Registry()
  const types = {
    counter: library.Counter,
    gauge: library.Gauge,
    histogram: library.Histogram,
    summary: library.Summary,
  }
  return {
    define(type, name, { labels, buckets }) {
      const options = { name, help: 'h', labelNames: [...labels], registers: [registry] }
      return new types[type]({
        ...options,
        ...(type === 'histogram' ? { buckets: [...buckets] } : {}),
      }) as never
    },
    text: () => registry.metrics(),
  }
}

function play(metric: Metric, { type, labels }: Definition, { values, action, amount }: Step): void {
  const given = labels.map((_, i) => values[i]!)
  if (action === 'remove' && labels.length > 0) metric.remove(...given)
  else if (type === 'histogram' || type === 'summary') metric.labels(...given).observe(amount)
  else if (type === 'counter') metric.labels(...given).inc(Math.abs(amount))
  else if (action === 'set') metric.labels(...given).set(amount)
  else if (action === 'take') metric.labels(...given).dec(amount)
  else metric.labels(...given).inc(amount)
}

async function samplesOf(library: Library, definitions: readonly Definition[], steps: readonly Step[]) {
  const metrics = definitions.map((definition, i) =>
    library.define(definition.type, `metric_${i}`, definition),
  )
  for (const step of steps) {
    const index = step.metric % definitions.length
    play(metrics[index]!, definitions[index]!, step)
  }
  const samples = parseText(await library.text()).samples.filter(
    ({ labels }) => labels.quantile === undefined,
  )
  return samples
    .map((sample) => [comparable(sample), sample.value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function comparable({ name, labels }: TextSample): string {
  const { le, ...others } = labels
  const bound = le === undefined ? '' : `${le === '+Inf' ? Infinity : Number(le)}`
  return sampleKey(name, { ...others, le: bound })
}

const texts = fc.constantFrom(
  'a',
  'A',
  'a b',
  '1',
  '01',
  '"',
  '\\',
  '\n',
  '\\n',
  'é',
  '😀',
  '{}',
  '=',
  '#',
  '__overflow__',
)
const text = fc
  .oneof(texts, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }))
  .filter((value) => !/[,:|]/.test(value))
const number = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }))
const bounds = fc
  .uniqueArray(fc.oneof(fc.integer({ min: -40, max: 40 }), fc.double({ min: -1e7, max: 1e7, noNaN: true })), {
    minLength: 1,
    maxLength: 40,
    comparator: (a, b) => a === b,
  })
  .map((all) => all.filter((bound) => bound !== -1).sort((a, b) => a - b))
  .filter((all) => all.length > 0)

const definition = fc.record<Definition>({
  type: fc.constantFrom('counter', 'gauge', 'histogram', 'summary'),
  labels: fc.constantFrom([], ['a'], ['b', 'a'], ['x', 'y', 'z']),
  buckets: bounds,
})

const step = fc.record<Step>({
  metric: fc.nat({ max: 20 }),
  values: fc.tuple(text, text, text),
  action: fc.constantFrom<Action>('add', 'add', 'add', 'take', 'set', 'remove'),
  amount: number,
})

test.each([
  ['prom-client 15.1.3', promClient],
  ['@prometheus-io/client 0.16.1', successor as unknown as typeof promClient],
])('the same definitions and observations give the samples that %s gives', async (_, library) => {
  const definitions = fc.array(definition, { minLength: 1, maxLength: 5 })
  const property = fc.asyncProperty(definitions, fc.array(step, { maxLength: 60 }), async (all, steps) => {
    expect(await samplesOf(ours(), all, steps)).toEqual(await samplesOf(theirs(library), all, steps))
  })
  await fc.assert(property, { numRuns: 120 })
})

test('the default buckets are those of the other libraries', async () => {
  const expected = new promClient.Histogram({ name: 'h', help: 'h', registers: [] })
  const own = new telltale.Histogram({ name: 'h', help: 'h', registry: new telltale.Registry() })
  expect(own.buckets).toEqual((expected as unknown as { upperBounds: readonly number[] }).upperBounds)
})
