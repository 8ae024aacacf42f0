import { describe, expect, test } from 'vitest'
import { Counter, Gauge, Histogram, Summary } from '../../src/index.js'
import { createTestRegistry, ManualClock, sampleOf } from '../../src/testing/index.js'

describe('a registry of a test', () => {
  test('throws for a bad observation, where it is made', () => {
    const registry = createTestRegistry()
    const counter = new Counter({ name: 'a_total', help: 'A.', labels: ['b'], registry })
    expect(() => counter.labels('x').inc(-1)).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_OBSERVATION',
        message: expect.stringContaining('"a_total"'),
      }),
    )
    // @ts-expect-error: a label that it was not defined with
    expect(() => counter.labels({ c: 'x' })).toThrow(expect.objectContaining({ code: 'TELLTALE_LABEL_NAME' }))
  })

  test('times by a clock that stands still', async () => {
    const registry = createTestRegistry()
    const took = new Histogram({ name: 'took_seconds', help: 'T.', buckets: [1, 2], registry })
    const end = took.startTimer()
    registry.manualClock.advance(1.5)
    expect(end()).toBe(1.5)
    expect((await sampleOf(registry, 'took_seconds_sum'))!.value).toBe(1.5)
  })

  test('forgets what slid out of a window', async () => {
    const registry = createTestRegistry()
    const summary = new Summary({ name: 's', help: 'S.', quantiles: [0.5], windowSeconds: 60, registry })
    summary.observe(5)
    registry.manualClock.advance(120)
    expect((await sampleOf(registry, 's', { quantile: 0.5 }))!.value).toBeNaN()
  })

  test('keeps its warnings instead of giving them to the process', async () => {
    const registry = createTestRegistry()
    registry.addCollector({ name: 'pool', collect: () => Promise.reject(new Error('no')) })
    await registry.gather()
    expect(registry.warnings).toEqual([{ code: 'TELLTALE_COLLECTOR', message: 'collector "pool" threw no' }])
  })

  test('takes the other options of a registry', async () => {
    const clock = new ManualClock(1000)
    const registry = createTestRegistry({ defaultLabels: { region: 'north' }, clock })
    new Gauge({ name: 'now_seconds', help: 'N.', registry }).setToCurrentTime()
    expect(await sampleOf(registry, 'now_seconds')).toMatchObject({
      value: 1000,
      labels: { region: 'north' },
    })
    expect(registry.manualClock).toBe(clock)
  })
})

describe('a manual clock', () => {
  test('goes on by what it is told', () => {
    const clock = new ManualClock()
    clock.advance(2.5)
    expect([clock.monotonic(), clock.wall()]).toEqual([2.5, 1_700_000_002.5])
  })

  test('can have its time of day set without what is timed noticing', () => {
    const clock = new ManualClock()
    clock.setWall(5)
    expect([clock.monotonic(), clock.wall()]).toEqual([0, 5])
  })

  test.each([-1, Number.NaN, Infinity])('does not go on by %s seconds', (seconds) => {
    expect(() => new ManualClock().advance(seconds)).toThrow(
      /expected a number of seconds that is not negative/,
    )
  })
})
