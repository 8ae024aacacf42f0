import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { ChildGroup, PrometheusApi, prometheusServer, runCommand, startPrometheusServer } from '@telltale/cli'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../packages/cli/src/optimize/command.js'
import { Terminal } from '../../packages/cli/src/terminal.js'
import { freePort } from '../support/free-ports.js'
import { installed, testFolder } from './servers/index.js'

interface Found {
  readonly id: string
  readonly subject: string
  readonly figure: string
  readonly saving?: {
    readonly series: number
    readonly samplesPerSecond: number
    readonly bytesPerDay: number
  }
  readonly change: { readonly text: string }
}

const HOUR = 3_600
const group = new ChildGroup()
let folder: Awaited<ReturnType<typeof testFolder>>
let advice: readonly Found[] = []
let output: {
  readonly bytesPerSample: { readonly value: number; readonly measured: boolean }
  readonly missed: readonly { readonly what: string }[]
  readonly storage: { readonly retention: number }
}

/** Samples of 26 hours, as a backup of another server would have them: a metric that grew, and one that stands still. */
function history(now: number): string {
  const lines: string[] = []
  const series = (name: string, value: (at: number) => number, from: number, step: number) => {
    for (let at = from; at <= now; at += step) lines.push(`${name} ${value(at)} ${at}`)
  }
  lines.push('# TYPE grown gauge')
  for (let i = 0; i < 100; i++) series(`grown{user="u${i}",job="old"}`, () => i, now - 26 * HOUR, 240)
  for (let i = 100; i < 400; i++) series(`grown{user="u${i}",job="old"}`, () => i, now - HOUR, 240)
  lines.push('# TYPE latency_seconds histogram')
  const start = now - 26 * HOUR
  for (const [le, each] of [
    ['0.1', 0],
    ['1', 8],
    ['2', 8],
    ['5', 8],
    ['+Inf', 10],
  ] as const) {
    series(
      `latency_seconds_bucket{le="${le}",job="old"}`,
      (at) => Math.floor((at - start) / 60) * each,
      start,
      60,
    )
  }
  series('latency_seconds_count{job="old"}', (at) => Math.floor((at - start) / 60) * 10, start, 60)
  series('latency_seconds_sum{job="old"}', (at) => Math.floor((at - start) / 60) * 7, start, 60)
  lines.push('# TYPE scrape_series_added gauge')
  series('scrape_series_added{job="old"}', () => 20, now - 3 * HOUR, 60)
  lines.push('# TYPE scrape_samples_post_metric_relabeling gauge')
  series('scrape_samples_post_metric_relabeling{job="old"}', () => 400, now - 3 * HOUR, 60)
  return `${lines.join('\n')}\n# EOF\n`
}

const rules = `groups:
  - name: old
    interval: 1s
    rules:
      - record: grown:count
        expr: count(grown)
      - record: nobody:reads:this
        expr: sum by (job) (increase(latency_seconds_count[30d]))
      - alert: Slow
        expr: histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket[5m]))) > 1
      - alert: VerySlow
        expr: histogram_quantile(0.99, sum by (le) (rate(latency_seconds_bucket[5m]))) > 2
      - alert: Counted
        expr: grown:count > 1e6
      - alert: Scrapes
        expr: rate(prometheus_http_requests_total[5s]) > 1e6
`

beforeAll(async () => {
  folder = await testFolder('history')
  const installation = await installed(prometheusServer)
  const data = join(folder.path, 'data')
  const text = join(folder.path, 'history.om')
  writeFileSync(text, history(Math.floor(Date.now() / 1000)))
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', text, data]
  const made = await runCommand(installation.command('promtool'), args, { env: installation.environment() })
  expect(made, made.tail.join('\n')).toMatchObject({ code: 0 })
  const port = await freePort()
  const target = `[{ targets: ["127.0.0.1:${port}"] }]`
  writeFileSync(join(folder.path, 'rules.yml'), rules)
  writeFileSync(
    join(folder.path, 'prometheus.yml'),
    `global: { scrape_interval: 2s }
rule_files: [rules.yml]
scrape_configs:
  - { job_name: self, static_configs: ${target} }
  - { job_name: self-again, scrape_interval: 4s, static_configs: ${target} }
`,
  )
  const { url } = await startPrometheusServer(group, installation, {
    port,
    configFile: join(folder.path, 'prometheus.yml'),
    dataFolder: data,
    flags: [
      '--storage.tsdb.retention.time=20d',
      '--enable-feature=native-histograms',
      '--no-storage.tsdb.wal-compression',
    ],
  })
  const api = new PrometheusApi(url)
  await api.until((one) => one.value('count_over_time(grown:count[1m]) >= 2 and on() count(up) == 2'), {
    what: 'rules and scrapes',
    within: 60_000,
  })
  let printed = ''
  const sink = new Writable({
    write(chunk, _, done) {
      printed += chunk
      done()
    },
  })
  const told = [url, '--no-dashboards', '--disk', '1MB', '--json']
  expect(await run(told, new Terminal(sink as unknown as NodeJS.WriteStream))).toBe(0)
  const result = JSON.parse(printed)
  output = result
  advice = result.advice
})

afterAll(async () => {
  await group.stop()
  await folder?.remove()
})

const found = (id: string) => advice.filter((one) => one.id === id)

test('nothing is left out on a server that has run for a day', () => {
  expect(output.missed).toEqual([])
})

test('a metric that grew since yesterday is found', () => {
  const [grown] = found('growing-metric')
  expect(grown?.subject).toBe('grown')
  expect(grown?.figure).toBe('100 series 1d ago, 400 now: 300 more a day')
})

test('series that come and go are found', () => {
  const [churn] = found('churn')
  expect(churn?.subject).toBe('job old')
  expect(churn?.figure).toContain('of the 400 that are active')
})

test('observations beyond the last bound are found, with bounds that reach further', () => {
  const [beyond] = found('bucket-beyond')
  expect(beyond).toMatchObject({ subject: 'latency_seconds' })
  expect(beyond?.figure).toMatch(/^20 % lie above the last bound, 5, of [\d,]+ observations in the last 1d$/)
  const bounds = JSON.parse(
    /buckets: (\[.*?\])/.exec(
      advice.find(
        ({ subject, change }) => subject === 'latency_seconds' && change.text.startsWith('buckets'),
      )!.change.text,
    )![1]!,
  )
  expect(Math.max(...bounds)).toBeGreaterThan(5)
  expect(bounds).toEqual(expect.arrayContaining([1, 2]))
})

test('one address in two jobs is found, with what the slower of them costs', () => {
  const [twice] = found('scraped-twice')
  expect(twice?.subject).toBe('jobs self and self-again')
  expect(twice?.change.text).toBe('take the job self-again out')
  expect(twice?.saving?.samplesPerSecond).toBeCloseTo(twice!.saving!.series / 4)
})

test('a range that is too short for its interval is found', () => {
  const short = found('short-range').map(({ subject }) => subject)
  expect(short).toEqual(['job self', 'job self-again'])
})

test('a recording rule that nobody reads is found, and one that is read is not', () => {
  expect(found('unused-recording').map(({ subject }) => subject)).toEqual(['nobody:reads:this in old'])
})

test('an aggregation that stands in two places becomes a recording rule', () => {
  const [repeated] = found('repeated-expression')
  expect(repeated?.change.text).toBe(
    '- record: le:latency_seconds_bucket:rate5m\n  expr: sum by (le) (rate(latency_seconds_bucket[5m]))',
  )
  expect(repeated?.figure).toContain('it stands in 2 places')
})

test('storage is compared with the disk, and ranges with what is kept', () => {
  expect(output.storage.retention).toBe(20 * 86_400)
  expect(found('disk-too-small')).toHaveLength(1)
  expect(found('wal-not-compressed')).toHaveLength(1)
  expect(found('range-beyond-retention')[0]?.change.text).toContain('retention.time=30d')
})
