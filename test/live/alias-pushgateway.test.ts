import { fileURLToPath } from 'node:url'
import { provision, pushgatewayServer } from '@telltale/cli'
import { Counter, openMetricsContentType, Pushgateway, Registry } from '@telltale/prom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseText } from '../support/text-parser.js'
import { TestPushgateway } from './servers/index.js'

let server: TestPushgateway

beforeAll(async () => {
  await provision([pushgatewayServer], { directory: fileURLToPath(new URL('../..', import.meta.url)) })
  server = await TestPushgateway.start()
})

afterAll(() => server?.stop())

const shown = async () => parseText(await (await fetch(`${server.url}/metrics`)).text())

function counted(contentType?: typeof openMetricsContentType) {
  const register = new Registry(contentType)
  const registers = [register]
  const counter = new Counter({ name: 'alias_jobs_total', help: 'Jobs.', registers, enableExemplars: true })
  counter.inc({ value: 3, exemplarLabels: { trace_id: 'abc' } })
  return register
}

test("a group with any values is pushed with prom-client's API, shown and taken out", async () => {
  const gateway = new Pushgateway(server.url, { timeout: 5000 }, counted())
  const group = { jobName: 'a/job', groupings: { path: '/users/1', empty: '', name: 'ä b' } }
  const { resp } = await gateway.push(group)
  expect(resp!.statusCode).toBe(200)
  const labels = { job: 'a/job', instance: '', path: '/users/1', name: 'ä b' }
  expect((await shown()).value('alias_jobs_total', labels)).toBe(3)
  expect((await gateway.delete(group)).resp!.statusCode).toBe(202)
  expect((await shown()).families.has('alias_jobs_total')).toBe(false)
})

test('a registry of OpenMetrics with exemplars is pushed all the same, compressed too', async () => {
  const headers = { 'Content-Encoding': 'gzip' }
  const gateway = new Pushgateway(server.url, { headers }, counted(openMetricsContentType))
  await gateway.pushAdd({ jobName: 'compressed' })
  await gateway.delete({ jobName: 'other' })
  await gateway.pushAdd({ jobName: 'compressed' })
  expect((await shown()).value('alias_jobs_total', { job: 'compressed', instance: '' })).toBe(3)
})
