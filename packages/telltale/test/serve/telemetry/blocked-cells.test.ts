import { afterEach, expect, test } from 'vitest'
import type { ParsedFamily } from '../../../src/parse/exposition-model.js'
import { parseExposition } from '../../../src/parse/parse-exposition.js'
import { Application, scraped } from './application.js'

const started: Application[] = []

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

const PROTOBUF = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited'

/** Counts before, between and after all else, so that what is read between them has to lie between them. */
const blocked = `
const { Info, Summary } = telltale
const rounds = new Counter({ name: 'rounds_before_total', help: 'Rounds.' })
const native = new Histogram({ name: 'native', help: 'N.', buckets: [], native: { schema: 8, maxBuckets: 60000 } })
const both = new Histogram({ name: 'both', help: 'B.', buckets: [10, 500], native: { maxBuckets: 40 } })
const answers = new Summary({ name: 'answers', help: 'A.', quantiles: [0.5, 0.99] })
const recent = new Summary({ name: 'recent', help: 'R.', quantiles: [0.5], windowSeconds: 1 })
const phase = new Info({ name: 'phase_info', help: 'P.', labels: ['phase'] })
const fresh = new Gauge({ name: 'fresh', help: 'F.', labels: ['a'], expireAfterSeconds: 1 })
const after = new Counter({ name: 'rounds_after_total', help: 'Rounds.' })
await new MetricsServer(0).start()
process.stdin.on('data', (seconds) => {
  phase.set({ phase: 'before' })
  recent.observe(5)
  fresh.labels('stale').set(1)
  console.log('holding')
  setTimeout(() => {
    const start = Date.now()
    let round = 0
    while (Date.now() < start + Number(seconds) * 1000) {
      for (let i = 0; i < 1000; i++) {
        round++
        after.inc()
        native.observe(round % 50_000)
        both.observe(round % 1000)
        answers.observe((round % 1000) + 1)
        rounds.inc()
      }
      if (Date.now() > start + 500) phase.set({ phase: 'late' })
      if (Date.now() > start + 1000) fresh.labels('living').set(round)
    }
    console.log('free')
  }, 20)
})`

function valuesOf(families: readonly ParsedFamily[], name: string): ReadonlyMap<string, number> {
  const family = families.find((candidate) => candidate.name === name)
  return new Map(
    family?.samples.map((sample) => [[sample.name, ...Object.values(sample.labels)].join(' '), sample.value]),
  )
}

test('native buckets, quantiles, infos and what expires are as they are now while the event loop is blocked', async () => {
  const application = new Application(blocked)
  started.push(application)
  const url = await application.metrics()
  await scraped(url)
  application.say('4')
  expect(await application.line()).toBe('holding')
  let isFree = false
  const free = application.line().then((line) => {
    isFree = true
    return line
  })
  const scrape = async () => {
    const answer = await fetch(url, { headers: { accept: PROTOBUF } })
    const contentType = answer.headers.get('content-type') ?? ''
    return parseExposition(new Uint8Array(await answer.arrayBuffer()), contentType).families
  }
  const counts: number[] = []
  let families: readonly ParsedFamily[] = []
  let seen: readonly ParsedFamily[] = []
  while (!isFree) {
    seen = await scrape()
    if (isFree) break
    families = seen
    const before = valuesOf(families, 'rounds_before_total').get('rounds_before_total')!
    const after = valuesOf(families, 'rounds_after_total').get('rounds_after_total')!
    for (const name of ['native', 'both']) {
      const [native] = families.find((family) => family.name === name)!.natives
      if (native === undefined) throw new Error(`a scrape showed ${name} without its native buckets`)
      const inBuckets = [...native.positive.counts, ...native.negative.counts]
      expect(inBuckets.reduce((sum, count) => sum + count, native.zeroCount)).toBe(native.count)
      expect(valuesOf(families, name).get(`${name}_count`)).toBe(native.count)
      expect(native.count).toBeGreaterThanOrEqual(before)
      expect(native.count).toBeLessThanOrEqual(after)
      if (name === 'native') counts.push(native.count)
    }
  }
  expect(await free).toBe('free')
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(counts.at(-1)!).toBeGreaterThan(counts[0]!)

  const quantiles = valuesOf(families, 'answers')
  expect(Math.abs(quantiles.get('answers 0.5')! / 500 - 1)).toBeLessThan(0.012)
  expect(Math.abs(quantiles.get('answers 0.99')! / 990 - 1)).toBeLessThan(0.012)
  expect(valuesOf(families, 'recent').get('recent 0.5')).toBeNaN()
  expect(valuesOf(families, 'recent').get('recent_count')).toBe(1)
  expect([...valuesOf(families, 'phase_info').keys()]).toEqual(['phase_info late'])
  expect([...valuesOf(families, 'fresh').keys()]).toEqual(['fresh living'])
}, 30_000)
