import { AsyncResource } from 'node:async_hooks'
import { EventEmitter, once } from 'node:events'
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Timers, type TimerToken } from '../../../src/instrument/timing/timers.js'

/** Timers by a clock that moves a second per reading, so that no two timers have the same start. */
function timersWithClock(limit?: number) {
  const clock = { now: 0 }
  const timers = new Timers({ now: () => ++clock.now, ...(limit === undefined ? {} : { limit }) })
  return { clock, timers }
}

/** Ends by name, and says whether that ended the timer of this token. */
function endsExactly(timers: Timers, token: TimerToken): boolean {
  const others = timers.running
  const ended = timers.end(token.name)
  return ended !== undefined && timers.running === others - 1 && timers.end(token) === undefined
}

describe('one timer', () => {
  test('measures from its start to its end, by name or by token', () => {
    const { clock, timers } = timersWithClock()
    timers.start('query')
    clock.now += 10
    expect(timers.end('query')).toEqual({ name: 'query', durationSeconds: 11 })
    expect(timers.end(timers.start('query'))).toEqual({ name: 'query', durationSeconds: 1 })
  })

  test('measures seconds by the monotonic clock unless told otherwise', async () => {
    const timers = new Timers()
    timers.start('pause')
    await pause(20)
    const { durationSeconds = 0 } = timers.end('pause') ?? {}
    expect(durationSeconds).toBeGreaterThan(0.015)
    expect(durationSeconds).toBeLessThan(10)
  })

  test('ends once', () => {
    const { timers } = timersWithClock()
    const token = timers.start('query')
    expect([timers.end(token), timers.end(token), timers.end('query')]).toEqual([
      { name: 'query', durationSeconds: 1 },
      undefined,
      undefined,
    ])
  })

  test('that was never started ends as nothing', () => {
    const { timers } = timersWithClock()
    expect(timers.end('query')).toBeUndefined()
    expect(timers.end(new Timers().start('query'))).toBeUndefined()
    for (const wrong of [undefined, null, {}, 3]) {
      expect(Reflect.apply(timers.end, timers, [wrong])).toBeUndefined()
    }
  })

  test('of the same name inside another ends first', () => {
    const { timers } = timersWithClock()
    timers.start('query')
    timers.start('query')
    expect([timers.end('query'), timers.end('query')].map((ended) => ended?.durationSeconds)).toEqual([1, 3])
  })
})

describe('two flows at once keep their timers apart', () => {
  const shapes: Record<string, (timers: Timers, wait: () => Promise<unknown>) => Promise<boolean>> = {
    'an async function': async (timers, wait) => {
      const token = timers.start('work')
      await wait()
      return endsExactly(timers, token)
    },
    'a promise chain': (timers, wait) => {
      const token = timers.start('work')
      return wait()
        .then(() => wait())
        .then(() => endsExactly(timers, token))
    },
    'a started child that is awaited': async (timers, wait) => {
      const child = async () => {
        const token = timers.start('work')
        await wait()
        return token
      }
      const token = await child()
      return endsExactly(timers, token)
    },
    'an end in a nested child': async (timers, wait) => {
      const token = timers.start('work')
      const child = async () => {
        await wait()
        return endsExactly(timers, token)
      }
      return child()
    },
    setTimeout: (timers) =>
      new Promise((resolve) => {
        const token = timers.start('work')
        setTimeout(() => resolve(endsExactly(timers, token)), 1)
      }),
    'a nested timer of the same name': async (timers, wait) => {
      const outer = timers.start('work')
      await wait()
      const inner = timers.start('work')
      await wait()
      const innerFirst = endsExactly(timers, inner)
      await wait()
      return innerFirst && endsExactly(timers, outer)
    },
    'an emitter made inside the flow': async (timers, wait) => {
      const emitter = new EventEmitter()
      const token = timers.start('work')
      const ended = new Promise<boolean>((resolve) => {
        emitter.once('done', () => resolve(endsExactly(timers, token)))
      })
      await wait()
      emitter.emit('done')
      return ended
    },
  }

  test.each(Object.entries(shapes))('%s', async (_, flow) => {
    const { timers } = timersWithClock()
    const flows = Array.from({ length: 20 }, (_, i) => flow(timers, () => pause(i % 7)))
    expect(await Promise.all(flows)).toEqual(Array(20).fill(true))
    expect(timers.running).toBe(0)
  })

  test('a timer that a child starts after its first await belongs to the flow of the request', async () => {
    const { timers } = timersWithClock()
    timers.start('warm-up')
    const request = async (delay: number) => {
      const child = async () => {
        await pause(delay)
        return timers.start('work')
      }
      const token = await child()
      await pause(10 - delay)
      return endsExactly(timers, token)
    }
    const requests = [5, 1, 3, 2].map((delay) => timers.run(() => request(delay)))
    expect(await Promise.all(requests)).toEqual([true, true, true, true])
  })

  test('ending twice in one flow does not end the timer of another', async () => {
    const { timers } = timersWithClock()
    const careless = async () => {
      timers.start('work')
      await immediate()
      return [timers.end('work'), timers.end('work')]
    }
    const careful = async () => {
      const token = timers.start('work')
      await pause(5)
      return endsExactly(timers, token)
    }
    const [first, second] = await Promise.all([careless(), careful()])
    expect([first.map((ended) => ended !== undefined), second]).toEqual([[true, false], true])
  })

  test('a thousand flows with any interleaving of nested and repeated timers', async () => {
    const step = fc.record({ name: fc.constantFrom('a', 'b', 'c'), ticks: fc.nat(5), nested: fc.boolean() })
    const plan = fc.array(step, { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(plan, { minLength: 1000, maxLength: 1000 }),
        fc.boolean(),
        async (plans, own) => {
          const { timers } = timersWithClock()
          const ticks = async (count: number) => {
            for (let i = 0; i < count; i++) await (i % 2 ? immediate() : null)
          }
          const flow = async (steps: (typeof plans)[number]): Promise<boolean> => {
            const [first, ...rest] = steps
            if (!first) return true
            const token = timers.start(first.name)
            await ticks(first.ticks)
            const inner = first.nested ? await flow(rest) : true
            const ended = endsExactly(timers, token)
            return inner && ended && (first.nested || (await flow(rest)))
          }
          const results = plans.map((steps) => (own ? timers.run(() => flow(steps)) : flow(steps)))
          expect((await Promise.all(results)).filter((exact) => !exact)).toEqual([])
          expect(timers.running).toBe(0)
        },
      ),
      { numRuns: 6 },
    )
  })
})

describe('an end without the context of its start', () => {
  /** Runs the callback where a pooled connection would: in the context that opened it. */
  const elsewhere = new AsyncResource('connection')

  test('ends the oldest running timer of the name', () => {
    const { timers } = timersWithClock()
    const [first, second] = [timers.start('query'), timers.start('query')]
    const ended = [1, 2, 3].map(() => elsewhere.runInAsyncScope(() => timers.end('query')?.durationSeconds))
    expect(ended).toEqual([2, 2, undefined])
    expect([timers.end(first), timers.end(second)]).toEqual([undefined, undefined])
  })

  test('in the context of a request that is over ends the timer of the one that waits', async () => {
    const { timers } = timersWithClock()
    timers.start('warm-up')
    const connection = new EventEmitter()
    const first = timers.flow()
    const scope = first.run(() => {
      timers.start('query')
      return new AsyncResource('connection')
    })
    connection.on('row', () => scope.runInAsyncScope(() => connection.emit('ended', timers.end('query'))))
    connection.emit('row')
    first.close()
    const second = timers.flow()
    const ended = once(connection, 'ended')
    second.run(() => timers.start('query'))
    connection.emit('row')
    expect((await ended)[0]).toMatchObject({ name: 'query' })
    expect(timers.running).toBe(1)
  })

  test('prefers a timer of its own request to an older one of another', async () => {
    const { timers } = timersWithClock()
    const other = timers.start('query')
    await timers.run(async () => {
      const child = async () => {
        await null
        timers.start('query')
      }
      await child()
      timers.end('query')
    })
    expect(timers.end(other)).toBeDefined()
  })
})

describe('memory', () => {
  test('holds at most the limit, and counts the oldest that it forgets', () => {
    const { timers } = timersWithClock(3)
    const tokens = [1, 2, 3, 4, 5].map((i) => timers.start(`timer ${i}`))
    expect([timers.running, timers.forgotten]).toEqual([3, 2])
    expect(tokens.map((token) => timers.end(token) !== undefined)).toEqual([false, false, true, true, true])
  })

  test('of ten thousand abandoned timers is the most there is', () => {
    const timers = new Timers()
    const startedAt = performance.now()
    timers.run(() => {
      for (let i = 0; i < 100_000; i++) timers.start('abandoned')
    })
    expect([timers.running, timers.forgotten]).toEqual([10_000, 90_000])
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })

  test('does not grow in a flow that never ends', async () => {
    const { timers } = timersWithClock()
    const token = timers.start('all day')
    let previous = timers.start('turn')
    const startedAt = performance.now()
    for (let i = 0; i < 50_000; i++) {
      const next = timers.start('turn')
      timers.end(previous)
      previous = next
      if (i % 1000 === 0) await null
    }
    // A look-up that misses walks the whole chain: with 50,000 links it would take minutes.
    for (let i = 0; i < 50_000; i++) timers.end('unknown')
    expect(performance.now() - startedAt).toBeLessThan(5000)
    expect([timers.running, endsExactly(timers, previous), endsExactly(timers, token)]).toEqual([
      2,
      true,
      true,
    ])
  })

  test('a run before any timer was started is only a call', () => {
    const { timers } = timersWithClock()
    expect(timers.run(() => 7)).toBe(7)
    expect(timers.run(() => undefined)).toBeUndefined()
    expect(() =>
      timers.run(() => {
        throw new Error('of the callback')
      }),
    ).toThrow('of the callback')
  })
})
