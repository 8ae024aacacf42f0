import { setTimeout as after } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../../../test/support/manual-clock.js'
import { LoopDelay, RECENT_SECONDS, WINDOW_SECONDS } from '../../../src/instrument/runtime/loop-delay.js'
import { block } from './scrape.js'

const PRECISION = 10
const monitors: LoopDelay[] = []

function start(clock: ManualClock): LoopDelay {
  const monitor = new LoopDelay(PRECISION, clock)
  monitors.push(monitor)
  return monitor
}

/** Resolves once the monitor has looked at the loop after what is going on now. */
async function nextLooks(): Promise<void> {
  // One after the other: a loop that was late for all of them would have looked once, and two looks make a delay.
  for (let look = 0; look < 3; look++) await after(2 * PRECISION)
}

afterEach(() => {
  for (const monitor of monitors.splice(0)) monitor.stop()
})

describe('the delay of the event loop', () => {
  it('is unknown before the first look at it', () => {
    expect(start(new ManualClock()).read()).toBeUndefined()
  })

  it('of an idle process is far below the time between two looks, and never negative', async () => {
    const idle = async () => {
      const monitor = start(new ManualClock())
      await after(300)
      const reading = monitor.read()!
      expect(Object.values(reading).every((value) => value >= 0)).toBe(true)
      return reading.p50
    }
    // Others may have the processors for a while.
    await expect.poll(idle, { timeout: 20_000 }).toBeLessThan(0.009)
  })

  it('is as long as the loop was held', async () => {
    const started = performance.now()
    const monitor = start(new ManualClock())
    await nextLooks()
    block(200)
    await nextLooks()
    expect(monitor.read()!.max).toBeGreaterThan(0.18)
    expect(monitor.read()!.max).toBeLessThan((performance.now() - started) / 1000)
  })

  it('is in every reading of the next minute, whoever has read it before', async () => {
    const clock = new ManualClock()
    const monitor = start(clock)
    await nextLooks()
    block(200)
    await nextLooks()
    for (let second = 0; second <= WINDOW_SECONDS; second += 5) {
      expect(monitor.read()!.max).toBeGreaterThan(0.18)
      clock.advance(5)
    }
  })

  it('is in the next reading when it begins in the tick of a reading', async () => {
    const clock = new ManualClock()
    const monitor = start(clock)
    await nextLooks()
    for (let turn = 0; turn < 3; turn++) {
      clock.advance(2 * WINDOW_SECONDS)
      monitor.read()
      block(100)
      await nextLooks()
      expect(monitor.read()!.max).toBeGreaterThan(0.08)
    }
  })

  it('is forgotten once it lies two windows back', async () => {
    const clock = new ManualClock()
    const monitor = start(clock)
    await nextLooks()
    // Longer than others hold the processors.
    block(1500)
    await nextLooks()
    for (let window = 0; window < 3; window++) {
      clock.advance(WINDOW_SECONDS)
      monitor.read()
      await nextLooks()
    }
    expect(monitor.read()!.max).toBeLessThan(1.4)
  })

  it('has a recent mean that follows within seconds and comes from no scrape', async () => {
    const clock = new ManualClock()
    const monitor = start(clock)
    await nextLooks()
    for (let i = 0; i < 3; i++) {
      block(300)
      await after(1)
    }
    const busy = monitor.read()!.recent
    expect(busy).toBeGreaterThan(0.06)
    clock.advance(RECENT_SECONDS)
    monitor.read()
    await after(400)
    clock.advance(RECENT_SECONDS)
    expect(monitor.read()!.recent).toBeLessThan(busy / 2)
    expect(monitor.read()!.mean).toBeGreaterThan(0)
  })

  it('has a recent mean that goes on when the window changes', async () => {
    const clock = new ManualClock()
    const monitor = start(clock)
    await nextLooks()
    block(300)
    await nextLooks()
    for (let window = 0; window < 3; window++) {
      clock.advance(WINDOW_SECONDS)
      monitor.read()
      const started = performance.now()
      await after(100)
      block(100)
      await nextLooks()
      clock.advance(RECENT_SECONDS)
      const { recent } = monitor.read()!
      expect(recent).toBeGreaterThan(0.002)
      expect(recent).toBeLessThan((performance.now() - started) / 2000)
    }
  })

  it('is no longer watched after stop()', async () => {
    const monitor = start(new ManualClock())
    await nextLooks()
    monitor.stop()
    const last = monitor.read()!
    block(Math.ceil(last.max * 1000) + 100)
    await nextLooks()
    expect(monitor.read()!.max).toBe(last.max)
  })
})
