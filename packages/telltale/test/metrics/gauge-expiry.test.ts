import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { expose, Gauge, Registry, TelltaleError } from '../../src/index.js'

const definition = { name: 'jobs', help: 'J.', labels: ['queue'] as const }

function setUp(seriesLimit = 10) {
  const clock = new ManualClock()
  const registry = new Registry({ clock, warn: () => {} })
  const gauge = new Gauge({ ...definition, seriesLimit, expireAfterSeconds: 60, registry })
  /** The samples of the next scrape. */
  const scrape = async () => {
    const { body } = await expose(registry, { names: ['jobs', 'plain'] })
    return body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  }
  return { clock, registry, gauge, scrape }
}

describe('a series of a gauge that expires after 60 seconds', () => {
  test('leaves the scrape when it was not set for longer, and the others stay', async () => {
    const { clock, gauge, scrape } = setUp()
    gauge.labels('a').set(1)
    clock.advance(40)
    gauge.labels('b').set(2)
    clock.advance(20)
    expect(await scrape()).toEqual(['jobs{queue="a"} 1', 'jobs{queue="b"} 2'])
    clock.advance(0.1)
    expect(await scrape()).toEqual(['jobs{queue="b"} 2'])
    expect(gauge.size).toBe(1)
    clock.advance(60)
    expect(await scrape()).toEqual([])
  })

  const touches: readonly [
    what: string,
    touch: (gauge: ReturnType<typeof setUp>['gauge']) => void,
    value: string,
  ][] = [
    ['set, to the same value', (gauge) => gauge.labels('a').set(5), '5'],
    ['inc', (gauge) => gauge.labels('a').inc(), '6'],
    ['dec', (gauge) => gauge.labels('a').dec(2), '3'],
    ['setToCurrentTime', (gauge) => gauge.labels('a').setToCurrentTime(), '1700000050'],
    ['the end of a timer', (gauge) => void gauge.labels('a').startTimer()(), '0'],
  ]

  test.each(touches)('stays because of %s', async (_, touch, value) => {
    const { clock, gauge, scrape } = setUp()
    gauge.labels('a').set(5)
    clock.advance(50)
    touch(gauge)
    clock.advance(50)
    expect(await scrape()).toEqual([`jobs{queue="a"} ${value}`])
  })

  test('does not stay because it is looked up, or set to what is no number', async () => {
    const { clock, gauge, scrape } = setUp()
    const handle = gauge.labels('a')
    handle.set(5)
    clock.advance(50)
    gauge.labels('a')
    handle.set(NaN)
    handle.inc(Infinity)
    clock.advance(50)
    expect(await scrape()).toEqual([])
  })

  test('comes back by its handle, and counts on from the value it had', async () => {
    const { clock, gauge, scrape } = setUp()
    const handle = gauge.labels('a')
    handle.set(5)
    clock.advance(61)
    expect(await scrape()).toEqual([])
    expect(handle.value).toBe(5)
    handle.dec()
    expect(await scrape()).toEqual(['jobs{queue="a"} 4'])
    expect(gauge.labels('a')).toBe(handle)
    clock.advance(61)
    expect(await scrape()).toEqual([])
    handle.set(7)
    expect(await scrape()).toEqual(['jobs{queue="a"} 7'])
  })

  test('that was asked for anew is one series, whichever handle records', async () => {
    const { clock, gauge, scrape } = setUp()
    const old = gauge.labels('a')
    old.set(5)
    clock.advance(61)
    await scrape()
    const anew = gauge.labels('a')
    expect(anew).not.toBe(old)
    anew.set(1)
    old.inc(2)
    expect(await scrape()).toEqual(['jobs{queue="a"} 3'])
    clock.advance(61)
    await scrape()
    old.set(9)
    expect(await scrape()).toEqual(['jobs{queue="a"} 9'])
    anew.inc()
    expect(await scrape()).toEqual(['jobs{queue="a"} 10'])
  })

  test('gives its place free under the limit, and goes to the overflow series when there is none left', async () => {
    const { clock, gauge, scrape } = setUp(1)
    const first = gauge.labels('a')
    first.set(5)
    clock.advance(61)
    await scrape()
    gauge.labels('b').set(1)
    expect(await scrape()).toEqual(['jobs{queue="b"} 1'])
    first.set(6)
    expect(await scrape()).toEqual(['jobs{queue="b"} 1', 'jobs{queue="__overflow__"} 6'])
  })

  test('taken out by hand does not come back by its handle', async () => {
    const { clock, gauge, scrape } = setUp()
    const handle = gauge.labels('a')
    gauge.remove('a')
    handle.set(1)
    clock.advance(61)
    await scrape()
    handle.set(2)
    expect(await scrape()).toEqual([])
  })

  test('does not disturb the values of series that came later', async () => {
    const { clock, gauge, scrape } = setUp()
    const old = gauge.labels('a')
    old.set(5)
    clock.advance(61)
    await scrape()
    const other = gauge.labels('b')
    other.set(1)
    old.set(6)
    expect(other.value).toBe(1)
    expect(old.value).toBe(6)
  })
})

test('a gauge without labels expires and comes back too', async () => {
  const { clock, registry, scrape } = setUp()
  const plain = new Gauge({ name: 'plain', help: 'P.', expireAfterSeconds: 60, registry })
  plain.set(5)
  clock.advance(61)
  expect(await scrape()).toEqual([])
  plain.inc()
  expect(await scrape()).toEqual(['plain 6'])
})

test('what a gauge collects before each scrape is there at each', async () => {
  const clock = new ManualClock()
  const registry = new Registry({ clock })
  let seen = 0
  new Gauge({
    ...definition,
    expireAfterSeconds: 60,
    collect: (gauge) => gauge.labels('a').set(++seen),
    registry,
  })
  for (const value of [1, 2, 3]) {
    expect((await expose(registry)).body).toContain(`jobs{queue="a"} ${value}\n`)
    clock.advance(120)
  }
})

test('the expiry ends with the gauge', async () => {
  const { clock, registry, gauge } = setUp()
  gauge.labels('a').set(1)
  registry.unregister('jobs')
  clock.advance(61)
  await expose(registry)
  expect(gauge.size).toBe(1)
})

test.each([0, -1, NaN, Infinity, '60'])('refuses to expire after %s seconds', (seconds) => {
  const registry = new Registry()
  const define = () => new Gauge({ ...definition, expireAfterSeconds: seconds as number, registry })
  expect(define).toThrow(TelltaleError)
  expect(define).toThrow('expected a number of seconds above 0')
  expect(registry.families).toEqual([])
})
