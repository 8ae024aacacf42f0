import { expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { Counter, Gauge, Registry } from '../../src/index.js'

test('a gauge is set, raised, lowered and set to the time', () => {
  const clock = new ManualClock()
  const gauge = new Gauge({ name: 'g', help: 'g', registry: new Registry({ clock }) })
  const series = gauge.labels()
  gauge.set(5)
  gauge.inc()
  gauge.inc(2.5)
  gauge.dec()
  gauge.dec(-4)
  expect(series.value).toBe(11.5)
  clock.advance(90)
  gauge.setToCurrentTime()
  expect(series.value).toBe(clock.wall())
  const end = gauge.startTimer()
  clock.advance(0.25)
  expect(end()).toBe(0.25)
  expect(series.value).toBe(0.25)
})

test('a counter counts in ones and in fractions, and takes zero', () => {
  const counter = new Counter({ name: 'c', help: 'c', registry: new Registry() })
  counter.inc()
  counter.inc(0.5)
  counter.inc(0)
  counter.inc(undefined)
  expect(counter.labels().value).toBe(2.5)
})

test('gauges that share memory do not touch each other', () => {
  const registry = new Registry()
  const gauges = Array.from({ length: 500 }, (_, i) => new Gauge({ name: `g${i}`, help: 'g', registry }))
  gauges.forEach((gauge, i) => {
    gauge.set(i)
  })
  expect(gauges.every((gauge, i) => gauge.labels().value === i)).toBe(true)
})
