import { hashSync } from 'bcryptjs'
import { describe, expect, test } from 'vitest'
import { PasswordCheck } from '../../../src/serve/access/password-check.js'
import { loadReadersText, makeReaders } from '../../../src/serve/web-config/readers.js'

const { comparePassword } = makeReaders(await loadReadersText())
const users = new Map([['alice', hashSync('wonderland', 4)]])
const alice = { user: 'alice', password: 'wonderland' }

/** A check that counts how often it came to bcrypt. */
function counted() {
  const calls: string[] = []
  const check = new PasswordCheck((password, hash) => {
    calls.push(hash)
    return comparePassword(password, hash)
  })
  return { check, calls }
}

describe('what bcrypt is asked', () => {
  test('nothing about a password that it found right or wrong before', async () => {
    const { check, calls } = counted()
    for (let i = 0; i < 5; i++) expect(await check.check(users, alice, 'a')).toBe('right')
    for (let i = 0; i < 5; i++)
      expect(await check.check(users, { ...alice, password: 'x' }, 'a')).toBe('wrong')
    expect(calls).toHaveLength(2)
  })

  test('once for the same password at the same time', async () => {
    const { check, calls } = counted()
    const results = await Promise.all(Array.from({ length: 50 }, () => check.check(users, alice, 'a')))
    expect(new Set(results)).toEqual(new Set(['right']))
    expect(calls).toHaveLength(1)
  })

  test('as much for a user that is not known, so that the time tells nobody who is', async () => {
    const { check, calls } = counted()
    expect(await check.check(users, { user: 'nobody', password: 'wonderland' }, 'a')).toBe('wrong')
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatch(/^\$2b\$04\$.{53}$/)
  })

  test('again when the hash has changed', async () => {
    const { check, calls } = counted()
    expect(await check.check(users, alice, 'a')).toBe('right')
    expect(await check.check(new Map([['alice', hashSync('other', 4)]]), alice, 'a')).toBe('wrong')
    expect(calls).toHaveLength(2)
  })
})

test('a user and a password cut elsewhere are another user and another password', async () => {
  const two = new Map([...users, ['alicew', hashSync('x', 4)]])
  const { check } = counted()
  expect(await check.check(two, alice, 'a')).toBe('right')
  expect(await check.check(two, { user: 'alicew', password: 'onderland' }, 'a')).toBe('wrong')
})

test('checks run one after the other, and of a crowd only sixteen wait', async () => {
  let running = 0
  let most = 0
  const check = new PasswordCheck(async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    return false
  })
  const crowd = Array.from({ length: 40 }, (_, i) =>
    check.check(users, { ...alice, password: `${i}` }, `10.0.0.${i}`),
  )
  const results = await Promise.all(crowd)
  expect(most).toBe(1)
  expect(results.filter((result) => result === 'wrong')).toHaveLength(16)
  expect(results.filter((result) => result === 'later')).toHaveLength(24)
})

test('a check that fails is an error of that request alone', async () => {
  let fails = true
  const check = new PasswordCheck(async () => {
    if (fails) throw new Error('bcrypt broke')
    return true
  })
  await expect(check.check(users, alice, 'a')).rejects.toThrow('bcrypt broke')
  fails = false
  expect(await check.check(users, alice, 'a')).toBe('right')
})
