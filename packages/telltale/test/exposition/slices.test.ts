import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { parseText } from '../../../../test/support/text-parser.js'
import { writeInSlices } from '../../src/exposition/slices.js'
import {
  Counter,
  expose,
  exposeBytes,
  exposeJson,
  Gauge,
  Histogram,
  Registry,
  type Sink,
} from '../../src/index.js'

/** A sink that is slow enough for several slices. */
class SlowSink implements Sink {
  readonly written: string[] = []
  readonly #microseconds: number

  constructor(microseconds: number) {
    this.#microseconds = microseconds
  }

  family(): void {}

  sample(_line: number, series: { readonly pairs: string }): void {
    const until = performance.now() + this.#microseconds / 1000
    while (performance.now() < until);
    this.written.push(series.pairs)
  }
}

function gaugeOf(size: number): Gauge<readonly ['i']> {
  const gauge = new Gauge({ name: 'g', help: 'h', labels: ['i'], registry: new Registry(), seriesLimit: 1e6 })
  for (let i = 0; i < size; i++) gauge.labels(i).set(i)
  return gauge
}

test('the event loop turns at least every 2 ms while a large family is written', async () => {
  const gauge = gaugeOf(5000)
  const sink = new SlowSink(20)
  const writtenAtTurns: number[] = [0]
  let writing = true
  const watched = (async () => {
    while (writing) {
      await turn()
      writtenAtTurns.push(sink.written.length)
    }
  })()
  await writeInSlices([gauge], sink)
  writing = false
  await watched
  expect(sink.written).toHaveLength(5000)
  const atOnce = writtenAtTurns.map((count, i) => count - (writtenAtTurns[i - 1] ?? 0))
  // 100 series take 2 ms, and the clock is looked at after 64 at most.
  expect(Math.max(...atOnce)).toBeLessThanOrEqual(100 + 64)
})

test('the clock is looked at more often where each series takes long', async () => {
  const gauge = gaugeOf(300)
  const sink = new SlowSink(1000)
  const writtenAtTurns: number[] = []
  const all = writeInSlices([gauge], sink).then(() => true)
  while (!(await Promise.race([all, turn().then(() => false)]))) writtenAtTurns.push(sink.written.length)
  const atOnce = writtenAtTurns.map((count, i) => count - (writtenAtTurns[i - 1] ?? 0))
  // After 64, 32, 16, 8, 4 and 2 at a time, one takes a millisecond and three are more than a slice.
  expect(Math.max(...atOnce.filter((count) => count > 0).slice(7))).toBeLessThanOrEqual(3)
})

test.each([
  ['from the start', (gauge: Gauge<readonly ['i']>, round: number) => gauge.remove(round)],
  ['from the end', (gauge: Gauge<readonly ['i']>, round: number) => gauge.remove(2999 - round)],
  ['of all', (gauge: Gauge<readonly ['i']>) => gauge.clear()],
  [
    'and new ones',
    (gauge: Gauge<readonly ['i']>, round: number) => {
      gauge.remove(round * 7)
      gauge.remove(2999 - round * 3)
      gauge.labels(`new ${round}`).set(1)
      gauge.labels(round * 7).set(1)
    },
  ],
] as const)(
  'series that are removed between slices, %s: none twice, and only those are missing',
  async (_, change) => {
    const gauge = gaugeOf(3000)
    const before = [...Array(3000).keys()].map((i) => `i="${i}"`)
    const sink = new SlowSink(20)
    let writing = true
    let rounds = 0
    const removed = new Set<string>()
    const changes = (async () => {
      while (writing) {
        await turn()
        const there = new Set(pairsOf(gauge))
        change(gauge, rounds++)
        const left = new Set(pairsOf(gauge))
        for (const pairs of there) if (!left.has(pairs)) removed.add(pairs)
        // Removed and made again: a new series of the same labels.
        removed.add(`i="${(rounds - 1) * 7}"`)
      }
    })()
    await writeInSlices([gauge], sink)
    writing = false
    await changes
    expect(rounds).toBeGreaterThan(1)
    expect(new Set(sink.written).size).toBe(sink.written.length)
    const written = new Set(sink.written)
    expect(before.filter((pairs) => !written.has(pairs) && !removed.has(pairs))).toEqual([])
    expect(sink.written.filter((pairs) => !before.includes(pairs))).toEqual([])
  },
)

function pairsOf(gauge: Gauge<readonly ['i']>): readonly string[] {
  const pairs: string[] = []
  gauge.emit({ family() {}, sample: (_line, series) => pairs.push(series.pairs) }, 0, gauge.size)
  return pairs
}

test('scrapes that overlap hold the event loop no longer than one', async () => {
  const gauge = gaugeOf(2000)
  const turns = new Map<number, Set<number>>()
  let turned = 0
  let writing = 4
  const sinks = [0, 1, 2, 3].map((index) => {
    const sink = new SlowSink(20)
    const sample = (line: number, series: { readonly pairs: string }) => {
      turns.set(turned, (turns.get(turned) ?? new Set()).add(index))
      sink.sample(line, series)
    }
    return { family() {}, sample, written: sink.written }
  })
  const count = () => {
    turned++
    if (writing > 0) setImmediate(count)
  }
  // Their first slices, which they begin at once, are not counted.
  const all = sinks.map((sink) => writeInSlices([gauge], sink).finally(() => writing--))
  turns.clear()
  setImmediate(count)
  await Promise.all(all)
  expect(sinks.map((sink) => sink.written.length)).toEqual([2000, 2000, 2000, 2000])
  expect(turns.size).toBeGreaterThan(20)
  expect([...turns.values()].filter((writers) => writers.size > 1)).toEqual([])
})

test('a family without a snapshot is written in one go', async () => {
  const gauge = gaugeOf(500)
  const sink = new SlowSink(20)
  const { name, help, type, labelNames, lines, size } = gauge
  const family = { name, help, type, labelNames, lines, size, reset() {}, emit: gauge.emit.bind(gauge) }
  const written = writeInSlices([family], sink)
  expect(sink.written).toHaveLength(500)
  await written
})

test('recording goes on during a scrape, and every value is one that the series had', async () => {
  const registry = new Registry()
  const counter = new Counter({ name: 'c_total', help: 'h', labels: ['i'], registry, seriesLimit: 1e6 })
  for (let i = 0; i < 100_000; i++) counter.labels(i).inc()
  const scrape = exposeBytes(registry)
  let scraping = true
  void scrape.then(() => {
    scraping = false
  })
  while (scraping) {
    for (let i = 0; i < 1000; i++) counter.labels(i * 100).inc()
    await turn()
  }
  const { chunks, length } = await scrape
  expect(Buffer.concat(chunks)).toHaveLength(length)
  const values = Buffer.concat(chunks)
    .toString()
    .split('\n')
    .slice(2, -1)
    .map((line) => Number(line.split(' ')[1]))
  expect(values).toHaveLength(100_000)
  expect(values.every((value) => Number.isInteger(value) && value >= 1)).toBe(true)
})

test('families are found by their name, by that of a sample and by the one in OpenMetrics', async () => {
  const registry = new Registry()
  new Counter({ name: 'a_total', help: 'h', registry })
  new Gauge({ name: 'b', help: 'h', registry })
  const asked = async (...names: string[]) => [
    ...parseText((await expose(registry, { names })).body).families.keys(),
  ]
  expect(await asked('a_total')).toEqual(['a_total'])
  expect(await asked('a')).toEqual(['a_total'])
  expect(await asked('b', 'a')).toEqual(['a_total', 'b'])
  expect(await asked('b_total', '', 'B')).toEqual([])
  expect((await exposeJson(registry, { names: ['a'] })).map((family) => family.name)).toEqual(['a_total'])
})

test('scrapes that overlap give each series its own labels, also beside those of which nothing is shown', async () => {
  const clock = new ManualClock()
  const registry = new Registry({ clock })
  const gauge = new Gauge({
    name: 'depth',
    help: 'Depth.',
    labels: ['queue', 'shard'],
    seriesLimit: 1e6,
    expireAfterSeconds: 10,
    registry,
  })
  for (let i = 0; i < 20_000; i += 3) gauge.labels(`gone ${i}`, 'x').set(i)
  clock.advance(8)
  for (let i = 0; i < 20_000; i++) if (i % 3 !== 0) gauge.labels(`q${i}`, i % 2).set(i)
  clock.advance(8)
  const accept = 'application/openmetrics-text;version=1.0.0'
  const bodies = await Promise.all(
    [undefined, accept, undefined].map((one) => exposeBytes(registry, { accept: one })),
  )
  const wanted: string[] = []
  for (let i = 0; i < 20_000; i++) if (i % 3 !== 0) wanted.push(`depth{queue="q${i}",shard="${i % 2}"} ${i}`)
  for (const { chunks } of bodies) {
    const lines = Buffer.concat(chunks).toString().split('\n')
    expect(lines.filter((line) => line.startsWith('depth'))).toEqual(wanted)
  }
})

test('a histogram whose sum is negative takes the count of no other series with it in OpenMetrics', async () => {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'H.', labels: ['a'], buckets: [1], registry })
  histogram.labels('below').observe(-1)
  histogram.labels('above').observe(1)
  const { body } = await expose(registry, { accept: 'application/openmetrics-text;version=1.0.0' })
  expect(body.split('\n').filter((line) => /_(sum|count)/.test(line))).toEqual([
    'h_sum{a="above"} 1',
    'h_count{a="above"} 1',
  ])
})
