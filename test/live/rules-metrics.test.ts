import { ChildGroup, nodeExporterServer, startNodeExporterServer } from '@telltale/cli'
import { catalogueMetrics } from 'telltale/monitoring'
import { parseExposition } from 'telltale/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-ports.js'
import { installed, TestAlertmanager, TestPrometheus } from './servers/index.js'

// What the catalogue says about other programs' metrics, compared with what these programs expose.

let alertmanager: TestAlertmanager
let prometheus: TestPrometheus
const machine = new ChildGroup()
let nodeExporterUrl = ''
// Prometheus knows its Alertmanagers after 5 s, and sends an alert that it could not send again after a minute.
const rule = 'groups: [{ name: g, rules: [{ alert: Always, expr: vector(1), for: 8s }] }]'

beforeAll(async () => {
  alertmanager = await TestAlertmanager.start()
  prometheus = await TestPrometheus.start({ jobs: [], rules: [rule], alertmanager: alertmanager.url })
  const exporter = await startNodeExporterServer(machine, await installed(nodeExporterServer), {
    port: await freePort(),
  })
  nodeExporterUrl = exporter.url
  await alertmanager.webhook.alert(({ labels }) => labels.alertname === 'Always')
})

afterAll(async () => {
  await machine.stop()
  await prometheus?.stop()
  await alertmanager?.stop()
})

/** Exposed only with remote_write. */
const optional = ['prometheus_remote_storage_queue_highest_sent_timestamp_seconds']

async function typesOf(url: string): Promise<ReadonlyMap<string, string>> {
  const answer = await fetch(`${url}/metrics`)
  const { families } = parseExposition(await answer.text())
  return new Map(families.map(({ name, type }) => [name, type]))
}

test.each([
  ['Prometheus', 'prometheus_', () => prometheus.url],
  ['Alertmanager', 'alertmanager_', () => alertmanager.url],
  ['node_exporter', 'node_', () => nodeExporterUrl],
])('%s exposes what the catalogue has of it, with these types', async (_, prefix, url) => {
  const exposed = await typesOf(url())
  const known = catalogueMetrics().filter(({ name, source }) => {
    return (
      (source === 'server' || source === 'machine') && name.startsWith(prefix) && !optional.includes(name)
    )
  })
  expect(known.length).toBeGreaterThan(2)
  const missing = known.filter(({ name, type }) => exposed.get(name) !== type)
  expect(missing.map(({ name }) => `${name}: ${exposed.get(name)}`)).toEqual([])
})

test('Prometheus records what the catalogue has of each scrape', async () => {
  const api = prometheus.api
  await prometheus.reload({ jobs: [{ name: 'self', targets: [new URL(prometheus.url).host] }] })
  await api.targetUp('self')
  const names = await api.labelValues('__name__')
  const known = catalogueMetrics().flatMap(({ name, source }) => (source === 'target' ? [name] : []))
  expect(names).toEqual(expect.arrayContaining(known))
})
