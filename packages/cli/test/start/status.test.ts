import { expect, test } from 'vitest'
import { type Status, statusChanges, statusLine } from '../../src/start/status.js'

const calm: Status = {
  up: 3,
  targets: 3,
  down: [],
  requestsPerSecond: 12.34,
  errorRatio: 0.0123,
  firing: [],
  pending: [],
}

test.each<[Partial<Status>, string]>([
  [{}, '3/3 targets up · 12.3 requests/s · 1.2 % errors · no alert firing'],
  [{ up: 0, targets: 3 }, 'waiting for the first scrape · 12.3 requests/s · 1.2 % errors · no alert firing'],
  [{ requestsPerSecond: undefined, errorRatio: undefined }, '3/3 targets up · no alert firing'],
  [
    { up: 2, down: ['a b'], firing: ['A', 'B'], pending: ['C'] },
    '2/3 targets up · 12.3 requests/s · 1.2 % errors · firing: A, B · pending: C',
  ],
])('%j in one line', (change, line) => {
  expect(statusLine({ ...calm, ...change })).toBe(line)
})

test.each<[Partial<Status>, Partial<Status>, string[]]>([
  [{}, { requestsPerSecond: 99 }, []],
  [{}, { up: 2, down: ['nodejs-app x'] }, ['target down: nodejs-app x']],
  [{ down: ['nodejs-app x'] }, {}, ['target up again: nodejs-app x']],
  [{}, { pending: ['A'] }, ['alert pending: A']],
  [{ pending: ['A'] }, { firing: ['A'] }, ['alert firing: A']],
  [{ firing: ['A'] }, {}, ['alert over: A']],
  [{ pending: ['A'] }, {}, ['alert over: A']],
])('from %j to %j', (before, after, changes) => {
  expect(statusChanges({ ...calm, ...before }, { ...calm, ...after })).toEqual(changes)
})
