import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import {
  Counter,
  exposeBytes,
  Histogram,
  OPENMETRICS_CONTENT_TYPE,
  PROTOBUF_CONTENT_TYPE,
  Registry,
} from 'telltale'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliver, findingKey } from '../../src/finding/index.js'
import { runLint } from '../../src/lint/index.js'
import { parseLint } from '../../src/lint/lint-options.js'
import { recordingTerminal } from '../finding/sample-report.js'

let folder: string
const servers: Server[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-command-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address that is no path.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function lint(args: readonly string[], stdin = '') {
  const options = parseLint(['--language', 'en', ...args])!
  const input = new PassThrough()
  input.end(stdin)
  const { report: shown, ...run } = options
  const report = await runLint({ ...run, directory: folder, stdin: input })
  const { terminal, text } = recordingTerminal()
  const code = await deliver(report, shown, terminal)
  return {
    code,
    text: text(),
    report,
    keys: report.findings.filter(({ id }) => shown.selection.has(id)).map(findingKey),
  }
}

const metrics = '# HELP requests_total Requests answered.\n# TYPE requests_total counter\nrequests_total 1\n'
const headers = { 'content-type': 'text/plain; version=0.0.4' }

test('an endpoint without faults', async () => {
  const url = await serve((_, response) => response.writeHead(200, headers).end(metrics))
  expect(await lint([`${url}/metrics`])).toMatchObject({
    code: 0,
    keys: [],
    text: '✔ nothing to report in 1 place\n',
  })
})

test('what lint says about metrics has the line and the metric', async () => {
  const bad =
    '# TYPE duration_ms gauge\nduration_ms{customer="a@b.example"} 1\nduration_ms{customer="a@b.example"} 2\n'
  await writeFile(join(folder, 'a.prom'), bad)
  const { keys, code } = await lint(['a.prom'])
  expect(keys).toEqual([
    'a.prom:1 metrics/help-missing',
    'a.prom:1 metrics/abbreviated-unit',
    'a.prom:2 metrics/id-like-label-value',
    'a.prom:3 metrics/duplicate-series',
  ])
  expect(code).toBe(1)
})

test('every format is read, from files and from addresses', async () => {
  const registry = new Registry()
  new Counter({ name: 'requests', help: 'Requests answered.', registry }).inc()
  new Histogram({ name: 'wait_seconds', help: 'How long.', buckets: [1], registry }).observe(0.5)
  const [openMetrics, protobuf] = await Promise.all(
    [OPENMETRICS_CONTENT_TYPE, PROTOBUF_CONTENT_TYPE].map(answerFor),
  )
  async function answerFor(accept: string) {
    const { contentType, chunks } = await exposeBytes(registry, { accept })
    return { contentType, body: Buffer.concat(chunks) }
  }
  await writeFile(join(folder, 'a.om'), openMetrics!.body)
  await writeFile(join(folder, 'a.pb'), protobuf!.body)
  const url = await serve((request, response) => {
    const { contentType, body } = request.url === '/om' ? openMetrics! : protobuf!
    response.writeHead(200, { 'content-type': contentType, 'content-encoding': 'gzip' }).end(gzipSync(body))
  })
  const { report } = await lint(['a.om', 'a.pb', `${url}/om`, `${url}/pb`])
  expect(report.looked).toHaveLength(4)
  expect(new Set(report.findings.map(({ id }) => id))).toEqual(new Set(['metrics/counter-total']))
})

test('standard input is read for -', async () => {
  expect((await lint(['-'], metrics)).keys).toEqual([])
  expect((await lint(['-'], 'no metrics at all')).keys).toEqual(['-:1:4 metrics/unreadable'])
})

test.each<{ what: string; answer: RequestListener; finds: string; says: string; code: number }>([
  {
    what: 'an HTML page',
    answer: (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>hello'),
    finds: 'metrics/html',
    says: '/metrics.',
    code: 1,
  },
  {
    what: 'a page that claims to be metrics',
    answer: (_, response) => response.writeHead(200, headers).end('<html></html>'),
    finds: 'metrics/html',
    says: 'got an HTML page, expected metrics',
    code: 1,
  },
  {
    what: 'a wrong content type',
    answer: (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(metrics),
    finds: 'metrics/content-type',
    says: 'got the content type application/json',
    code: 0,
  },
  {
    what: 'no content type',
    answer: (_, response) => response.writeHead(200).end(metrics),
    finds: 'metrics/no-content-type',
    says: 'Prometheus 3 refuses a scrape without it',
    code: 0,
  },
  {
    what: 'nothing',
    answer: (_, response) => response.writeHead(200, headers).end(),
    finds: 'metrics/empty',
    says: 'got no metric at all',
    code: 0,
  },
  {
    what: 'a password that is missing',
    answer: (_, response) => response.writeHead(401).end(),
    finds: 'lint/unreachable',
    says: '401 Unauthorized: give user and password in the address, or --header "Authorization: Bearer …"',
    code: 2,
  },
  {
    what: 'an error',
    answer: (_, response) => response.writeHead(500).end(),
    finds: 'lint/unreachable',
    says: '500 Internal Server Error',
    code: 2,
  },
  {
    what: 'no answer',
    answer: () => {},
    finds: 'lint/unreachable',
    says: 'no answer within 0.2 s',
    code: 2,
  },
])('$what: $finds', async ({ answer, finds, says, code }) => {
  const url = await serve(answer)
  const result = await lint([`${url}/page`, '--timeout', '200ms'])
  expect(result.report.findings.map(({ id }) => id)).toEqual([finds])
  expect(result.text).toContain(says)
  expect(result.code).toBe(code)
})

test('an endless endpoint is left at the limit', async () => {
  let sent = 0
  const url = await serve((_, response) => {
    response.writeHead(200, headers)
    const chunk = Buffer.alloc(64_000, '# HELP a b\n')
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length
    }
    response.on('drain', more)
    more()
  })
  const { text, code } = await lint([url, '--max-size', '2'])
  expect(text).toContain('it is larger than 2 MB, which --max-size allows')
  expect(code).toBe(2)
  expect(sent).toBeLessThan(20e6)
})

test('a file above the limit is not read', async () => {
  await writeFile(join(folder, 'a.prom'), Buffer.alloc(1_500_000, '# a\n'))
  expect((await lint(['a.prom', '--max-size', '1'])).keys).toEqual(['a.prom lint/too-large'])
})

test('user, password and headers are sent, and the password is shown nowhere', async () => {
  const url = await serve((request, response) => {
    const isRight = request.headers.authorization === `Basic ${Buffer.from('kim:s3cret').toString('base64')}`
    response.writeHead(isRight && request.headers['x-scope'] === 'a' ? 200 : 401, headers).end('bad')
  })
  const { text, report } = await lint([url.replace('//', '//kim:s3cret@'), '--header', 'X-Scope: a'])
  expect(report.findings.map(({ id }) => id)).toEqual(['metrics/unreadable'])
  expect(text).not.toContain('s3cret')
})

test('nobody listens, and no such file: the exit code is 2', async () => {
  const { code, text } = await lint(['http://127.0.0.1:1/metrics', 'none.yml'])
  expect(code).toBe(2)
  expect(text).toContain('no connection')
  expect(text).toContain('none.yml')
})

test('a folder is walked, and files of other programs are left alone', async () => {
  await mkdir(join(folder, 'node_modules', 'x'), { recursive: true })
  await mkdir(join(folder, 'rules'))
  await writeFile(join(folder, 'rules', 'a.yml'), 'groups: [{name: a, rules: [{alert: A, expr: up}]}]\n')
  await writeFile(join(folder, 'node_modules', 'x', 'b.yml'), 'groups: [')
  await writeFile(join(folder, 'compose.yml'), 'services: {}\n')
  await writeFile(join(folder, 'package.json'), '{}')
  await writeFile(join(folder, 'test.yml'), 'rule_files: [a.yml]\ntests: []\n')
  const { report } = await lint(['.'])
  expect(report.looked).toEqual(['rules/a.yml'])
})

test('a file that is named and is nothing known is said to be so', async () => {
  await writeFile(join(folder, 'compose.yml'), 'services: {}\n')
  const { keys, text } = await lint(['compose.yml'])
  expect(keys).toEqual(['compose.yml lint/unknown-kind'])
  expect(text).toContain('--as')
})

test('rules of the Prometheus Operator and dashboards of the API are recognised', async () => {
  await writeFile(
    join(folder, 'a.yaml'),
    'kind: PrometheusRule\nspec:\n  groups: [{name: a, rules: [{record: "a:b", expr: up(}]}]\n',
  )
  await writeFile(join(folder, 'b.json'), JSON.stringify({ dashboard: { uid: 'a b', panels: [] }, meta: {} }))
  const { keys } = await lint(['.', '--only', 'promql,dashboard/uid'])
  expect(keys).toContain('a.yaml:3:54 promql/unclosed')
  expect(keys.some((key) => key.endsWith('dashboard/uid'))).toBe(true)
})

test('metrics, scrape interval and rules of one run are seen together', async () => {
  const gauges = '# HELP queue_size Waiting.\n# TYPE queue_size gauge\nqueue_size 1\n'
  await writeFile(join(folder, 'app.prom'), gauges)
  await writeFile(
    join(folder, 'prometheus.yml'),
    'global: {scrape_interval: 1m}\nscrape_configs: [{job_name: a, static_configs: [{targets: ["a:1"]}]}]\n',
  )
  await writeFile(
    join(folder, 'rules.yml'),
    'groups: [{name: a, rules: [{record: "a:b", expr: "rate(queue_size[1m])"}]}]\n',
  )
  const { keys } = await lint(['.', '--only', 'query'])
  expect(keys).toEqual(['rules.yml:1:51 query/short-range', 'rules.yml:1:51 query/rate-of-gauge'])
})

test('a dashboard is compared with the metrics of the run, and with other dashboards', async () => {
  const text = (expr: string) =>
    JSON.stringify({ uid: 'a', panels: [{ id: 1, type: 'stat', targets: [{ refId: 'A', expr }] }] })
  await writeFile(join(folder, 'app.prom'), metrics)
  await writeFile(join(folder, 'a.json'), text('rate(request_total[$__rate_interval])'))
  await writeFile(join(folder, 'b.json'), text('rate(requests_total[$__rate_interval])'))
  const { report } = await lint(['.', '--only', 'dashboard/unknown-metric,dashboard/duplicate-uid'])
  expect(report.findings.filter(({ id }) => id === 'dashboard/unknown-metric')).toMatchObject([
    { where: { name: 'a.json' }, text: { en: { remedy: 'Write requests_total, if that was meant.' } } },
  ])
  expect(report.findings.filter(({ id }) => id === 'dashboard/duplicate-uid')).toMatchObject([
    { where: { name: 'b.json' } },
  ])
})

test.each([
  { args: ['--as', 'logs'], says: 'metrics, rules, prometheus, alertmanager or dashboard' },
  { args: ['--target', 'latest'], says: 'give a version such as 2.42' },
  { args: ['--scrape-interval', 'often'], says: 'give a duration such as 15s' },
  { args: ['--header', 'nonsense'], says: 'Authorization: Bearer' },
  { args: ['--max-size', '0'], says: 'megabytes from 0.001 to 2000' },
  { args: ['--nope'], says: 'telltale lint --help' },
])('$args is refused with the remedy', ({ args, says }) => {
  expect(() => parseLint(args)).toThrow(says)
})

test('the rule files that a prometheus.yml names are looked at too, and each once', async () => {
  await mkdir(join(folder, 'rules'))
  await writeFile(join(folder, 'prometheus.yml'), 'rule_files: [rules/*.yml]\nscrape_configs: []\n')
  await writeFile(join(folder, 'rules/shop.yml'), 'groups:\n  - name: shop\n    rules:\n      - alert: A\n')
  const { report, keys } = await lint(['prometheus.yml'])
  expect(report.looked).toEqual(['prometheus.yml', 'rules/shop.yml'])
  expect(keys).toContain('rules/shop.yml:4:9 yaml/missing-field')
  expect((await lint(['prometheus.yml', 'rules'])).report.looked).toEqual([
    'prometheus.yml',
    'rules/shop.yml',
  ])
})

test('a comment in the file takes a finding away', async () => {
  const rule = (comment: string) =>
    `groups:\n  - name: shop\n    rules:\n${comment}      - alert: A\n        expr: up == 0\n`
  await writeFile(join(folder, 'a.yml'), rule(''))
  await writeFile(join(folder, 'b.yml'), rule('      # telltale-ignore rules/no-runbook: a demonstration\n'))
  expect((await lint(['a.yml'])).keys).toContain('a.yml:4:9 rules/no-runbook')
  expect((await lint(['b.yml'])).keys.join()).not.toContain('rules/no-runbook')
})

test('a JSON file that is broken before it shows what it is, is told with the place of its fault', async () => {
  await writeFile(join(folder, 'half.json'), '{\n  "title": "Shop",\n}\n')
  const { code, text } = await lint(['half.json'])
  expect(code).toBe(2)
  expect(text).toContain('half.json\n  3:1  error  lint/broken-json')
  expect(text).toContain('expected a name in double quotes, got }')
})

test('broken JSON of others in a folder is not told', async () => {
  await writeFile(join(folder, 'tsconfig.json'), '{ // comments are usual here\n}')
  await writeFile(join(folder, 'a.prom'), metrics)
  expect((await lint([])).keys).toEqual([])
})
