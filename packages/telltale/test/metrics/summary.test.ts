import { expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { parseText } from '../../../../test/support/text-parser.js'
import { expose, Registry, Summary } from '../../src/index.js'

function summaryAt(clock: ManualClock): { registry: Registry; summary: Summary } {
  const registry = new Registry({ clock })
  const summary = new Summary({ name: 's', help: 's', quantiles: [0, 0.5, 1], windowSeconds: 50, registry })
  return { registry, summary }
}

const median = async (registry: Registry) =>
  parseText((await expose(registry)).body).value('s', { quantile: '0.5' })

test('quantiles cover the window, count and sum everything', async () => {
  const clock = new ManualClock()
  const { registry, summary } = summaryAt(clock)
  for (const value of [1, 1, 1]) summary.observe(value)
  clock.advance(30)
  summary.observe(100)
  const early = parseText((await expose(registry)).body)
  expect(early.value('s', { quantile: '0.5' })).toBeCloseTo(1, 1)
  clock.advance(25)
  const late = parseText((await expose(registry)).body)
  expect(Math.abs(late.value('s', { quantile: '0' })! / 100 - 1)).toBeLessThan(0.01)
  expect([late.value('s_count'), late.value('s_sum')]).toEqual([4, 103])
  clock.advance(50)
  expect(await median(registry)).toBeNaN()
  summary.observe(7)
  expect(await median(registry)).toBeCloseTo(7, 0)
})

test('an observation counts once: half of ones and half of tens has its median at one', async () => {
  const clock = new ManualClock()
  const { registry, summary } = summaryAt(clock)
  for (let part = 0; part < 5; part++) {
    summary.observe(1)
    if (part < 4) summary.observe(10)
    clock.advance(part < 4 ? 10 : 0)
  }
  expect(await median(registry)).toBeCloseTo(1, 1)
})

test('a process that slept for days forgets the window, and a clock that stands still does not', async () => {
  const clock = new ManualClock()
  const { registry, summary } = summaryAt(clock)
  summary.observe(3)
  for (let scrape = 0; scrape < 20; scrape++) expect(await median(registry)).toBeCloseTo(3, 1)
  clock.advance(1e7)
  expect(await median(registry)).toBeNaN()
  clock.advance(9)
  summary.observe(5)
  clock.advance(39)
  expect(await median(registry)).toBeCloseTo(5, 1)
})

test('reset forgets everything', async () => {
  const { registry, summary } = summaryAt(new ManualClock())
  summary.observe(3)
  registry.reset()
  expect(await median(registry)).toBeNaN()
  expect([summary.labels().count, summary.labels().sum]).toEqual([0, 0])
})

test('a timer observes the seconds that passed', () => {
  const clock = new ManualClock()
  const { summary } = summaryAt(clock)
  const end = summary.startTimer()
  clock.advance(2.5)
  expect(end()).toBe(2.5)
  expect(summary.labels().sum).toBe(2.5)
})

test('a summary may have no quantiles', async () => {
  const registry = new Registry()
  new Summary({ name: 's', help: 's', quantiles: [], registry }).observe(1)
  expect((await expose(registry)).body).toContain('s_sum 1\ns_count 1\n')
})

test('series that nobody records into any more give the memory of their window back', async () => {
  const clock = new ManualClock()
  const registry = new Registry({ clock })
  const idle = { help: 'I.', labels: ['i'] as const, windowSeconds: 50, registry }
  const fill = (summary: Summary<['i']>) => {
    for (let i = 0; i < 3000; i++) summary.labels(`${i}`).observe(i)
  }
  fill(new Summary({ ...idle, name: 'first' }))
  const { bytes } = registry.slab
  clock.advance(60)
  for (let scrape = 0; scrape < 4; scrape++) await registry.gather()
  fill(new Summary({ ...idle, name: 'second' }))
  // The rows of the second one, and hardly a sketch.
  expect(registry.slab.bytes - bytes).toBeLessThan(bytes / 3)
})
