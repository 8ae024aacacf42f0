import { EventEmitter, once } from 'node:events'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readPoolConnections } from '../../packages/telltale/src/instrument/database/pool-connections.js'
import {
  type WatchedQuery,
  watchQueries,
} from '../../packages/telltale/src/instrument/database/query-watch.js'
import { TestPostgresql } from './servers/index.js'

/** What was recorded, and the next record to come. */
class Recorder extends EventEmitter {
  readonly seen: WatchedQuery[] = []

  readonly record = (query: WatchedQuery): void => {
    this.seen.push(query)
    this.emit('query')
  }

  /** All that was recorded since the last call, as text. */
  take(): string[] {
    return this.seen.splice(0).map(({ operation, table, status }) => `${operation} ${table} ${status}`)
  }
}

let server: TestPostgresql
beforeAll(async () => {
  server = await TestPostgresql.start()
})
afterAll(() => server?.stop())

function openPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ connectionString: server.url, ...options })
  // Its end does not wait for its connections, and the server may go before them.
  pool.on('error', () => undefined)
  return pool
}

describe('queries through pg to PostgreSQL', () => {
  let pool: pg.Pool
  let recorder: Recorder
  beforeEach(async () => {
    recorder = new Recorder()
    pool = openPool({ max: 2, idleTimeoutMillis: 0 })
    await pool.query('DROP TABLE IF EXISTS users')
    await pool.query('CREATE TABLE users (id serial PRIMARY KEY, name text)')
    watchQueries(pool, recorder.record)
  })
  afterEach(() => pool.end())

  test('are recorded once each, with rows and errors as without the watch', async () => {
    const inserted = await pool.query('INSERT INTO users (name) VALUES ($1) RETURNING *', ['kim'])
    expect(inserted.rows).toEqual([{ id: 1, name: 'kim' }])
    const named = await pool.query<string[]>({
      text: 'SELECT name FROM users',
      name: 'names',
      rowMode: 'array',
    })
    expect(named.rows).toEqual([['kim']])
    await expect(pool.query('SELECT * FROM missing')).rejects.toMatchObject({ code: '42P01' })
    await expect(pool.query({ text: 'SELECT $1::int', values: ['x'] })).rejects.toBeInstanceOf(
      pg.DatabaseError,
    )
    expect(recorder.take()).toEqual([
      'INSERT users success',
      'SELECT users success',
      'SELECT missing error',
      'SELECT none error',
    ])
  })

  test('take the time that the database takes', async () => {
    await pool.query('SELECT pg_sleep(0.2)')
    const { durationSeconds = 0 } = recorder.seen[0] ?? {}
    expect(durationSeconds).toBeGreaterThan(0.19)
    expect(durationSeconds).toBeLessThan(5)
  })

  test('are recorded with callbacks, on the pool and on a client', async () => {
    const rows = await new Promise((resolve, reject) => {
      pool.query('SELECT 7 AS n', (error, result) => (error ? reject(error) : resolve(result.rows)))
    })
    const onClient = await new Promise((resolve, reject) => {
      pool.connect((error, client, release) => {
        if (error || !client) return reject(error)
        client.query('SELECT $1::int AS n FROM users', [8], (failure) => {
          client.query('SELECT * FROM missing', (missing) => {
            release()
            resolve([failure, missing.message])
          })
        })
      })
    })
    expect([rows, onClient]).toEqual([[{ n: 7 }], [null, 'relation "missing" does not exist']])
    expect(recorder.take()).toEqual(['SELECT none success', 'SELECT users success', 'SELECT missing error'])
  })

  test('are recorded in transactions of clients, however often the clients are reused', async () => {
    for (let round = 0; round < 3; round++) {
      const client = await pool.connect()
      await client.query('BEGIN')
      await client.query("INSERT INTO users (name) VALUES ('lee')")
      await client.query(round === 1 ? 'ROLLBACK' : 'COMMIT')
      client.release()
      const { rows } = await pool.query('SELECT count(*)::int AS n FROM users')
      expect(rows).toEqual([{ n: round === 0 ? 1 : round }])
    }
    const end = (round: number) => `${round === 1 ? 'ROLLBACK' : 'COMMIT'} none success`
    expect(recorder.take()).toEqual(
      [0, 1, 2].flatMap((round) => [
        'BEGIN none success',
        'INSERT users success',
        end(round),
        'SELECT users success',
      ]),
    )
  })

  test('are recorded once each when many wait for two connections', async () => {
    const jobs = Array.from({ length: 60 }, async (_, i) => {
      if (i % 3) return pool.query('SELECT * FROM users')
      const client = await pool.connect()
      try {
        return await client.query('UPDATE users SET name = name')
      } finally {
        client.release()
      }
    })
    await Promise.all(jobs)
    const seen = recorder.take()
    expect(seen.filter((query) => query === 'SELECT users success')).toHaveLength(40)
    expect(seen.filter((query) => query === 'UPDATE users success')).toHaveLength(20)
    expect(seen).toHaveLength(60)
  })

  test('are recorded for statement objects, at their end and at their error', async () => {
    const client = await pool.connect()
    const rows: unknown[] = []
    const good = client.query(
      new pg.Query('SELECT generate_series(1, 3) AS n FROM users RIGHT JOIN (SELECT 1) o ON true'),
    )
    good.on('row', (row: unknown) => rows.push(row))
    expect(recorder.take()).toEqual([])
    await once(good, 'end')
    const bad = client.query(new pg.Query('SELECT * FROM missing'))
    const [error] = await once(bad, 'error')
    const called = await new Promise((resolve) => {
      client.query(new pg.Query('DELETE FROM missing', (failure) => resolve(failure?.message)))
    })
    client.release()
    expect([rows, error.code, called]).toEqual([
      [{ n: 1 }, { n: 2 }, { n: 3 }],
      '42P01',
      'relation "missing" does not exist',
    ])
    expect(recorder.take()).toEqual(['SELECT users success', 'SELECT missing error', 'DELETE missing error'])
  })

  test('of a wrong kind throw what pg throws', async () => {
    const client = await pool.connect()
    expect(() => Reflect.apply(client.query, client, [null])).toThrow(TypeError)
    client.release()
    expect(recorder.take()).toEqual(['unknown unknown error'])
  })

  test('go unrecorded once the watch is undone', async () => {
    const own = openPool({ max: 1 })
    const undo = watchQueries(own, recorder.record)
    const client = await own.connect()
    undo()
    await client.query('SELECT 1')
    client.release()
    await own.query('SELECT 1')
    await own.end()
    expect(recorder.take()).toEqual([])
  })
})

describe('the connections of a pg pool', () => {
  test('are counted in use, idle and waited for', async () => {
    const pool = openPool({ max: 2 })
    const read = () => readPoolConnections(pool)
    expect(read()).toEqual({ active: 0, in_use: 0, idle: 0, waiting: 0, max: 2 })
    const [first, second] = await Promise.all([pool.connect(), pool.connect()])
    const third = pool.connect()
    expect(read()).toEqual({ active: 2, in_use: 2, idle: 0, waiting: 1, max: 2 })
    first.release()
    second.release()
    const last = await third
    expect(read()).toEqual({ active: 2, in_use: 1, idle: 1, waiting: 0, max: 2 })
    last.release()
    expect(read()).toEqual({ active: 2, in_use: 0, idle: 2, waiting: 0, max: 2 })
    await pool.end()
  })

  test('are none while the server is down, and come back with it', async () => {
    const recorder = new Recorder()
    const pool = openPool({ max: 2, idleTimeoutMillis: 0 })
    watchQueries(pool, recorder.record)
    const lost = once(pool, 'error')
    await pool.query('SELECT 1')
    const busy = await pool.connect()
    busy.on('error', () => undefined)
    const ended = new Promise((resolve) => busy.once('end', resolve))
    const interrupted = busy.query('SELECT pg_sleep(60)').catch((error: Error) => error)
    const idle = await pool.connect()
    idle.release()
    expect(readPoolConnections(pool)).toEqual({ active: 2, in_use: 1, idle: 1, waiting: 0, max: 2 })
    await server.pause()
    expect(await interrupted).toBeInstanceOf(Error)
    await Promise.all([lost, ended])
    expect(readPoolConnections(pool)).toMatchObject({ active: 0, in_use: 0, idle: 0 })
    busy.release()
    await expect(pool.query('SELECT * FROM users')).rejects.toThrow('ECONNREFUSED')
    expect(readPoolConnections(pool)).toMatchObject({ active: 0 })
    await server.resume()
    await pool.query('SELECT 2')
    expect(readPoolConnections(pool)).toEqual({ active: 1, in_use: 0, idle: 1, waiting: 0, max: 2 })
    expect(recorder.take()).toEqual([
      'SELECT none success',
      'SELECT none error',
      'SELECT users error',
      'SELECT none success',
    ])
    await pool.end()
  })
})

test('queries through PGlite are recorded, in transactions too', async () => {
  const db = await PGlite.create()
  const recorder = new Recorder()
  watchQueries(db, recorder.record)
  await db.exec('CREATE TABLE users (id serial, name text)')
  await db.query('INSERT INTO users (name) VALUES ($1)', ['kim'])
  const { rows } = await db.sql`SELECT name FROM users WHERE id = ${1}`
  await expect(db.query('SELECT * FROM missing')).rejects.toThrow('does not exist')
  const result = await db.transaction(async (tx) => {
    await tx.query('UPDATE users SET name = $1', ['lee'])
    return (await tx.query('SELECT name FROM users')).rows
  })
  const undone = db.transaction(async (tx) => {
    await tx.query('DELETE FROM users')
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  expect((await db.query('SELECT count(*)::int AS n FROM users')).rows).toEqual([{ n: 1 }])
  await db.close()
  expect([rows, result]).toEqual([[{ name: 'kim' }], [{ name: 'lee' }]])
  expect(recorder.take()).toEqual([
    'CREATE users success',
    'INSERT users success',
    'SELECT users success',
    'SELECT missing error',
    'UPDATE users success',
    'SELECT users success',
    'DELETE users success',
    'SELECT users success',
  ])
})
