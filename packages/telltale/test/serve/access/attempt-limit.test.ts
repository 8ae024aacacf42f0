import { expect, test } from 'vitest'
import { AttemptLimit } from '../../../src/serve/access/attempt-limit.js'

function limitAt() {
  let now = 0
  const limit = new AttemptLimit(() => now)
  const pass = (seconds: number) => {
    now += seconds
  }
  const takes = (address: string, times: number) => Array.from({ length: times }, () => limit.take(address))
  return { limit, pass, takes }
}

test('five attempts at once, then one each second, and never more than five saved up', () => {
  const { takes, pass } = limitAt()
  expect(takes('10.0.0.1', 7)).toEqual([true, true, true, true, true, false, false])
  pass(1)
  expect(takes('10.0.0.1', 2)).toEqual([true, false])
  pass(3600)
  expect(takes('10.0.0.1', 6).filter(Boolean)).toHaveLength(5)
})

test('each address has its own, and a network of IPv6 counts as one address', () => {
  const { takes } = limitAt()
  takes('10.0.0.1', 6)
  expect(takes('10.0.0.2', 1)).toEqual([true])
  takes('2001:db8:1:2::1', 5)
  expect(takes('2001:db8:1:2:ffff::2', 1)).toEqual([false])
  expect(takes('2001:db8:1:3::1', 1)).toEqual([true])
  takes('::ffff:10.0.0.3', 5)
  expect(takes('::ffff:10.0.0.4', 1)).toEqual([true])
})

test('a right password gives its attempt back', () => {
  const { limit, takes } = limitAt()
  for (let i = 0; i < 20; i++) {
    expect(limit.take('10.0.0.1')).toBe(true)
    limit.giveBack('10.0.0.1')
  }
  expect(takes('10.0.0.1', 6).filter(Boolean)).toHaveLength(5)
})

test('a million addresses take the room of a thousand, and who keeps trying is not forgotten among them', () => {
  const { limit, takes } = limitAt()
  takes('10.0.0.1', 5)
  for (let i = 0; i < 10_000; i++) {
    limit.take(`192.168.${i >> 8}.${i & 255}`)
    if (i % 500 === 0) expect(limit.take('10.0.0.1')).toBe(false)
  }
})
