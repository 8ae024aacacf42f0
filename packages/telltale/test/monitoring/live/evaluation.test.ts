import { describe, expect, test } from 'vitest'
import { Evaluation } from '../../../src/monitoring/live/evaluation.js'
import { History } from '../../../src/monitoring/live/history.js'
import {
  binary,
  customMetric,
  histogramQuantile,
  num,
  over,
  rate,
  sumBy,
} from '../../../src/monitoring/query/build.js'
import type { Query } from '../../../src/monitoring/query/query.js'

const events = customMetric('events_total', [])

/** Scrapes ten seconds apart, from second 1000 on; `undefined` is a scrape without the series. */
function historyOf(
  values: readonly (number | undefined)[],
  labels: Readonly<Record<string, string>> = {},
  name = 'events_total',
): History {
  const history = new History({ seconds: 900, series: 100 })
  for (const [i, value] of values.entries()) {
    history.add(1000 + i * 10, value === undefined ? [] : [{ name, labels, value }])
  }
  return history
}

const valueAt = (history: History, query: Query, at: number) =>
  new Evaluation(history, at).vector(query).map(({ value }) => value)

describe('a rate', () => {
  test('goes on where a counter starts anew', () => {
    // 10 before the restart and 20 after it, over the 40 s that are known.
    expect(valueAt(historyOf([100, 110, 5, 15, 20]), rate(events, 40.001), 1040)[0]).toBeCloseTo(0.75, 3)
  })

  test('needs two values', () => {
    expect(valueAt(historyOf([100]), rate(events, 60), 1005)).toEqual([])
  })

  test('does not reach back before a counter was zero', () => {
    // Ten seconds before its first value it was at -5, which no counter is.
    expect(valueAt(historyOf([5, 15, 25]), over('increase', events, 30), 1020)[0]).toBeCloseTo(25)
  })

  test('ends with a series that is gone', () => {
    const history = historyOf([1, 2, 3, undefined, undefined])
    expect(valueAt(history, events, 1020)).toEqual([3])
    expect(valueAt(history, events, 1030)).toEqual([])
    expect(valueAt(history, rate(events, 15), 1040)).toEqual([])
  })

  test('is NaN where a value is', () => {
    expect(valueAt(historyOf([1, Number.NaN, 3]), over('avg_over_time', events, 60), 1020)).toEqual([
      Number.NaN,
    ])
    expect(valueAt(historyOf([1, Number.NaN, 3]), over('max_over_time', events, 60), 1020)).toEqual([3])
  })

  test('is over what is known where the page asks for that', () => {
    const history = historyOf([0, 60, 120])
    expect(valueAt(history, rate(events, 300), 1020)[0]).toBeCloseTo(0.4)
    const known = new Evaluation(history, 1020, () => 20.001)
    expect(known.vector(rate(events, 300))[0]!.value).toBeCloseTo(6, 3)
  })
})

describe('a series that is missing', () => {
  const there = sumBy(['kind'], events)
  const missing = sumBy(['kind'], customMetric('others_total', []))
  const history = historyOf([4, 8], { kind: 'a' })

  test.each<[string, Query, readonly number[]]>([
    ['is nothing by itself', missing, []],
    ['makes nothing of a sum', binary(there, '+', missing), []],
    ['makes nothing of `and`', binary(there, 'and', missing), []],
    ['leaves the rest of `or`', binary(missing, 'or', there), [8]],
    ['leaves the rest of `unless`', binary(there, 'unless', missing), [8]],
    ['crosses no threshold', binary(missing, '<', num(100)), []],
  ])('%s', (_, query, expected) => {
    expect(valueAt(history, query, 1010)).toEqual(expected)
  })

  test('is so after five minutes without a scrape', () => {
    expect(valueAt(history, there, 1309)).toEqual([8])
    expect(valueAt(history, there, 1310)).toEqual([])
  })
})

describe('a quantile of buckets', () => {
  const buckets = (counts: Readonly<Record<string, number>>) => {
    const history = new History({ seconds: 900, series: 100 })
    const samples = Object.entries(counts).map(([le, value]) => ({ name: 'b_bucket', labels: { le }, value }))
    history.add(1000, samples)
    return valueAt(history, histogramQuantile(0.5, customMetric('b_bucket', [])), 1000)
  }

  test.each<[string, Readonly<Record<string, number>>, number]>([
    ['is between two bounds', { 1: 0, 2: 10, '+Inf': 10 }, 1.5],
    ['is the last bound where the value is beyond it', { 1: 0, 2: 1, '+Inf': 10 }, 2],
    ['starts at zero', { 1: 10, '+Inf': 10 }, 0.5],
    ['takes counts that fall as ones that do not', { 1: 10, 2: 8, '+Inf': 20 }, 1],
    ['is NaN without observations', { 1: 0, '+Inf': 0 }, Number.NaN],
    ['is NaN without the last bucket', { 1: 5, 2: 9 }, Number.NaN],
  ])('%s', (_, counts, expected) => {
    expect(buckets(counts)).toEqual([expected])
  })
})

describe('the history', () => {
  test('forgets what is older than it remembers, series included', () => {
    const history = new History({ seconds: 60, series: 10 })
    for (let at = 0; at < 2000; at += 2) {
      history.add(at, [{ name: 'n', labels: { part: String(Math.floor(at / 100)) }, value: at }])
    }
    expect(history.seriesCount).toBe(1)
    const [series] = [...history.series('n')]
    // A few more than needed are kept, so that they go in one step.
    expect(series!.between(0, 2000).length).toBeLessThan(110)
  })

  test('takes no more series than it may, and says so until there are fewer', () => {
    const history = new History({ seconds: 60, series: 2 })
    const scrape = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: 'n', labels: { i: String(i) }, value: 1 }))
    history.add(1, scrape(3))
    expect(history.seriesCount).toBe(2)
    expect(history.isFull).toBe(true)
    history.add(2, scrape(2))
    expect(history.isFull).toBe(false)
  })
})
