import { expect, test } from 'vitest'
import { until } from '../../src/stack/until.js'

test('the first thing seen is the result', async () => {
  let looks = 0
  const seen = await until(async () => (++looks < 3 ? undefined : looks), { what: 'three', every: 1 })
  expect(seen).toBe(3)
})

test('a wait that is over says what was waited for and how the last look failed', async () => {
  const look = async () => {
    throw new Error('no bell')
  }
  await expect(until(look, { what: 'the bell', within: 10, every: 1 })).rejects.toMatchObject({
    code: 'TELLTALE_TIMEOUT',
    message: 'waited 0.01 s for the bell; the last look failed: no bell',
  })
})

test('a signal ends the wait at once', async () => {
  const control = new AbortController()
  const waiting = until(async () => undefined, { what: 'nothing', signal: control.signal })
  control.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow()
})
