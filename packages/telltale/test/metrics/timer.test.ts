import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { Gauge, Histogram, Registry, Summary, type Timer } from '../../src/index.js'
import { startTimer } from '../../src/metrics/timer.js'

/** What starts a timer, and what it recorded: each seconds that it got, or the only value of a gauge. */
interface Timed {
  start(): Timer
  recorded(): readonly number[]
}

const timed: Readonly<Record<string, (registry: Registry) => Timed>> = {
  histogram: (registry) => {
    const metric = new Histogram({ name: 'm', help: 'M.', registry })
    const { count, sum } = { count: () => metric.labels().count, sum: () => metric.labels().sum }
    return { start: () => metric.startTimer(), recorded: () => (count() === 0 ? [] : [count(), sum()]) }
  },
  'histogram with labels': (registry) => {
    const series = new Histogram({ name: 'm', help: 'M.', labels: ['a'], registry }).labels('x')
    return {
      start: () => series.startTimer(),
      recorded: () => (series.count ? [series.count, series.sum] : []),
    }
  },
  summary: (registry) => {
    const series = new Summary({ name: 'm', help: 'M.', registry }).labels()
    return {
      start: () => series.startTimer(),
      recorded: () => (series.count ? [series.count, series.sum] : []),
    }
  },
  gauge: (registry) => {
    const metric = new Gauge({ name: 'm', help: 'M.', registry })
    const value = () => metric.labels().value
    return { start: () => metric.startTimer(), recorded: () => (value() === 0 ? [] : [1, value()]) }
  },
}

describe.each(Object.keys(timed))('the timer of a %s', (kind) => {
  function setUp() {
    const clock = new ManualClock()
    return { clock, ...timed[kind]!(new Registry({ clock })) }
  }

  test('records and returns the seconds since it was started', () => {
    const { clock, start, recorded } = setUp()
    const end = start()
    clock.advance(2.5)
    expect(end()).toBe(2.5)
    expect(recorded()).toEqual([1, 2.5])
  })

  test('ends once: later calls return the same and record nothing', () => {
    const { clock, start, recorded } = setUp()
    const end = start()
    clock.advance(2)
    end()
    clock.advance(3)
    expect(end()).toBe(2)
    end[Symbol.dispose]()
    expect(recorded()).toEqual([1, 2])
  })

  test('ends with the block of `using`, also when that throws', () => {
    const { clock, start, recorded } = setUp()
    const work = () => {
      using _timer = start()
      clock.advance(4)
      throw new Error('failed')
    }
    expect(work).toThrow('failed')
    expect(recorded()).toEqual([1, 4])
  })

  test('ends with the block of `await using`', async () => {
    const { clock, start, recorded } = setUp()
    await (async () => {
      await using _timer = start()
      await Promise.resolve()
      clock.advance(5)
    })()
    expect(recorded()).toEqual([1, 5])
  })

  test('ended by hand within its block does not end again there', () => {
    const { clock, start, recorded } = setUp()
    {
      using end = start()
      clock.advance(1)
      end()
      clock.advance(1)
    }
    expect(recorded()).toEqual([1, 1])
  })
})

test('where the runtime has no Symbol.dispose a timer has no strange property instead', () => {
  const start: typeof startTimer = runInNewContext(`const Symbol = {}; (${startTimer})`)
  const end = start(new ManualClock(), () => {})
  expect(Reflect.ownKeys(end).filter((key) => key === 'undefined' || typeof key === 'symbol')).toEqual([])
  expect(end()).toBe(0)
})
