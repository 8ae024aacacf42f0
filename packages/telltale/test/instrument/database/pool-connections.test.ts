import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPoolConnections } from '../../../src/instrument/database/pool-connections.js'

const established = { _connected: true, _queryable: true }
const connecting = { _connected: false, _queryable: true }
const broken = { _connected: true, _queryable: false }
const authenticated = { state: 'authenticated' }

/** mysql2 keeps its connections in a double-ended queue. */
const queue = (...items: unknown[]) => ({ length: items.length, toArray: () => items })

describe('the connections of a pool', () => {
  test.each([
    [
      'pg, at work',
      {
        totalCount: 3,
        idleCount: 1,
        waitingCount: 2,
        _clients: [established, established, established],
      },
      { active: 3, in_use: 2, idle: 1, waiting: 2 },
    ],
    [
      'pg, with the limit that it got or has by default',
      { totalCount: 1, idleCount: 1, waitingCount: 0, options: { max: 10 } },
      { active: 1, in_use: 0, idle: 1, waiting: 0, max: 10 },
    ],
    [
      'mysql2 with promises, with its limit',
      {
        pool: {
          _allConnections: queue(authenticated),
          _freeConnections: queue(),
          _connectionQueue: queue(),
          config: { connectionLimit: 4 },
        },
      },
      { active: 1, in_use: 1, idle: 0, waiting: 0, max: 4 },
    ],
    [
      'mysql, without a limit',
      { _allConnections: [], _freeConnections: [], _connectionQueue: [], config: { connectionLimit: 0 } },
      { active: 0, in_use: 0, idle: 0, waiting: 0 },
    ],
    [
      'pg, whose server does not answer',
      { totalCount: 2, idleCount: 0, waitingCount: 5, _clients: [connecting, broken] },
      { active: 0, in_use: 0, idle: 0, waiting: 5 },
    ],
    [
      'pg, without a view of its clients',
      { totalCount: 4, idleCount: 3, waitingCount: 0 },
      { active: 4, in_use: 1, idle: 3, waiting: 0 },
    ],
    [
      'mysql2',
      {
        _allConnections: queue(authenticated, authenticated, { state: 'disconnected' }),
        _freeConnections: queue(authenticated),
        _connectionQueue: queue(() => {}),
      },
      { active: 2, in_use: 1, idle: 1, waiting: 1 },
    ],
    [
      'mysql2 with promises',
      {
        pool: {
          _allConnections: queue({ authorized: true, _closing: false }, { authorized: true, _closing: true }),
          _freeConnections: queue(),
          _connectionQueue: queue(),
        },
      },
      { active: 1, in_use: 1, idle: 0, waiting: 0 },
    ],
    [
      'mysql',
      { _allConnections: [authenticated], _freeConnections: [authenticated], _connectionQueue: [] },
      { active: 1, in_use: 0, idle: 1, waiting: 0 },
    ],
  ])('%s', (_, pool, expected) => {
    expect(readPoolConnections(pool)).toEqual(expected)
  })

  test.each([[undefined], [null], [{}], [{ totalCount: 1 }], [{ query() {} }], ['pool']])(
    'nothing is read from %j',
    (value) => {
      expect(readPoolConnections(value)).toBeUndefined()
    },
  )

  test('whatever the object holds, the answer is whole numbers or nothing', () => {
    const key = fc.constantFrom(
      'totalCount',
      'idleCount',
      'waitingCount',
      '_clients',
      '_allConnections',
      '_freeConnections',
      '_connectionQueue',
      'pool',
      'options',
      'config',
    )
    const value = fc.oneof(fc.nat(9), fc.array(fc.constantFrom(established, broken, null, 1)), fc.anything())
    fc.assert(
      fc.property(fc.dictionary(key, value), (pool) => {
        for (const count of Object.values(readPoolConnections(pool) ?? {})) {
          expect(count).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})
