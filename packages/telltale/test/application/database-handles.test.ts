import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { MetricsMiddleware, Registry } from '../../src/index.js'
import { scrape } from './served.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

class Pool {
  readonly totalCount = 3
  readonly idleCount = 2
  readonly waitingCount = 1
  async query(): Promise<number> {
    return 1
  }
  async connect(): Promise<Pool> {
    return this
  }
}

function pass(middleware: ReturnType<MetricsMiddleware['collectDatabaseMetrics']>, db: object): void {
  middleware({ db } as never, {} as never, () => {})
}

test('an application that makes a database handle for each request keeps none of them alive', async () => {
  const metrics = new MetricsMiddleware({ registry: new Registry() })
  const collect = metrics.collectDatabaseMetrics()
  const handles: WeakRef<object>[] = []
  for (let i = 0; i < 500; i++) {
    const db = { query: async () => new Array(1000).fill(i) }
    handles.push(new WeakRef(db))
    pass(collect, db)
    await db.query()
  }
  for (let i = 0; i < 5; i++) {
    await turn()
    collectGarbage()
  }
  expect(handles.filter((handle) => handle.deref() !== undefined).length).toBeLessThan(50)
  metrics.stop()
})

test("a pool's connections are shown by state, and gone from its queries after stop", async () => {
  const registry = new Registry()
  const metrics = new MetricsMiddleware({ registry })
  const pool = new Pool()
  pass(metrics.collectDatabaseMetrics('main'), pool)
  const seen = await scrape(registry)
  for (const [state, count] of Object.entries({ active: 3, in_use: 1, idle: 2, waiting: 1 })) {
    expect(seen.value('database_connections_active', { database: 'main', state }), state).toBe(count)
  }
  metrics.stop()
  await pool.query()
  expect((await scrape(registry)).families.has('database_query_duration_seconds')).toBe(false)
})
