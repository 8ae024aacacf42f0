import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Timers } from '../../packages/telltale/src/instrument/timing/timers.js'
import { TestPostgresql } from './servers/index.js'

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

const sleep = (seconds: number) => `SELECT pg_sleep(${seconds})`

test('timers around awaited queries keep to their own request', async () => {
  const timers = new Timers()
  const pool = openPool({ max: 4 })
  const request = async (seconds: number) => {
    timers.start('query')
    await pool.query(sleep(seconds))
    return timers.end('query')?.durationSeconds ?? 0
  }
  const seconds = [0.4, 0.05, 0.3, 0.1]
  const measured = await Promise.all(seconds.map((duration) => timers.run(() => request(duration))))
  await pool.end()
  for (const [i, duration] of seconds.entries()) {
    expect(measured[i]).toBeGreaterThan(duration - 0.01)
    expect(measured[i]).toBeLessThan(duration + 0.15)
  }
})

test("timers ended in a callback of a pooled connection are the waiting request's own", async () => {
  const timers = new Timers()
  const pool = openPool({ max: 1 })
  const request = (seconds: number) => {
    const flow = timers.flow()
    return flow.run(
      () =>
        new Promise<number>((resolve) => {
          timers.start('query')
          // Runs in the context of the request that opened the connection: the first.
          pool.query(sleep(seconds), () => {
            resolve(timers.end('query')?.durationSeconds ?? 0)
            flow.close()
          })
        }),
    )
  }
  const measured: number[] = []
  for (const seconds of [0.1, 0.3, 0.05, 0.2]) measured.push((await request(seconds)) - seconds)
  await pool.end()
  for (const difference of measured) expect(Math.abs(difference)).toBeLessThan(0.1)
  expect(timers.running).toBe(0)
})
