import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, expose, Gauge, Registry } from '../../src/index.js'

const soon = 0.02
const text = async (registry: Registry, seconds?: number) =>
  parseText((await expose(registry, seconds === undefined ? {} : { seconds })).body)
const failures = (collector: string, reason: string) =>
  ['telltale_collector_errors_total', { collector, reason }] as const

function quiet(warnings: string[] = []): Registry {
  return new Registry({ warn: (message) => void warnings.push(message) })
}

function gauge(registry: Registry, name: string): Gauge {
  return new Gauge({ name, help: name, registry })
}

test('collectors bring values in before each scrape, at once or later, until they are stopped', async () => {
  const registry = new Registry()
  const [now, later] = [gauge(registry, 'now'), gauge(registry, 'later')]
  registry.addCollector({ name: 'now', collect: () => now.inc() })
  const running = registry.addCollector({
    name: 'later',
    collect: async () => {
      await after(1)
      later.inc()
    },
  })
  await text(registry)
  const second = await text(registry)
  expect([second.value('now'), second.value('later')]).toEqual([2, 2])
  running.stop()
  const third = await text(registry)
  expect([third.value('now'), third.value('later')]).toEqual([3, 2])
})

test('the collect function of a metric gets the metric', async () => {
  const registry = new Registry()
  new Counter({
    name: 'c_total',
    help: 'c',
    labels: ['a'],
    registry,
    collect: (own) => own.labels('x').inc(4),
  })
  expect((await text(registry)).value('c_total', { a: 'x' })).toBe(4)
})

const broken: readonly [string, () => void | Promise<void>, string][] = [
  [
    'throws',
    () => {
      throw new Error('no connection')
    },
    'no connection',
  ],
  ['rejects', () => Promise.reject(new Error('no connection')), 'no connection'],
  ['rejects later', () => after(1).then(() => Promise.reject(new Error('no connection'))), 'no connection'],
  ['throws what is no error', () => Promise.reject('a text'), '"a text"'],
  ['throws nothing', () => Promise.reject(undefined), 'undefined'],
]

test.each(broken)(
  'a collector that %s costs its own families and nothing else',
  async (_, collect, shown) => {
    const warnings: string[] = []
    const registry = quiet(warnings)
    const [pool, shared, other] = [
      gauge(registry, 'pool'),
      gauge(registry, 'shared'),
      gauge(registry, 'other'),
    ]
    registry.addCollector({ name: 'pool', families: [pool, shared], collect })
    registry.addCollector({ name: 'other', families: [other], collect: () => other.set(7) })
    for (let scrape = 1; scrape <= 2; scrape++) {
      const parsed = await text(registry)
      expect([...parsed.families.keys()]).toEqual(['other', 'telltale_collector_errors_total'])
      expect(parsed.value('other')).toBe(7)
      expect(parsed.value(...failures('pool', 'error'))).toBe(scrape)
    }
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('collector "pool"')
    expect(warnings[0]).toContain(shown)
  },
)

test('a metric whose own collect function fails is left out, and is back when it works again', async () => {
  const registry = quiet()
  let down = true
  const collect = (own: Gauge) => {
    if (down) throw new Error('down')
    own.set(1)
  }
  new Gauge({ name: 'g', help: 'g', registry, collect })
  expect((await text(registry)).families.has('g')).toBe(false)
  down = false
  expect((await text(registry)).value('g')).toBe(1)
})

test('a collector that hangs costs the deadline and its families, and is not started again', async () => {
  const registry = quiet()
  const [stuck, other] = [gauge(registry, 'stuck'), gauge(registry, 'other')]
  let started = 0
  let finish = () => {}
  registry.addCollector({
    name: 'stuck',
    families: [stuck],
    collect: () => {
      started++
      return new Promise<void>((resolve) => {
        finish = resolve
      })
    },
  })
  registry.addCollector({ name: 'other', collect: () => other.inc() })
  for (let scrape = 1; scrape <= 3; scrape++) {
    const parsed = await text(registry, soon)
    expect(parsed.families.has('stuck')).toBe(false)
    expect(parsed.value('other')).toBe(scrape)
    expect(parsed.value(...failures('stuck', 'timeout'))).toBe(scrape)
  }
  expect(started).toBe(1)
  finish()
  await after(0)
  const resumed = text(registry, soon)
  finish()
  expect((await resumed).families.has('stuck')).toBe(true)
  expect(started).toBe(2)
})

test('a collector that fails after its deadline is a failure of the scrape that waits for it then', async () => {
  const registry = quiet()
  const slow = gauge(registry, 'slow')
  let fail = (_: Error) => {}
  registry.addCollector({
    name: 'slow',
    families: [slow],
    collect: () =>
      new Promise<void>((_, reject) => {
        fail = reject
      }),
  })
  expect((await text(registry, soon)).value(...failures('slow', 'timeout'))).toBe(1)
  const second = text(registry, 5)
  fail(new Error('gave up'))
  const parsed = await second
  expect(parsed.families.has('slow')).toBe(false)
  expect(parsed.value(...failures('slow', 'error'))).toBe(1)
})

test('a fast scrape does not wait for the deadline, and a deadline may be without end', async () => {
  const registry = quiet()
  const slow = gauge(registry, 'slow')
  registry.addCollector({ name: 'slow', families: [slow], collect: () => after(5).then(() => slow.set(1)) })
  for (const seconds of [60, 1e9, Infinity]) expect((await text(registry, seconds)).value('slow')).toBe(1)
})

test('scrapes that overlap share one gathering', async () => {
  const registry = new Registry()
  const runs = gauge(registry, 'runs')
  registry.addCollector({ name: 'runs', collect: () => after(5).then(() => runs.inc()) })
  const together = await Promise.all([text(registry), text(registry), text(registry)])
  expect(together.map((parsed) => parsed.value('runs'))).toEqual([1, 1, 1])
  expect((await text(registry)).value('runs')).toBe(2)
})

test('a collector may add and stop others: added ones run from the next scrape on', async () => {
  const registry = quiet()
  const [added, stopped] = [gauge(registry, 'added'), gauge(registry, 'stopped')]
  registry.addCollector({
    name: 'first',
    collect: () => {
      registry.addCollector({ name: 'added', collect: () => added.inc() })
      other.stop()
    },
  })
  const other = registry.addCollector({ name: 'other', collect: () => stopped.inc() })
  const values: (number | undefined)[] = []
  for (let scrape = 0; scrape < 3; scrape++) values.push((await text(registry)).value('added'))
  expect(values).toEqual([0, 1, 3])
  expect(stopped.labels().value).toBe(0)
})

test('a metric that is taken out takes its collect function with it', async () => {
  const registry = new Registry()
  let runs = 0
  const define = () => new Gauge({ name: 'g', help: 'g', registry, collect: () => void runs++ })
  define()
  expect(registry.unregister('g')).toBe(true)
  await text(registry)
  expect(runs).toBe(0)
  define()
  await text(registry)
  expect(runs).toBe(1)
  registry.clear()
  expect((await expose(registry)).body).toBe('')
  expect(runs).toBe(1)
})

test('a collector of several metrics runs as long as one of them is there', async () => {
  const registry = new Registry()
  const [a, b] = [gauge(registry, 'a'), gauge(registry, 'b')]
  registry.addCollector({ name: 'both', families: [a, b], collect: () => b.inc() })
  registry.unregister('a')
  expect((await text(registry)).value('b')).toBe(1)
})
