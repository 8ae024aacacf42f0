import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { dirname, join } from 'node:path'
import { answers, ChildGroup, prometheusServer, startPrometheusServer, until } from '@telltale/cli'
import { Counter, expose, Registry } from 'telltale'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type MonitoringPlan,
  monitoringFiles,
  readRemoteWrite,
  readTarget,
} from '../../packages/cli/src/generate/index.js'
import { freePort } from '../support/free-ports.js'
import { installed, TestVictoriaMetrics, testFolder } from './servers/index.js'

let folder: Awaited<ReturnType<typeof testFolder>>
let group: ChildGroup
const servers: Server[] = []

beforeEach(async () => {
  folder = await testFolder('generated')
  group = new ChildGroup()
})

afterEach(async () => {
  await group.stop()
  for (const server of servers.splice(0)) server.close()
  await folder.remove()
})

async function listen(server: Server): Promise<string> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

/** An application with one order. */
function application(): Promise<string> {
  const registry = new Registry()
  new Counter({ name: 'orders_total', help: 'Orders placed.', registry }).inc()
  return listen(
    createServer(async (_req, res) => {
      const { contentType, body } = await expose(registry)
      res.setHeader('content-type', contentType).end(body)
    }),
  )
}

/** Writes the files of a plan, made for this application and for the patience of a test. */
async function write(plan: Partial<MonitoringPlan>, target: string): Promise<void> {
  const files = await monitoringFiles({
    name: 'shop',
    target: readTarget('2.42'),
    environment: 'staging',
    language: 'en',
    remoteWrite: undefined,
    agent: false,
    kubernetes: false,
    namespace: undefined,
    dockerfile: false,
    start: 'npm start',
    ...plan,
  })
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true })
    const quick = text
      .replaceAll('localhost:9090', target)
      .replace(/(scrape_(?:interval|timeout)): \w+/g, '$1: 1s')
    await writeFile(join(folder.path, path), quick)
  }
}

const file = (name: string) => join(folder.path, 'monitoring', name)

test('the agent scrapes the application and sends its samples to VictoriaMetrics', async () => {
  const storage = await TestVictoriaMetrics.start()
  try {
    const remoteWrite = readRemoteWrite(`${storage.url}/api/v1/write`, {
      user: undefined,
      token: false,
      tenant: undefined,
    })
    await write({ remoteWrite, agent: true }, await application())
    const installation = await installed(prometheusServer)
    const url = `http://127.0.0.1:${await freePort()}`
    await group.start({
      name: 'the agent',
      command: installation.command('prometheus'),
      args: [
        '--enable-feature=agent',
        `--config.file=${file('prometheus-agent.yml')}`,
        `--storage.agent.path=${join(folder.path, 'agent')}`,
        `--web.listen-address=${new URL(url).host}`,
      ],
      env: installation.environment(),
      ready: () => answers(`${url}/-/ready`),
    })
    const [order] = await storage.export('orders_total')
    expect(order!.metric).toMatchObject({ job: 'nodejs-app', monitor: 'shop', environment: 'staging' })
    expect(new Set(order!.values)).toEqual(new Set([1]))
    const [up] = await storage.export('up{job="nodejs-app"}')
    expect(up!.values).toContain(1)
    // Stopped first: an agent whose receiver is gone waits for it.
    await group.stop()
  } finally {
    await storage.stop()
  }
})

test('the server signs in with the token in its file, which no configuration holds', async () => {
  const seen: IncomingHttpHeaders[] = []
  const receiver = await listen(
    createServer((req, res) => {
      seen.push(req.headers)
      req.resume().once('end', () => res.writeHead(204).end())
    }),
  )
  const remoteWrite = readRemoteWrite(`http://${receiver}/api/v1/push`, {
    user: undefined,
    token: true,
    tenant: undefined,
  })
  await write({ remoteWrite }, await application())
  await writeFile(file('secrets/remote-write-token'), 'abc123\n')
  expect(await readFile(file('prometheus.yml'), 'utf8')).not.toContain('abc123')
  await startPrometheusServer(group, await installed(prometheusServer), {
    port: await freePort(),
    configFile: file('prometheus.yml'),
    dataFolder: join(folder.path, 'data'),
  })
  const headers = await until(async () => seen.find((one) => one.authorization !== undefined), {
    what: 'samples at the receiver',
    within: 60_000,
  })
  expect(headers.authorization).toBe('Bearer abc123')
})
