import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isPortFree } from '@telltale/cli'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { rulesWithFor, TestAlertmanager, TestPostgresql, TestPrometheus, TestRedis } from './index.js'

const open: { stop(): Promise<void> }[] = []

/** Ends with the test, the newest first: what depends on another server stops before it. */
function kept<T extends { stop(): Promise<void> }>(server: T): T {
  open.unshift(server)
  return server
}

afterEach(async () => {
  for (const server of open.splice(0)) await server.stop()
})

async function metricsOf(text: () => string): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(text())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  kept({ stop: () => close(server) })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return `127.0.0.1:${address.port}`
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

describe('Prometheus for tests', () => {
  test('scrapes the targets it is given and answers queries', async () => {
    const target = await metricsOf(() => '# TYPE height_metres gauge\nheight_metres{who="tower"} 330\n')
    const prometheus = kept(await TestPrometheus.start({ jobs: [{ name: 'towers', targets: [target] }] }))
    await prometheus.api.targetUp('towers')
    const [sample] = await prometheus.api.until(
      async (api) => {
        const samples = await api.query('height_metres')
        return samples.length === 0 ? undefined : samples
      },
      { what: 'height_metres' },
    )
    expect(sample).toEqual({
      labels: { __name__: 'height_metres', job: 'towers', instance: target, who: 'tower' },
      value: 330,
    })
    expect(await prometheus.api.value('vector(7)')).toBe(7)
    expect(await prometheus.api.labelValues('__name__')).toContain('height_metres')
  })

  test('says what was waited for when it does not come', async () => {
    const prometheus = kept(await TestPrometheus.start({ jobs: [] }))
    await expect(prometheus.api.targetUp('nothing', 300)).rejects.toThrow(
      'for a target of job nothing to be up',
    )
  })

  test('loads a new configuration while it runs, and refuses a wrong one', async () => {
    const prometheus = kept(await TestPrometheus.start({ jobs: [] }))
    const target = await metricsOf(() => 'up_here 1\n')
    await prometheus.reload({ jobs: [{ name: 'late', targets: [target] }] })
    await prometheus.api.targetUp('late')
    await expect(prometheus.reload({ jobs: [], rules: ['not rules'] })).rejects.toThrow('refused')
  })
})

test('an alert goes from Prometheus through Alertmanager to the webhook, and so does its end', async () => {
  let tired = 1
  const target = await metricsOf(() => `# TYPE tired gauge\ntired ${tired}\n`)
  const alertmanager = kept(await TestAlertmanager.start())
  const rule = 'groups: [{name: g, rules: [{alert: Tired, expr: tired == 1, labels: {severity: warning}}]}]'
  const prometheus = kept(
    await TestPrometheus.start({
      jobs: [{ name: 'app', targets: [target] }],
      rules: [rule],
      alertmanager: alertmanager.url,
    }),
  )
  await prometheus.api.alert('Tired', 'firing')
  const firing = await alertmanager.webhook.alert((alert) => alert.labels.alertname === 'Tired')
  expect(firing).toMatchObject({ status: 'firing', labels: { severity: 'warning', job: 'app' } })
  tired = 0
  const resolved = await alertmanager.webhook.alert((alert) => alert.status === 'resolved')
  expect(resolved.labels.alertname).toBe('Tired')
})

test("the guide's rules can be had with a shorter wait", async () => {
  const file = fileURLToPath(new URL('../../../deploy/alert_rules.yml', import.meta.url))
  const rules = await rulesWithFor(file, '2s')
  expect(rules.match(/for: 2s/g)).toHaveLength(4)
  expect(rules).not.toMatch(/for: \dm/)
})

test('PostgreSQL keeps its data when it goes down and comes back', async () => {
  const server = kept(await TestPostgresql.start())
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }
  await run('create table users (name text)')
  await run("insert into users values ('kim')")
  await server.pause()
  await expect(run('select 1')).rejects.toThrow('ECONNREFUSED')
  await server.resume()
  expect(await run('select name from users')).toEqual([{ name: 'kim' }])
})

test('PostgreSQL ends although a connection is open', async () => {
  const server = await TestPostgresql.start()
  const client = new pg.Client({ connectionString: server.url })
  const ended = once(client, 'error')
  client.on('error', () => undefined)
  await client.connect()
  await server.stop()
  await ended
  expect(await isPortFree(server.port)).toBe(true)
})

test('Redis answers, goes down and comes back', async () => {
  const server = kept(await TestRedis.start())
  const client = new Redis(server.url, { retryStrategy: () => 50 })
  client.on('error', () => undefined)
  kept({ stop: async () => client.disconnect() })
  expect(await client.set('a', '1')).toBe('OK')
  await server.pause()
  await server.resume()
  expect(await client.get('a')).toBe(null)
})
