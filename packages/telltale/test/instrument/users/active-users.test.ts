import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ActiveUsers } from '../../../src/instrument/users/active-users.js'

const seed = [0x2545f491, 0x1b56c4e9] as const

/** Active users by a clock that the test moves. */
function active(periods: readonly string[] = ['5m']) {
  const clock = { now: 1_000_000 }
  const users = new ActiveUsers({ periods, seed, now: () => clock.now })
  return { clock, users }
}

const isWithin = (estimate: number, actual: number, share: number) =>
  Math.abs(estimate - actual) <= actual * share

describe('the number of active users', () => {
  test('is exact for a handful', () => {
    const { users } = active()
    expect(users.count('5m')).toBe(0)
    for (const id of ['ann', 'bob', 'ann', 'cleo', 'bob']) users.seen(id)
    expect(users.count('5m')).toBe(3)
  })

  // Fixed seeds: three standard errors (1.6 % each) hold in these runs, and so in every repetition.
  test.each([100, 300, 1000, 3000, 10_000, 30_000, 100_000])('is within 5 %% for %i users', (amount) => {
    for (const id of [String, (i: number) => `user-${i * 7919}@example.com`]) {
      const { users } = active()
      for (let i = 0; i < amount; i++) users.seen(id(i))
      for (let i = 0; i < amount; i += 3) users.seen(id(i))
      expect(users.count('5m')).toSatisfy((estimate: number) => isWithin(estimate, amount, 0.05))
    }
  })

  test('depends on the seed of the process only in its small error', () => {
    const counts = Array.from({ length: 8 }, () => {
      const users = new ActiveUsers({ periods: ['5m'] })
      for (let i = 0; i < 1000; i++) users.seen(i)
      return users.count('5m')
    })
    // Seven standard errors: a false alarm about once in a thousand billion runs.
    for (const count of counts) expect(count).toSatisfy((estimate: number) => isWithin(estimate, 1000, 0.12))
    expect(new Set(counts).size).toBeGreaterThan(1)
  })

  test('takes a number and its text for one user', () => {
    const { users } = active()
    users.seen(42)
    users.seen('42')
    expect(users.count('5m')).toBe(1)
  })

  test.each([[''], [Number.NaN], [undefined], [null], [{}], [Symbol('id')], [() => 1]])(
    'does not count %s, which is no id',
    (id) => {
      const { users } = active()
      Reflect.apply(users.seen, users, [id])
      expect(users.count('5m')).toBe(0)
    },
  )

  test('takes any text without an error, and reads no more than its beginning', () => {
    const { users } = active()
    const text = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units))
    fc.assert(fc.property(text, (id) => users.seen(id)))
    const long = 'x'.repeat(5_000_000)
    const startedAt = performance.now()
    for (let i = 0; i < 1000; i++) users.seen(long)
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })
})

describe('periods', () => {
  test('forget users who were not seen again, after 11/12 to 12/12 of their length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 299 }), fc.integer({ min: 0, max: 400 }), (offset, later) => {
        const { clock, users } = active(['5m'])
        clock.now += offset
        users.seen('ann')
        clock.now += later
        const count = users.count('5m')
        if (later <= 275) expect(count).toBe(1)
        if (later >= 300) expect(count).toBe(0)
      }),
    )
  })

  test('agree with a list of who was seen when', () => {
    const moment = fc.tuple(fc.nat(60), fc.nat(9))
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
        const { clock, users } = active(['2m', '10m'])
        const last = new Map<number, number>()
        for (const [wait, id] of moments) {
          clock.now += wait
          users.seen(id)
          last.set(id, clock.now)
        }
        for (const [period, seconds] of [
          ['2m', 120],
          ['10m', 600],
        ] as const) {
          const ages = [...last.values()].map((at) => clock.now - at)
          const atLeast = ages.filter((age) => age <= (seconds * 11) / 12).length
          const atMost = ages.filter((age) => age < seconds).length
          expect(users.count(period)).toBeGreaterThanOrEqual(atLeast)
          expect(users.count(period)).toBeLessThanOrEqual(atMost)
        }
      }),
    )
  })

  test('are four by default, and a longer one never has fewer users than there were', () => {
    const clock = { now: 0 }
    const users = new ActiveUsers({ seed, now: () => clock.now })
    for (let i = 0; i < 50; i++) {
      users.seen(i)
      clock.now += 60
    }
    const counts = users.counts()
    expect([...counts.keys()]).toEqual(['5m', '1h', '24h', '7d'])
    expect([...counts.values()]).toEqual([4, 50, 50, 50])
  })

  test('survive a long silence and a clock that goes back', () => {
    const { clock, users } = active()
    users.seen('ann')
    clock.now += 1e9
    expect(users.count('5m')).toBe(0)
    users.seen('bob')
    clock.now -= 5000
    users.seen('cleo')
    expect(users.count('5m')).toBe(2)
  })

  test.each(['', '5', 'm', '0m', '5 m', '5w', '-5m', '1e3s', '1234567d'])('refuse "%s"', (period) => {
    expect(() => new ActiveUsers({ periods: [period] })).toThrow(`period "${period}"`)
  })

  test('that were not asked for are an error that names those that were', () => {
    expect(() => active(['5m', '1h']).users.count('2h')).toThrow('no period "2h", there are 5m, 1h')
  })
})
