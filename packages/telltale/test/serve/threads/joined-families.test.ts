import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FamilySnapshot, snapshotOf } from '../../../src/aggregate/family-snapshot.js'
import { RegistryFeed } from '../../../src/aggregate/feed/registry-feed.js'
import { RegistryMirror } from '../../../src/aggregate/feed/registry-mirror.js'
import { mergeSnapshots } from '../../../src/aggregate/merge.js'
import { MergedFamily } from '../../../src/aggregate/merged-family.js'
import { withEnded } from '../../../src/aggregate/remains.js'
import { doneAtOnce } from '../../../src/exposition/slices.js'
import { Counter, exposeBytes, Gauge, Histogram, Registry, type Sink, Summary } from '../../../src/index.js'
import type { Gathering } from '../../../src/registry/scrape-source.js'
import { JoinedFamilies } from '../../../src/serve/threads/joined-families.js'
import { modeInThreads } from '../../../src/serve/threads/thread-mode.js'

/** A thread with its registry, as the one that reads it sees it. */
class Thread {
  readonly registry: Registry
  readonly #mirror = new RegistryMirror()

  constructor(registry: Registry) {
    this.registry = registry
    new RegistryFeed(registry, (events) => this.#mirror.apply(structuredClone(events)))
  }

  gathering(): Gathering {
    const { defaultLabels } = this.registry
    return { families: this.#mirror.gathering().families, defaultLabels }
  }
}

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0'
const OPEN_METRICS_2 = 'application/openmetrics-text;version=2.0.0'

/** The lines of a gathering in an order of their own. */
async function linesOf(gathering: Gathering, accept?: string): Promise<readonly string[]> {
  const source = { names: 'legacy', openMetrics2: true, gather: async () => gathering } as const
  const { chunks } = await exposeBytes(source, { accept })
  return Buffer.concat(chunks).toString().split('\n').sort()
}

/** What several threads have, made anew from snapshots of all of it. */
function merged(gatherings: readonly Gathering[], ended: readonly FamilySnapshot[]): Gathering {
  const snapshots = gatherings.map((gathering) => snapshotOf(gathering, modeInThreads))
  const families = mergeSnapshots([...snapshots, ended]).map((snapshot) => new MergedFamily(snapshot))
  return { families, defaultLabels: gatherings[0]!.defaultLabels }
}

interface Metrics {
  readonly requests: Counter<readonly string[]>
  readonly depth: Gauge<readonly string[]>
  readonly waits: Histogram<readonly string[]>
  readonly sizes: Histogram<readonly string[]>
  readonly answers: Summary<readonly string[]>
}

interface Shape {
  readonly labels: readonly string[]
  readonly buckets: readonly number[]
  readonly defaultLabels: Readonly<Record<string, string>>
}

/** Threads need not define everything in the same way. */
function metricsIn(registry: Registry, { labels, buckets }: Shape): Metrics {
  const definition = { help: 'Help.', labels, registry }
  return {
    requests: new Counter({ ...definition, name: 'requests_total' }),
    depth: new Gauge({ ...definition, name: 'depth', across: 'max' }),
    waits: new Histogram({ ...definition, name: 'waits', buckets }),
    sizes: new Histogram({ ...definition, name: 'sizes', buckets: [], native: { schema: 3 } }),
    answers: new Summary({ ...definition, name: 'answers', quantiles: [0.5], windowSeconds: 1e6 }),
  }
}

const label = fc.constantFrom('x', 'y', 'z', 'with "quotes"', '')
const one = fc.record({
  do: fc.constantFrom('record', 'record', 'record', 'remove', 'reset', 'scrape'),
  thread: fc.nat(2),
  a: label,
  b: label,
  value: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
})
const shape: fc.Arbitrary<Shape> = fc.record({
  labels: fc.constantFrom<readonly string[]>(['a', 'b'], ['b', 'a']),
  buckets: fc.constantFrom<readonly number[]>([1, 10], [1, 10, 100], [10]),
  defaultLabels: fc.constantFrom<Shape['defaultLabels']>({}, { region: 'eu' }, { a: 'default' }),
})

test('whatever threads count, remove and reset, and however their definitions differ: what is kept between scrapes shows what merging all of it anew does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { maxLength: 40 }),
      fc.tuple(shape, shape, shape),
      fc.boolean(),
      async (steps, shapes, hasEnded) => {
        const threads = shapes.map(
          ({ defaultLabels }) => new Thread(new Registry({ defaultLabels, createdTimes: true })),
        )
        const metrics = threads.map(({ registry }, i) => metricsIn(registry, shapes[i]!))
        const before = new Thread(new Registry())
        const past = metricsIn(before.registry, shapes[0])
        past.requests.labels('x', 'y').inc(0.1)
        past.waits.labels('x', 'y').observe(0.2)
        past.sizes.labels('z', 'y').observe(0.2)
        const ended = hasEnded ? withEnded([], snapshotOf(before.gathering(), modeInThreads)) : []
        const joined = new JoinedFamilies()
        const look = async () => {
          const gatherings = threads.map((thread) => thread.gathering())
          const found = doneAtOnce(joined.join(gatherings[0]!, gatherings.slice(1), ended))
          for (const accept of [undefined, OPEN_METRICS, OPEN_METRICS_2]) {
            expect(await linesOf(found, accept)).toEqual(await linesOf(merged(gatherings, ended), accept))
          }
        }
        for (const { do: what, thread, a, b, value } of steps) {
          const { requests, depth, waits, sizes, answers } = metrics[thread]!
          if (what === 'scrape') await look()
          else if (what === 'record') {
            requests.labels(a, b).inc(value)
            depth.labels(a, b).set(value)
            for (const metric of [waits, sizes, answers]) metric.labels(a, b).observe(value)
          } else if (what === 'remove') {
            for (const metric of [requests, depth, waits, sizes, answers]) metric.remove(a, b)
          } else requests.reset()
        }
        await look()
        await look()
      },
    ),
    { numRuns: 60 },
  )
})

function crowds(size: number) {
  const registries = [new Registry(), new Registry()]
  const gauges = registries.map(
    (registry) => new Gauge({ name: 'depth', help: 'D.', labels: ['queue'], seriesLimit: 1e6, registry }),
  )
  for (const gauge of gauges) for (let i = 0; i < size; i++) gauge.labels(`${i}`).set(i)
  const [own, other] = registries.map((registry) => new Thread(registry)) as [Thread, Thread]
  const joined = new JoinedFamilies()
  return { gauges, join: () => joined.join(own.gathering(), [other.gathering()], []) }
}

test('a family of two threads with many series is joined in small steps, and again only where something changed', () => {
  const { gauges, join } = crowds(20_000)
  expect([...join()].length).toBeGreaterThan((2 * 20_000) / 150)
  expect([...join()]).toEqual([])
  gauges[1]!.labels('0').set(7)
  expect([...join()]).toEqual([])
  gauges[1]!.labels('new').set(1)
  expect([...join()].length).toBeGreaterThan(0)
  expect(doneAtOnce(join()).families[0]!.size).toBe(20_001)
  gauges[1]!.remove('new')
  expect(doneAtOnce(join()).families[0]!.size).toBe(20_000)
  expect([...join()]).toEqual([])
})

test('a label set that is removed and comes back while a joined family is written is written once, and what is new not at all', () => {
  const { gauges, join } = crowds(300)
  const [family] = doneAtOnce(join()).families
  const lines: string[] = []
  const sink: Sink = {
    family: () => {},
    sample: (_, { pairs }, value) => lines.push(`${pairs} ${value}`),
  }
  const range = family!.snapshot!()
  range.emit(sink, 0, 100)
  for (const gauge of gauges) for (const queue of ['3', '150']) gauge.remove(queue)
  doneAtOnce(join())
  for (const gauge of gauges) for (const queue of ['new', '3']) gauge.labels(queue).set(5)
  doneAtOnce(join())
  range.emit(sink, 100, range.size)
  expect(lines).toContain('queue="299" 598')
  expect(lines).toHaveLength(299)
  expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(299)
  expect(lines.some((line) => line.includes('new'))).toBe(false)
})
