import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { type CellLayout, emitCells } from '../../src/metrics/cell-layout.js'
import type { SeriesCells } from '../../src/metrics/cell-place.js'
import type { NativeHistogram } from '../../src/metrics/native-histogram.js'
import type { SeriesIdentity, Sink } from '../../src/metrics/sample-line.js'
import { total } from './native-values.js'

const built = pathToFileURL(resolve('packages/telltale/dist/esm/index.js')).href

/** What the thread that records posts: a chunk, or then which of the chunks the series is in. */
type Posted =
  | { readonly chunk: SharedArrayBuffer }
  | { readonly row: { chunk: number; at: number; wordAt: number }; readonly layout: CellLayout }

const workers: Worker[] = []

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate()
})

/** Records as fast as it can, and posts each new chunk once a hundred observations are over. */
const recording = (definition: string) => `
const { parentPort } = require('node:worker_threads')
import('${built}').then(({ Registry, Histogram, Summary }) => {
  const registry = new Registry()
  const { slab } = registry
  // Nothing is used again: this reader does not say what it looks at.
  slab.whenUnread = () => {}
  const metric = ${definition}
  const series = metric.labels()
  let posted = 0
  const post = () => {
    while (posted < slab.chunks.length) parentPort.postMessage({ chunk: slab.chunks[posted++].buffer })
  }
  post()
  const { cells, at, wordAt } = metric.seatOf(series.row)
  const row = { chunk: slab.chunks.indexOf(cells), at, wordAt }
  parentPort.postMessage({ row, layout: metric.layout })
  let n = 0
  setImmediate(function record() {
    for (let i = 0; i < 100; i++) series.observe(1.01 ** ((n++ * 7919) % 6000 - 3000))
    post()
    setImmediate(record)
  })
})`

/** Reads the series of another thread in this one, so many times that `read` said it had seen what it was after. */
async function readings(definition: string, count: number, read: (sink: Reading) => boolean): Promise<void> {
  const worker = new Worker(recording(definition), { eval: true })
  workers.push(worker)
  const memory = { chunks: [] as Float64Array[], words: [] as Int32Array[] }
  let source: { series: SeriesIdentity & SeriesCells; layout: CellLayout } | undefined
  worker.on('message', (message: Posted) => {
    if ('chunk' in message) {
      memory.chunks.push(new Float64Array(message.chunk))
      memory.words.push(new Int32Array(message.chunk))
      return
    }
    const { chunk, at, wordAt } = message.row
    const series = {
      pairs: '',
      values: [],
      cells: memory.chunks[chunk]!,
      at,
      words: memory.words[chunk]!,
      wordAt,
    }
    source = { series, layout: message.layout }
  })
  for (let i = 0; i < count; ) {
    await new Promise((resolve) => setImmediate(resolve))
    if (source === undefined) continue
    for (let j = 0; j < 20; j++) {
      const reading = new Reading()
      emitCells(source.layout, reading, source.series, memory)
      if (read(reading)) i++
    }
  }
}

/** What one reading was told. */
class Reading implements Sink {
  readonly samples: number[] = []
  histogram: NativeHistogram | undefined
  family(): void {}
  sample(line: number, _series: SeriesIdentity, value: number): void {
    this.samples[line] = value
  }
  native(_series: SeriesIdentity, histogram: NativeHistogram): void {
    this.histogram = histogram
  }
}

test('native buckets add up to the count and never fall, while they grow and lose resolution in another thread', async () => {
  let last = 0
  const schemas = new Set<number>()
  const native = '{ schema: 8, maxBuckets: 400, maxZeroThreshold: 1e-9 }'
  const definition = `new Histogram({ name: 'h', help: 'H.', buckets: [0.1, 10], native: ${native}, registry })`
  await readings(definition, 1000, ({ samples, histogram }) => {
    const [low, high, all, , count] = samples
    expect(low!).toBeLessThanOrEqual(high!)
    expect(high!).toBeLessThanOrEqual(all!)
    expect(count).toBe(all)
    // A chunk that was not posted yet.
    if (histogram === undefined) return false
    expect(total(histogram)).toBe(histogram.count)
    expect(count).toBe(histogram.count)
    expect(histogram.count).toBeGreaterThanOrEqual(last)
    last = histogram.count
    schemas.add(histogram.schema)
    return true
  })
  expect(last).toBeGreaterThan(1000)
  expect(Math.min(...schemas)).toBeLessThan(8)
}, 30_000)

test('what begins again in another thread is seen from its beginning, never half of it', async () => {
  const native = '{ schema: 8, maxBuckets: 20, minResetSeconds: 0.001 }'
  const definition = `new Histogram({ name: 'h', help: 'H.', buckets: [], native: ${native}, registry })`
  const counts = new Set<number>()
  await readings(definition, 1000, ({ samples, histogram }) => {
    if (histogram === undefined) return false
    expect(total(histogram)).toBe(histogram.count)
    expect(samples[2]).toBe(histogram.count)
    expect(histogram.positive.indexes.length).toBeLessThanOrEqual(20)
    counts.add(histogram.count)
    return true
  })
  expect(counts.size).toBeGreaterThan(1)
}, 30_000)

test('quantiles are those of some moment, and the count of a summary never falls', async () => {
  let last = 0
  const definition = `new Summary({ name: 's', help: 'S.', quantiles: [0, 0.5, 1], windowSeconds: 0.5, registry })`
  await readings(definition, 1000, ({ samples }) => {
    const [lowest, median, highest, , count] = samples
    expect(count!).toBeGreaterThanOrEqual(last)
    last = count!
    if (Number.isNaN(lowest)) return false
    expect(lowest!).toBeLessThanOrEqual(median!)
    expect(median!).toBeLessThanOrEqual(highest!)
    expect(lowest!).toBeGreaterThan(1e-14)
    expect(highest!).toBeLessThan(1e14)
    return true
  })
  expect(last).toBeGreaterThan(1000)
}, 30_000)
