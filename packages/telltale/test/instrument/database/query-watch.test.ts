import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter, once } from 'node:events'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type WatchedQuery, watchQueries } from '../../../src/instrument/database/query-watch.js'

type Callback = (error: unknown, result?: unknown) => void

/** Watches with a clock that moves a second per reading, so that every duration is told apart from none. */
function watch(db: unknown) {
  const seen: WatchedQuery[] = []
  const warnings: string[] = []
  let time = 0
  const undo = watchQueries(db, (query) => seen.push(query), {
    now: () => ++time,
    warn: (message) => warnings.push(message),
  })
  const told = () => seen.map(({ operation, table, status }) => `${operation} ${table} ${status}`)
  return { seen, told, undo, warnings }
}

const failure = new Error('no such table')
const succeeds = (sql: string) => !sql.includes('missing')

/** A driver that answers through a callback, a tick later. */
class CallbackDriver {
  readonly calls: unknown[][] = []

  query(...args: [string, ...unknown[]]): string {
    this.calls.push(args)
    const callback = args.at(-1) as Callback
    setImmediate(() => (succeeds(args[0]) ? callback(null, ['row']) : callback(failure)))
    return 'queued'
  }
}

class PromiseDriver {
  query(sql: string): Promise<string[]> {
    return succeeds(sql) ? Promise.resolve(['row']) : Promise.reject(failure)
  }
}

const ask = (db: { query(sql: string, ...rest: unknown[]): unknown }, sql: string, ...rest: unknown[]) =>
  promisify((callback: Callback) => db.query(sql, ...rest, callback))()

describe('a query is recorded once, when it has ended', () => {
  test('through a callback in the last place', async () => {
    const db = new CallbackDriver()
    const { seen } = watch(db)
    expect(await ask(db, 'SELECT * FROM users WHERE id = $1', [7])).toEqual(['row'])
    await expect(ask(db, 'DELETE FROM missing')).rejects.toBe(failure)
    expect(seen).toEqual([
      { operation: 'SELECT', table: 'users', status: 'success', durationSeconds: 1 },
      { operation: 'DELETE', table: 'missing', status: 'error', durationSeconds: 1 },
    ])
    expect(db.calls[0]?.slice(0, 2)).toEqual(['SELECT * FROM users WHERE id = $1', [7]])
  })

  test('through a promise', async () => {
    const db = new PromiseDriver()
    const { told } = watch(db)
    expect(await db.query('SELECT * FROM users')).toEqual(['row'])
    await expect(db.query('SELECT * FROM missing')).rejects.toBe(failure)
    expect(told()).toEqual(['SELECT users success', 'SELECT missing error'])
  })

  test('through a plain return value or an exception', () => {
    const db = {
      query: (sql: string) => {
        if (succeeds(sql)) return 3
        throw failure
      },
    }
    const { told } = watch(db)
    expect(db.query('UPDATE users SET a = 1')).toBe(3)
    expect(() => db.query('UPDATE missing SET a = 1')).toThrow(failure)
    expect(told()).toEqual(['UPDATE users success', 'UPDATE missing error'])
  })

  test('through a stream of rows, when it has been read', async () => {
    const db = { query: (_sql: string) => Readable.from(['a', 'b']) }
    const { told } = watch(db)
    const rows = db.query('SELECT * FROM users')
    expect(told()).toEqual([])
    expect(await rows.toArray()).toEqual(['a', 'b'])
    expect(told()).toEqual(['SELECT users success'])
  })

  test('through a stream that fails', async () => {
    const db = { query: (_sql: string) => new Readable({ read: () => {} }) }
    const { told } = watch(db)
    const rows = db.query('SELECT * FROM users')
    rows.destroy(failure)
    await expect(finished(rows)).rejects.toBe(failure)
    expect(told()).toEqual(['SELECT users error'])
  })

  test('through an emitter, whose unheard error stays fatal', () => {
    const db = { query: (_sql: string) => new EventEmitter() }
    const { told } = watch(db)
    const command = db.query('SELECT * FROM users')
    expect(() => command.emit('error', failure)).toThrow(failure)
    command.emit('end')
    expect(told()).toEqual(['SELECT users error'])
  })

  test('through execute and exec as well', async () => {
    const db = Object.assign(new PromiseDriver(), {
      execute: async (_sql: string) => 1,
      exec: async (_sql: string) => 2,
    })
    const { told } = watch(db)
    expect([await db.execute('SELECT * FROM a'), await db.exec('DROP TABLE b')]).toEqual([1, 2])
    expect(told()).toEqual(['SELECT a success', 'DROP b success'])
  })

  test('when one watched method or object is built on another', async () => {
    const inner = new PromiseDriver()
    const outer = { query: async (sql: string) => inner.query(sql) }
    const first = watch(inner)
    const second = watch(outer)
    await outer.query('SELECT * FROM users')
    expect([first.told(), second.told()]).toEqual([[], ['SELECT users success']])
    await inner.query('SELECT * FROM users')
    expect(first.told()).toEqual(['SELECT users success'])
  })

  test('and queries that its callback starts count for themselves', () => {
    const db = { query: (_sql: string, done?: () => void) => done?.() }
    const { told } = watch(db)
    db.query('SELECT * FROM outer_one', () => {
      db.query('SELECT * FROM inner_one')
    })
    expect(told()).toEqual(['SELECT outer_one success', 'SELECT inner_one success'])
  })

  test('however many run at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(3))), async (plan) => {
        const db = {
          query: async (sql: string, ticks: number) => {
            for (let i = 0; i < ticks; i++) await null
            if (!succeeds(sql)) throw failure
          },
        }
        const { told } = watch(db)
        const table = (good: boolean) => (good ? 'users' : 'missing')
        await Promise.allSettled(plan.map(([good, ticks]) => db.query(`SELECT * FROM ${table(good)}`, ticks)))
        const expected = plan.map(([good]) => `SELECT ${table(good)} ${good ? 'success' : 'error'}`)
        expect(told().sort()).toEqual(expected.sort())
      }),
    )
  })
})

describe('the application notices nothing', () => {
  test('this, arguments and return value pass through', () => {
    const db = {
      query(this: unknown, ...args: unknown[]) {
        return [this, args, args.length]
      },
    }
    watch(db)
    const other = {}
    expect(Reflect.apply(db.query, other, ['SELECT 1', undefined])).toEqual([
      other,
      ['SELECT 1', undefined],
      2,
    ])
    expect(db.query()).toEqual([db, [], 0])
  })

  test('a callback keeps its arguments, its this and its asynchronous context', async () => {
    const storage = new AsyncLocalStorage<string>()
    const db = {
      query(_sql: string, callback: (this: unknown, ...results: unknown[]) => void) {
        setImmediate(() => Reflect.apply(callback, db, [null, 1, 2, 3]))
      },
    }
    watch(db)
    const seen = await storage.run(
      'request',
      () =>
        new Promise((resolve) =>
          db.query('SELECT 1', function (this: unknown, ...results) {
            resolve([this === db, results, storage.getStore()])
          }),
        ),
    )
    expect(seen).toEqual([true, [null, 1, 2, 3], 'request'])
  })

  test('a rejection that nobody handles is still reported by Node.js', async () => {
    const db = new PromiseDriver()
    watch(db)
    const listeners = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    try {
      const unhandled = once(process, 'unhandledRejection')
      void db.query('SELECT * FROM missing')
      expect((await unhandled)[0]).toBe(failure)
    } finally {
      for (const listener of listeners) process.on('unhandledRejection', listener)
    }
  })

  test('a promise keeps what the driver put on it', async () => {
    const db = { query: (_sql: string) => Object.assign(Promise.resolve(1), { cancel: () => 'cancelled' }) }
    const { told } = watch(db)
    const running = db.query('SELECT 1')
    expect([running.cancel(), await running]).toEqual(['cancelled', 1])
    expect(told()).toEqual(['SELECT none success'])
  })

  test('a lazy query runs when the application awaits it, and once', async () => {
    let runs = 0
    const lazy = {
      // biome-ignore lint/suspicious/noThenProperty: query builders are such objects.
      then(resolve: (value: number) => void) {
        runs += 1
        resolve(runs)
      },
    }
    const db = { query: (_sql: string): PromiseLike<number> => lazy as PromiseLike<number> }
    const { told } = watch(db)
    const query = db.query('SELECT * FROM users')
    expect([query, runs, told()]).toEqual([lazy, 0, []])
    expect(await query).toBe(1)
    expect([runs, told()]).toEqual([1, ['SELECT users success']])
  })

  test('a class or a function that maps rows is not taken for a callback', async () => {
    class User {}
    const db = {
      query: async (_sql: string, map: unknown) =>
        map === User ? [new User()] : [1, 2].map(map as (row: number) => number),
    }
    const { told } = watch(db)
    expect(await db.query('SELECT * FROM users', User)).toEqual([new User()])
    expect(await db.query('SELECT * FROM users', (row: number) => row * 2)).toEqual([2, 4])
    expect(told()).toEqual(['SELECT users success', 'SELECT users success'])
  })

  test('an asynchronous function around a callback is timed by the callback', async () => {
    const driver = new CallbackDriver()
    const db = {
      query: async (sql: string, callback: Callback) => {
        driver.query(sql, callback)
      },
    }
    const { told } = watch(db)
    await expect(promisify((callback: Callback) => db.query('DELETE FROM missing', callback))()).rejects.toBe(
      failure,
    )
    expect(told()).toEqual(['DELETE missing error'])
  })

  test('a recorder that throws harms nobody', async () => {
    const db = new PromiseDriver()
    watchQueries(db, () => {
      throw new Error('recorder')
    })
    expect(await db.query('SELECT 1')).toEqual(['row'])
  })

  test('a frozen object is left alone, with one warning', async () => {
    const db = Object.freeze({ query: async (_sql: string) => 'row', connect: async () => db })
    const { query } = db
    const { told, warnings } = watch(db)
    const again = watch(db)
    expect([await db.query('SELECT 1'), db.query === query]).toEqual(['row', true])
    expect([told(), warnings.length, again.warnings.length]).toEqual([[], 1, 0])
    expect(warnings[0]).toContain('frozen')
  })

  test('an object that throws at being changed is left as it was', async () => {
    const db = new Proxy(Object.assign(new PromiseDriver(), { exec: async () => 1 }), {
      defineProperty(target, name, descriptor) {
        if (name === 'exec') throw failure
        return Reflect.defineProperty(target, name, descriptor)
      },
    })
    expect(watch(db).warnings).toHaveLength(1)
    expect([db.query === PromiseDriver.prototype.query, await db.query('SELECT 1')]).toEqual([true, ['row']])
  })

  test('an object that refuses only one method is left as it was', () => {
    const db = { query: () => 1, execute: () => 2 }
    Object.defineProperty(db, 'execute', { writable: false, configurable: false })
    const { query } = db
    expect(watch(db).warnings).toHaveLength(1)
    expect(db.query).toBe(query)
  })

  test.each([
    [undefined],
    [null],
    ['pg'],
    [{}],
    [{ query: 'text' }],
    [
      new Proxy(
        {},
        {
          get: () => {
            throw failure
          },
        },
      ),
    ],
  ])('what has no queries is ignored: %#', (db) => {
    expect(watch(db).warnings).toEqual([])
  })
})

describe('watching and undoing', () => {
  test('an object watched twice records once', async () => {
    const db = new PromiseDriver()
    const first = watch(db)
    const second = watch(db)
    await db.query('SELECT 1')
    second.undo()
    await db.query('SELECT 2')
    expect([first.told().length, second.told().length]).toEqual([2, 0])
  })

  test('the undo gives the object its methods back, and it can be watched again', async () => {
    const db = new PromiseDriver()
    const own = { query: async (_sql: string) => 1 }
    const before = own.query
    const watches = [watch(db), watch(own)]
    for (const { undo } of watches) undo()
    expect(Object.keys(db)).toEqual([])
    expect([db.query, own.query]).toEqual([PromiseDriver.prototype.query, before])
    const again = watch(db)
    await db.query('SELECT 1')
    expect([watches[0]?.told().length, again.told().length]).toEqual([0, 1])
  })

  test('the undo does not remove what another library has put on top', async () => {
    const db = new PromiseDriver()
    const { told, undo } = watch(db)
    const inner = db.query
    const outer = (sql: string) => Reflect.apply(inner, db, [sql])
    db.query = outer
    undo()
    await db.query('SELECT 1')
    expect([db.query, told()]).toEqual([outer, []])
    const again = watch(db)
    await db.query('SELECT 1')
    expect(again.told()).toEqual(['SELECT none success'])
  })

  test('a query that is running when the watch ends is not recorded', async () => {
    const db = new PromiseDriver()
    const { told, undo } = watch(db)
    const running = db.query('SELECT 1')
    undo()
    await running
    expect(told()).toEqual([])
  })
})

/** A pool as drivers write them: it hands out clients, and uses them itself for `query`. */
class Pool {
  readonly clients = [new PromiseDriver(), new PromiseDriver()]
  readonly idle = [...this.clients]

  async connect(): Promise<PromiseDriver> {
    const client = this.idle.pop()
    if (!client) throw new Error('exhausted')
    return client
  }

  getConnection(callback: Callback): void {
    this.connect().then((client) => callback(null, client), callback)
  }

  release(client: PromiseDriver): void {
    this.idle.push(client)
  }

  async query(sql: string): Promise<string[]> {
    const client = await this.connect()
    try {
      return await client.query(sql)
    } finally {
      this.release(client)
    }
  }
}

describe('a pool', () => {
  test('counts its own queries once and those of its clients too, however they are reused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('pool', 'client', 'connection'), { maxLength: 12 }),
        async (uses) => {
          const pool = new Pool()
          const { told } = watch(pool)
          for (const use of uses) {
            if (use === 'pool') {
              await pool.query('SELECT * FROM pool')
              continue
            }
            const client =
              use === 'client'
                ? await pool.connect()
                : await promisify((callback: (error: unknown, client: PromiseDriver) => void) =>
                    pool.getConnection(callback as Callback),
                  )()
            await client.query('BEGIN')
            await client.query(`SELECT * FROM ${use}`)
            await client.query('COMMIT')
            pool.release(client)
          }
          const expected = uses.flatMap((use) =>
            use === 'pool'
              ? ['SELECT pool success']
              : ['BEGIN none success', `SELECT ${use} success`, 'COMMIT none success'],
          )
          expect(told()).toEqual(expected)
        },
      ),
    )
  })

  test('that is exhausted passes its error on and counts a failed query', async () => {
    const pool = new Pool()
    const { told } = watch(pool)
    await Promise.all([pool.connect(), pool.connect()])
    await expect(pool.connect()).rejects.toThrow('exhausted')
    await expect(pool.query('SELECT * FROM users')).rejects.toThrow('exhausted')
    expect(told()).toEqual(['SELECT users error'])
  })

  test('that connects lazily through itself keeps counting', async () => {
    const db = {
      connect: async () => db,
      async query(_sql: string): Promise<number> {
        await this.connect()
        return 1
      },
    }
    const { told } = watch(db)
    await db.query('SELECT 1')
    await db.query('SELECT 2')
    expect(told()).toHaveLength(2)
  })

  test('whose watch was undone stops counting its clients, and a new watch takes them over', async () => {
    const pool = new Pool()
    const first = watch(pool)
    const client = await pool.connect()
    first.undo()
    await client.query('SELECT 1')
    pool.release(client)
    const second = watch(pool)
    const again = await pool.connect()
    await again.query('SELECT 2')
    expect([again === client, first.told(), second.told()]).toEqual([true, [], ['SELECT none success']])
  })
})
