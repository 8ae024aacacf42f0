import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderAlertmanager, renderPrometheus } from '../../src/stack/rendered-configuration.js'

const deploy = fileURLToPath(new URL('../../../../deploy', import.meta.url))
const real = {
  metrics: 'localhost:19090',
  nodeExporter: 'localhost:19100',
  alertmanager: 'localhost:19093',
  webhook: 'http://localhost:15001/alerts',
}

let into: string

beforeEach(async () => {
  into = await mkdtemp(join(tmpdir(), 'telltale-render-'))
})

afterEach(() => rm(into, { recursive: true }))

async function rendered(addresses: Parameters<typeof renderPrometheus>[2] = real, from = deploy) {
  return parse(await readFile(await renderPrometheus(from, into, addresses), 'utf8'))
}

test('every address of prometheus.yml is the real one, and every other setting stays', async () => {
  const original = parse(await readFile(join(deploy, 'prometheus.yml'), 'utf8'))
  const result = await rendered()
  const text = JSON.stringify({ ...original, rule_files: [] })
    .replaceAll('localhost:9090', real.metrics)
    .replaceAll('localhost:9100', real.nodeExporter)
    .replaceAll('alertmanager:9093', real.alertmanager)
  expect({ ...result, rule_files: [] }).toEqual(JSON.parse(text))
})

test('rules are read from where they are, with the better ones beside', async () => {
  expect((await rendered()).rule_files).toEqual([
    join(deploy, 'alert_rules.yml'),
    join(deploy, 'better_rules.yml'),
  ])
})

test('what is not running is neither scraped nor sent to', async () => {
  const { alerting, scrape_configs } = await rendered({ metrics: real.metrics, webhook: real.webhook })
  expect(alerting).toBeUndefined()
  expect(scrape_configs.map((job: { job_name: string }) => job.job_name)).toEqual([
    'nodejs-app',
    'nodejs-default',
  ])
})

test('a long expression is not folded and a comment is not lost', async () => {
  const expression = `sum(${'x'.repeat(200)}) on (job)`
  await writeFile(join(into, 'alertmanager.yml'), `# where alerts go\nroute: { receiver: "${expression}" }\n`)
  const text = await readFile(await renderAlertmanager(into, into, real), 'utf8')
  expect(text).toContain('# where alerts go')
  expect(text).toContain(expression)
})

test('the webhook is the real one', async () => {
  const { receivers } = parse(await readFile(await renderAlertmanager(deploy, into, real), 'utf8'))
  expect(receivers[0].webhook_configs[0].url).toBe(real.webhook)
})

test('a file that is missing or not YAML is named', async () => {
  await expect(rendered(real, '/nonexistent')).rejects.toMatchObject({
    code: 'TELLTALE_DEPLOY',
    message: expect.stringContaining('/nonexistent/prometheus.yml cannot be read'),
  })
  await writeFile(join(into, 'prometheus.yml'), 'global: {a: 1\n')
  await expect(rendered(real, into)).rejects.toMatchObject({
    message: expect.stringContaining('is not valid YAML'),
  })
})

test('nothing is sent to other machines, and secrets are read from where they are', async () => {
  await writeFile(
    join(into, 'prometheus.yml'),
    `scrape_configs:
  - job_name: prometheus
    static_configs: [{ targets: ["localhost:9091"] }]
    authorization: { credentials_file: secrets/token }
  - job_name: alertmanager
    static_configs: [{ targets: ["alertmanager:9093"] }]
remote_write: [{ url: "https://storage.example/api/v1/write" }]
`,
  )
  const addresses = { metrics: real.metrics, webhook: real.webhook, prometheus: 'localhost:19091' }
  const { remote_write, scrape_configs } = await rendered(addresses, into)
  expect(remote_write).toBeUndefined()
  expect(scrape_configs).toEqual([
    {
      job_name: 'prometheus',
      static_configs: [{ targets: ['localhost:19091'] }],
      authorization: { credentials_file: join(into, 'secrets/token') },
    },
  ])
})
