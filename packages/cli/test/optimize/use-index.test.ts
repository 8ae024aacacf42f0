import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GrafanaSource } from '../../src/doctor/source/grafana-source.js'
import { adviceTexts } from '../../src/optimize/texts/index.js'
import {
  dashboardQueries,
  dashboardTitle,
  variableQuery,
} from '../../src/optimize/usage/dashboard-queries.js'
import { metricsUsedIn } from '../../src/optimize/usage/metric-use.js'
import { readQueryLog } from '../../src/optimize/usage/query-log.js'
import { UseIndex } from '../../src/optimize/usage/use-index.js'
import {
  addDashboard,
  addDashboardFiles,
  addGrafana,
  addKeepList,
  addQueryLog,
} from '../../src/optimize/usage/use-sources.js'

const { places } = adviceTexts.en

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'telltale-use-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function indexOf(...texts: readonly string[]): UseIndex {
  const index = new UseIndex()
  for (const text of texts) index.add({ source: 'rule', name: text, text }, metricsUsedIn(text))
  return index
}

const dashboard = {
  title: 'Shop',
  templating: {
    list: [
      {
        name: 'instance',
        type: 'query',
        query: { query: 'label_values(listed{job="a,b"}, instance)', refId: 'x' },
      },
      { name: 'metric', type: 'query', query: 'metrics(job_.*)' },
      { name: 'top', type: 'query', definition: 'query_result(topk(3, asked))' },
    ],
  },
  annotations: { list: [{ name: 'deploys', expr: 'changes(deployed[5m])' }] },
  panels: [
    { title: 'Row', panels: [{ title: 'Inner', targets: [{ refId: 'A', expr: 'sum by (code) (nested)' }] }] },
    { title: 'Broken', targets: [{ refId: 'A', expr: 'sum(rate(half_written[5m])' }] },
  ],
}

describe('uses of a metric', () => {
  test('of several places come together', () => {
    const use = indexOf('sum by (a) (rate(m[10m]))', 'sum(rate(m{b="1"}[2m]))').useOf('m')
    expect(use?.places).toHaveLength(2)
    expect(use?.labels).toEqual(new Set(['a', 'b']))
    expect(use?.shortestRange).toBe(120)
  })

  test('through a pattern count for every name that fits it', () => {
    const index = indexOf('{__name__=~"http_.+_total|up"}')
    expect(index.useOf('http_requests_total')).toBeDefined()
    expect(index.useOf('http_requests')).toBeUndefined()
    expect(index.useOf('xup')).toBeUndefined()
  })

  test('in an expression that cannot be read are uncertain, and never missing', () => {
    const use = indexOf('sum(rate(half_written[5m])').useOf('half_written')
    expect(use).toMatchObject({ uncertain: true, labels: 'all' })
  })

  test('that only a variable names are told, for any metric may be meant', () => {
    const index = new UseIndex()
    addDashboard(
      index,
      { title: 'Explorer', panels: [{ title: 'Any', targets: [{ expr: 'rate($metric[5m])' }] }] },
      'x.json',
      places,
    )
    expect(index.open.map(({ name }) => name)).toEqual(['panel "Any" of x.json'])
  })

  test('are none for a look at everything', () => {
    expect(indexOf('count by (job) ({__name__=~".+"})').useOf('anything')).toBeUndefined()
  })

  test('a keep-list keeps names and patterns, and refuses what is no pattern', () => {
    const index = new UseIndex()
    addKeepList(index, ['kept', 'jvm_.*'])
    expect(['kept', 'jvm_threads', 'keptx'].map((name) => index.useOf(name) !== undefined)).toEqual([
      true,
      true,
      false,
    ])
    expect(() => addKeepList(index, ['('])).toThrow('--keep "(" is no regular expression')
  })
})

describe('a dashboard', () => {
  test('uses what its panels, rows, annotations and variables ask for', () => {
    const index = new UseIndex()
    expect(addDashboard(index, dashboard, 'shop.json', places)).toBe(true)
    const names = ['nested', 'deployed', 'listed', 'asked', 'job_count', 'half_written', 'other']
    expect(names.filter((name) => index.useOf(name) !== undefined)).toEqual(names.slice(0, -1))
    expect(index.useOf('listed')?.labels).toEqual(new Set(['job', 'instance']))
    expect(index.unread.map(({ name }) => name)).toEqual(['panel "Broken" of shop.json'])
  })

  test('of the newer schema is read as well', () => {
    const json = {
      kind: 'Dashboard',
      spec: {
        title: 'New',
        elements: {
          a: {
            spec: {
              title: 'P',
              data: { spec: { queries: [{ spec: { query: { spec: { expr: 'new_schema' } } } }] } },
            },
          },
        },
      },
    }
    expect(dashboardTitle(json)).toBe('New')
    expect(dashboardQueries(json, places).map(({ text }) => text)).toEqual(['new_schema'])
  })

  test.each([
    ['label_values(up, job)', { expression: 'up', label: 'job' }],
    ['label_values(job)', { label: 'job' }],
    ['label_values(up{a="1",b="2"}, job)', { expression: 'up{a="1",b="2"}', label: 'job' }],
    ['query_result(sum(up) by (job))', { expression: 'sum(up) by (job)' }],
  ])('variable %s is taken apart', (text, expected) => {
    expect(variableQuery(text)).toMatchObject(expected)
  })

  test('that is none is passed over, and a folder without any is a mistake', async () => {
    expect(addDashboard(new UseIndex(), { scripts: {} }, 'package.json', places)).toBe(false)
    writeFileSync(join(folder, 'package.json'), '{"scripts":{}}')
    await expect(addDashboardFiles(new UseIndex(), folder, places)).rejects.toThrow('has no dashboard')
    await expect(addDashboardFiles(new UseIndex(), join(folder, 'absent'), places)).rejects.toThrow(
      'cannot be read',
    )
  })
})

test('dashboards of a Grafana are read through its API, with its token', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.headers.authorization} ${request.url}`)
    const answers: Readonly<Record<string, unknown>> = {
      '/api/health': { database: 'ok', version: '11.0.0' },
      '/api/search?type=dash-db&limit=200': [{ uid: 'abc', title: 'Shop' }],
      '/api/dashboards/uid/abc': { dashboard },
    }
    response.end(JSON.stringify(answers[request.url ?? ''] ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const index = new UseIndex()
  const grafana = new GrafanaSource(`http://127.0.0.1:${port}`, { seconds: 5, authorization: 'Bearer x' })
  expect(await addGrafana(index, grafana, places)).toBe(1)
  server.closeAllConnections()
  server.close()
  expect(index.useOf('nested')?.places.map(({ name }) => name)).toEqual(['panel "Inner" of "Shop"'])
  expect(asked).toContain('Bearer x /api/dashboards/uid/abc')
})

describe('a query log', () => {
  const line = (query: string, ts: string, more = {}) => JSON.stringify({ params: { query }, ts, ...more })

  test('counts what was asked, and not what rules and this command ask', async () => {
    const file = join(folder, 'queries.log')
    writeFileSync(
      file,
      [
        line('sum(asked_twice)', '2026-01-01T00:00:00Z'),
        line('sum(asked_twice)', '2026-01-09T00:00:00Z'),
        line('of_a_rule', '2026-01-09T00:00:00Z', { ruleGroup: { name: 'g' } }),
        line('count(ours) # telltale optimize', '2026-01-09T00:00:00Z'),
        'not json',
        '',
      ].join('\n'),
    )
    const log = await readQueryLog(file)
    expect([...log.queries]).toEqual([['sum(asked_twice)', 2]])
    expect(log).toMatchObject({ unread: 1, span: 8 * 86_400, cut: false })
    const index = new UseIndex()
    await addQueryLog(index, file, places)
    expect(['asked_twice', 'of_a_rule', 'ours'].filter((name) => index.useOf(name))).toEqual(['asked_twice'])
  })

  test('that is not there is a mistake', async () => {
    await expect(readQueryLog(join(folder, 'absent.log'))).rejects.toThrow('--query-log')
  })
})
