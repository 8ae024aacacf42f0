import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../../../test/support/manual-clock.js'
import { RegistryFeed } from '../../../src/aggregate/feed/registry-feed.js'
import { RegistryMirror } from '../../../src/aggregate/feed/registry-mirror.js'
import {
  expose,
  exposeBytes,
  Gauge,
  Histogram,
  Info,
  type NativeOptions,
  Registry,
  Summary,
} from '../../../src/index.js'
import type { ScrapeSource } from '../../../src/registry/scrape-source.js'

/** The lines in an order of their own: that of the series is not the same. */
function linesOf(body: string): readonly string[] {
  return body.split('\n').sort()
}

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0'
const OPEN_METRICS_2 = 'application/openmetrics-text;version=2.0.0'
const PROTOBUF = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited'

/** A registry as another thread sees it, which gets a copy of each message and has the cells in common. */
function mirrored(registry: Registry) {
  const mirror = new RegistryMirror()
  const feed = new RegistryFeed(registry, (events) => mirror.apply(structuredClone(events)))
  const source = {
    names: registry.names,
    openMetrics2: registry.openMetrics2,
    gather: async () => mirror.gathering(),
  }
  return { feed, source, text: async (accept?: string) => (await expose(source, { accept })).body }
}

/** What is written in any format, as text. */
async function bytesOf(source: ScrapeSource, accept: string): Promise<string> {
  const { chunks } = await exposeBytes(source, { accept })
  return Buffer.concat(chunks).toString('latin1')
}

test('a mirror shows infos, summaries and native histograms as they are now, without a message', async () => {
  const registry = new Registry({ openMetrics2: true })
  const build = new Info({ name: 'build_info', help: 'Build.', labels: ['version', 'flavour'], registry })
  const answers = new Summary({ name: 'answer_bytes', help: 'Bytes.', labels: ['route'], registry })
  const waits = new Histogram({ name: 'waits', help: 'Waits.', buckets: [1, 2], native: true, registry })
  const sizes = new Histogram({ name: 'sizes', help: 'Sizes.', buckets: [], native: true, registry })
  answers.labels('/a').observe(100)
  build.labels('1', 'plain').values
  const { feed, text } = mirrored(registry)
  await feed.collect(1)
  build.labels('2', 'plain').values
  for (let i = 1; i <= 500; i++) {
    answers.labels('/a').observe(i)
    answers.labels('/b').observe(-i)
    waits.observe(i / 100)
    sizes.observe(i ** 3)
  }
  sizes.observe(0)
  for (const accept of [undefined, OPEN_METRICS, OPEN_METRICS_2]) {
    const own = (await expose(registry, { accept })).body
    expect(own).toMatch(/sizes(_count 501| \{count:501)/)
    expect(linesOf(await text(accept))).toEqual(linesOf(own))
  }
  expect(await text(OPEN_METRICS_2)).toContain('schema:')
})

test('exemplars of summaries and of native histograms are in the mirror', async () => {
  const registry = new Registry({ openMetrics2: true })
  const answers = new Summary({ name: 'answer_bytes', help: 'Bytes.', registry })
  const sizes = new Histogram({ name: 'sizes', help: 'Sizes.', buckets: [], native: true, registry })
  const waits = new Histogram({ name: 'waits', help: 'Waits.', buckets: [1, 2], native: true, registry })
  const { feed, source } = mirrored(registry)
  for (const [trace_id, value] of [
    ['one', 1.5],
    ['two', 9],
  ] as const) {
    registry.withExemplar({ trace_id }, () => {
      for (const metric of [answers, sizes, waits]) metric.labels().observe(value)
    })
  }
  await feed.collect(1)
  for (const accept of [OPEN_METRICS, OPEN_METRICS_2, PROTOBUF]) {
    const own = await bytesOf(registry, accept)
    expect(own).toContain('one')
    expect(await bytesOf(source, accept)).toBe(own)
  }
})

test('a mirror leaves out by itself what a gauge has let expire, and shows it when it is set again', async () => {
  const registry = new Registry()
  const gauge = new Gauge({ name: 'depth', help: 'D.', labels: ['q'], expireAfterSeconds: 0.2, registry })
  gauge.labels('a').set(5)
  const { feed, text } = mirrored(registry)
  await feed.collect(1)
  expect(await text()).toContain('depth{q="a"} 5')
  await expect.poll(text).not.toContain('depth{q="a"}')
  gauge.labels('a').set(6)
  expect(await text()).toContain('depth{q="a"} 6')
})

test('a mirror leaves out of the quantiles what the window has left behind', async () => {
  const registry = new Registry()
  const answers = new Summary({ name: 'answers', help: 'A.', windowSeconds: 0.5, quantiles: [0.5], registry })
  answers.observe(7)
  const { feed, text } = mirrored(registry)
  await feed.collect(1)
  await expect.poll(text).toContain('answers{quantile="0.5"} NaN\nanswers_sum 7\nanswers_count 1')
})

type Step =
  | { readonly do: 'observe'; readonly label: string; readonly values: readonly number[] }
  | { readonly do: 'remove'; readonly label: string }
  | { readonly do: 'reset'; readonly label: string }
  | { readonly do: 'advance'; readonly seconds: number }

const label = fc.constantFrom('x', 'y', 'z')
const value = fc.oneof(
  fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
  fc.double({ min: -50, max: -0.1, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('observe' as const),
      label,
      values: fc.array(value, { minLength: 1, maxLength: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), label }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const), label }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: 0, max: 40 }) }),
  },
)
const options: fc.Arbitrary<NativeOptions> = fc.record({
  schema: fc.integer({ min: -2, max: 8 }),
  maxBuckets: fc.constantFrom(1, 5, 20, 300),
  maxZeroThreshold: fc.constantFrom(0, 0.5, 10),
  minResetSeconds: fc.constantFrom(0, 30),
})

test('whatever was observed, grew, lost resolution, began again or was reset: a mirror shows the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), options, async (steps, native) => {
      const clock = new ManualClock()
      const registry = new Registry({ clock, openMetrics2: true })
      const definition = { help: 'H.', labels: ['l'] as const, registry }
      const metrics = [
        new Histogram({ ...definition, name: 'pure', buckets: [], native }),
        new Histogram({ ...definition, name: 'both', buckets: [0.5, 1, 100], native }),
        // The clock of the mirror goes on while that of the registry stands still.
        new Summary({ ...definition, name: 'quantiles', windowSeconds: 1e6 }),
      ]
      const { text } = mirrored(registry)
      for (const each of steps) {
        if (each.do === 'advance') clock.advance(each.seconds)
        else if (each.do === 'remove') for (const metric of metrics) metric.remove(each.label)
        else if (each.do === 'reset') for (const metric of metrics) metric.labels(each.label).reset()
        else {
          for (const metric of metrics) {
            // Handles that were made before and after each other.
            const handles = [metric.labels(each.label), metric.labels({ l: each.label })]
            each.values.forEach((observed, i) => {
              handles[i & 1]!.observe(observed)
            })
          }
        }
        for (const accept of [undefined, OPEN_METRICS_2]) {
          expect(linesOf(await text(accept))).toEqual(linesOf((await expose(registry, { accept })).body))
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('handles of one series that take turns count as one does, through all that happens to its buckets', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), options, (steps, native) => {
      const clock = new ManualClock()
      const [one, several] = [0, 1].map(() => {
        const registry = new Registry({ clock })
        return new Histogram({ name: 'h', help: 'H.', labels: ['l'], buckets: [1], native, registry })
      }) as [Histogram<['l']>, Histogram<['l']>]
      const single = one.labels('x')
      const handles = [several.labels('x')]
      // With more than a family remembers in between, a look-up makes another handle.
      for (let i = 0; i < 200; i++) several.labels(`${i}`)
      handles.push(several.labels('x'))
      expect(handles[0]).not.toBe(handles[1])
      let turn = 0
      for (const each of steps) {
        if (each.do === 'advance') clock.advance(each.seconds)
        else if (each.do !== 'observe') for (const series of [single, handles[turn++ & 1]!]) series.reset()
        else {
          for (const observed of each.values) {
            single.observe(observed)
            handles[turn++ & 1]!.observe(observed)
          }
        }
        for (const handle of handles) expect(handle.native).toEqual(single.native)
        expect(handles[1]!.count).toBe(single.count)
      }
    }),
    { numRuns: 60 },
  )
})
