import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ChildGroup, prometheusServer, runCommand, startPrometheusServer } from '@telltale/cli'
import { metricOfSample, promql, type Query, query as q, samplesOf } from 'telltale/monitoring'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Evaluation } from '../../packages/telltale/src/monitoring/live/evaluation.js'
import { History, type ScrapedSample } from '../../packages/telltale/src/monitoring/live/history.js'
import { liveSignals } from '../../packages/telltale/src/monitoring/live/live-signals.js'
import { type Element, labelKey } from '../../packages/telltale/src/monitoring/live/vector.js'
import { alertQuery } from '../../packages/telltale/src/monitoring/rules/alert-rules.js'
import { freePort } from '../support/free-ports.js'
import { installed, testFolder } from './servers/index.js'

const SCRAPES = 420
const bounds = ['0.01', '0.1', '0.5', '1', '5', '+Inf']
const values: Readonly<Record<string, readonly string[]>> = {
  status_code: ['200', '404', '499', '500'],
  status: ['success', 'error'],
  state: ['in_use', 'max', 'waiting', 'idle', 'active'],
}

/** A series and what it is at each scrape from its first on. */
interface Course {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly from: number
  at(scrape: number): number
}

// The same numbers at each run.
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const next = random(7)

/** Grows unevenly, and starts anew once where it says so. */
function counter(from: number, resets: boolean): (scrape: number) => number {
  const start = Math.floor(next() * 40)
  const sums = [start]
  const reset = resets ? from + 20 + Math.floor(next() * (SCRAPES - from - 40)) : -1
  for (let i = 1; i < SCRAPES; i++) {
    const before = i === reset ? 0 : sums[i - 1]!
    sums.push(before + (next() < 0.4 ? 0 : Math.floor(next() * 9)))
  }
  return (scrape) => sums[scrape]!
}

function gauge(most: number): (scrape: number) => number {
  const course = Array.from({ length: SCRAPES }, () => (next() < 0.02 ? Number.NaN : next() * most))
  return (scrape) => course[scrape]!
}

/** Two label sets of each metric, one of which may begin late. */
function coursesOf(name: string): readonly Course[] {
  const { labels, type } = metricOfSample(`${name}_sum`) ?? metricOfSample(name)!
  return Array.from({ length: labels.length === 0 ? 1 : 5 }, (_, i) => {
    const free = labels.find((label) => values[label] === undefined)
    const textOf = (label: string) =>
      values[label]?.[i % values[label].length] ?? `v${label === free ? i : i % 3}`
    const own = Object.fromEntries(labels.map((label) => [label, textOf(label)]))
    const set = { job: 'app', instance: 'a:1', ...own }
    const from = i % 3 === 2 ? Math.floor(next() * 380) : 0
    if (type === 'gauge') return [{ name, labels: set, from, at: gauge(name.includes('fds') ? 90 : 3) }]
    if (type === 'counter') return [{ name, labels: set, from, at: counter(from, i % 2 === 0) }]
    const parts = bounds.map(() => counter(from, false))
    const upTo = (bucket: number) => (scrape: number) =>
      parts.slice(0, bucket + 1).reduce((sum, part) => sum + part(scrape), 0)
    return [
      ...bounds.map((le, bucket) => ({
        name: `${name}_bucket`,
        labels: { ...set, le },
        from,
        at: upTo(bucket),
      })),
      { name: `${name}_sum`, labels: set, from, at: (scrape: number) => upTo(5)(scrape) * 0.3 },
      { name: `${name}_count`, labels: set, from, at: upTo(5) },
    ]
  }).flat()
}

const pageQueries: readonly (readonly [string, Query])[] = liveSignals.flatMap((signal) => {
  const { id, query, alert } = signal
  const conditions = alert?.thresholds.map(
    (threshold) => [`${id}, ${threshold.severity}`, alertQuery(signal, alert, threshold)] as const,
  )
  return [[id, query] as const, ...(conditions ?? [])]
})

const requests = q.metric('http_requests_total')
const inFlight = q.metric('nodejs_http_requests_in_flight')
const pools = q.metric('database_connections_active')
const queues = q.metric('queue_size')

/** What a query may be besides: every function, operation and aggregation that there is. */
const furtherQueries: readonly (readonly [string, Query])[] = [
  ...(
    ['delta', 'deriv', 'changes', 'resets', 'avg_over_time', 'min_over_time', 'max_over_time'] as const
  ).map((fn) => [fn, q.over(fn, queues, 120)] as const),
  ...(
    ['sum_over_time', 'count_over_time', 'stddev_over_time', 'last_over_time', 'present_over_time'] as const
  ).map((fn) => [fn, q.over(fn, pools, 90)] as const),
  ['resets of a counter', q.over('resets', requests, 600)],
  ['increase', q.increase(requests, 77)],
  ['quantile_over_time', { ...q.over('quantile_over_time', pools, 90), argument: 0.3 }],
  ['predict_linear', q.predict(q.metric('queue_size'), 200, 600)],
  ['a subquery', q.overSubquery('max_over_time', q.sumBy(['job'], q.rate(requests, 60)), 300, 30)],
  ['the past', q.sumBy(['status_code'], q.rate(q.ago(requests, 120), 60))],
  ...(['sum', 'avg', 'min', 'max', 'count', 'group'] as const).map(
    (fn) => [`${fn} by`, q.aggregate(fn, ['status_code'], q.rate(requests, 60))] as const,
  ),
  ['sum without', q.sumWithout(['route', 'method'], requests)],
  [
    'quantile',
    { kind: 'aggregate', fn: 'quantile', grouping: 'by', labels: ['job'], argument: 0.4, of: pools },
  ],
  ['topk', q.topk(2, q.rate(requests, 60))],
  ['bottomk', { ...q.topk(2, q.rate(requests, 60)), fn: 'bottomk' }],
  ['clamp_min', q.call('clamp_min', pools, 1)],
  ['clamp_max', q.call('clamp_max', pools, 1)],
  ['abs', q.call('abs', q.binary(pools, '-', q.num(1.5)))],
  ['absent of what is there', q.call('absent', pools)],
  ['absent of what is not', q.call('absent', q.metric('http_requests_total', q.eq('route', 'nowhere')))],
  ['and', q.and(requests, q.binary(requests, '>', q.num(500)))],
  ['unless', q.binary(requests, 'unless', q.metric('http_requests_total', q.like('status_code', '5..|2..')))],
  ['or', q.binary(q.sumBy(['job'], requests), 'or', q.sumBy(['state'], pools))],
  [
    'a matcher that is not',
    q.metric('http_requests_total', q.not('status_code', '200'), q.unlike('route', 'v1')),
  ],
  ['a label that is empty', q.metric('http_requests_total', q.eq('nothing', ''))],
  ['arithmetic', q.binary(q.binary(pools, '*', q.num(7)), '%', q.num(2))],
  ['a power', q.binary(q.num(2), '^', pools)],
  [
    'one side with many',
    {
      ...q.binary(pools, '/', q.sumBy(['database'], pools), ['database']),
      group: { side: 'left', include: [] },
    },
  ],
  ['a number on the left', q.binary(q.num(1), '<', pools)],
  ['an equal label', q.labelled(inFlight, 'kind', 'open')],
  ['a constant', { kind: 'vector', value: 4 }],
  [
    'quantiles above',
    q.histogramQuantile(1, q.sumBy(['le'], q.rate(q.metric('http_request_duration_seconds_bucket')))),
  ],
  ['quantiles of nothing', q.histogramQuantile(0.5, q.sumBy(['job'], requests))],
]

const group = new ChildGroup()
const history = new History({ seconds: 900, series: 100_000 })
const end = Math.floor(Date.now() / 60_000) * 60 - 60
const times = Array.from(
  { length: SCRAPES },
  (_, i) => end - (SCRAPES - 1 - i) * 2 + ((i * 37) % 11) / 10 - 1,
)
let folder: Awaited<ReturnType<typeof testFolder>>
let url = ''

beforeAll(async () => {
  folder = await testFolder('live-page')
  const all = [...pageQueries, ...furtherQueries].flatMap(([, query]) => samplesOf(query))
  const names = [...new Set(all.map((sample) => metricOfSample(sample)!.name))].sort()
  const courses = names.flatMap(coursesOf)
  for (const [i, at] of times.entries()) history.add(at, samplesAt(courses, i))
  const text = join(folder.path, 'history.om')
  writeFileSync(text, openMetrics(courses))
  const installation = await installed(prometheusServer)
  const data = join(folder.path, 'data')
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', text, data]
  const made = await runCommand(installation.command('promtool'), args, { env: installation.environment() })
  if (made.code !== 0) throw new Error(made.tail.join('\n'))
  const configFile = join(folder.path, 'prometheus.yml')
  writeFileSync(configFile, 'global:\n  scrape_interval: 1m\n')
  const port = await freePort()
  ;({ url } = await startPrometheusServer(group, installation, {
    port,
    configFile,
    dataFolder: data,
    flags: [],
  }))
})

afterAll(async () => {
  await group.stop()
  await folder?.remove()
})

function samplesAt(courses: readonly Course[], scrape: number): readonly ScrapedSample[] {
  const there = courses.filter(({ from }) => from <= scrape)
  return there.map(({ name, labels, at }) => ({ name, labels, value: at(scrape) }))
}

function openMetrics(courses: readonly Course[]): string {
  const lines = courses.flatMap(({ name, labels, from, at }) => {
    const set = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
    return times.flatMap((time, i) => (i < from ? [] : [`${name}{${set}} ${at(i)} ${time.toFixed(3)}`]))
  })
  return `${lines.join('\n')}\n# EOF\n`
}

interface QueryAnswer {
  readonly status: string
  readonly error?: string
  readonly data:
    | { readonly resultType: 'scalar'; readonly result: readonly [number, string] }
    | {
        readonly resultType: 'vector'
        readonly result: readonly {
          readonly metric: Readonly<Record<string, string>>
          readonly value: readonly [number, string]
        }[]
      }
}

async function asked(expression: string, at: number): Promise<readonly Element[]> {
  const body = new URLSearchParams({ query: expression, time: at.toFixed(3) })
  const response = await fetch(`${url}/api/v1/query`, { method: 'POST', body })
  const answer = (await response.json()) as QueryAnswer // as the API of Prometheus promises
  if (answer.status !== 'success') throw new Error(`${expression}: ${answer.error}`)
  const { data } = answer
  if (data.resultType === 'scalar') return [{ labels: {}, value: Number(data.result[1]) }]
  return data.result.map(({ metric, value }) => {
    const { __name__, ...labels } = metric
    return { labels, value: Number(value[1].replace('Inf', 'Infinity')) }
  })
}

/** Where two results are not the same. Prometheus has its times in milliseconds, and adds in another order. */
function differences(got: readonly Element[], expected: readonly Element[]): readonly string[] {
  const found = new Map(got.map(({ labels, value }) => [labelKey(labels), value]))
  const wrong = expected.flatMap(({ labels, value }) => {
    const own = found.get(labelKey(labels))
    found.delete(labelKey(labels))
    const isSame =
      Object.is(own, value) ||
      (own !== undefined && Math.abs(own - value) <= 1e-6 * Math.max(1, Math.abs(value)))
    return isSame ? [] : [`${labelKey(labels)}: got ${own}, expected ${value}`]
  })
  return [...wrong, ...Array.from(found, ([key, value]) => `${key}: got ${value}, expected nothing`)]
}

const moments = [end - 640.25, end - 71.35, end + 0.35]

test('the page watches what the alerts watch', () => {
  expect(pageQueries.length).toBeGreaterThan(50)
})

test.each([...pageQueries, ...furtherQueries])('%s is what Prometheus says it is', async (_, query) => {
  for (const at of moments) {
    const expected = await asked(promql(query, { recorded: 'inline' }), at)
    expect(differences(new Evaluation(history, at).vector(query), expected)).toEqual([])
    // As the graphs of the page have it, with rates over less.
    const short = await asked(
      promql(query, { recorded: 'inline', duration: (s) => `${s === 300 ? 30 : s}s` }),
      at,
    )
    const evaluation = new Evaluation(history, at, ({ range }) => (range === 300 ? 30 : range))
    expect(differences(evaluation.vector(query), short)).toEqual([])
  }
})

test('the samples are such that most queries have a value', async () => {
  const counts = await Promise.all(
    pageQueries.map(
      async ([, query]) => (await asked(promql(query, { recorded: 'inline' }), end + 0.35)).length,
    ),
  )
  expect(counts.filter((count) => count > 0).length).toBeGreaterThan(pageQueries.length * 0.6)
})
