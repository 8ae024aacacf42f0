import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import {
  dashboardSignals,
  dashboards,
  dashboardUid,
  dashboardUids,
  type GrafanaDashboard,
  type GrafanaPanel,
  objectiveSignals,
  signals,
  tuneSignals,
} from '../../../src/monitoring/index.js'
import { classicSchema } from './classic-schema.js'

const english = dashboards()
const languages = { en: english, ko: dashboards({ language: 'ko' }) }
const named = english.map((dashboard) => [dashboard.title, dashboard] as const)

const panelsOf = ({ panels }: GrafanaDashboard): readonly GrafanaPanel[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? [] : [panel]))
const panel = (uid: string, title: string, type = 'timeseries', from = english) =>
  panelsOf(from.find((one) => one.uid === uid)!).find((one) => one.title === title && one.type === type)!

describe('the dashboards', () => {
  test('are eight, each under its own uid, which does not change', () => {
    expect(english.map(({ uid }) => uid)).toEqual([
      'telltale-overview',
      'telltale-http',
      'telltale-runtime',
      'telltale-dependencies',
      'telltale-queues',
      'telltale-business',
      'telltale-objectives',
      'telltale-monitoring',
    ])
    expect(Object.values(dashboardUids)).toEqual(english.map(({ uid }) => uid))
  })

  test.each(Object.entries(languages))('in %s are what the classic model allows', (_, all) => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(classicSchema)
    for (const dashboard of all) {
      validate(structuredClone(dashboard))
      expect(validate.errors ?? [], dashboard.uid).toEqual([])
    }
  })

  test('show every signal where its alert links to', () => {
    const shown = new Map(Object.entries(dashboardSignals()).map(([name, ids]) => [`telltale-${name}`, ids]))
    for (const { id, group } of [...signals, ...objectiveSignals]) {
      expect(shown.get(dashboardUid(group)), id).toContain(id)
    }
  })

  test('link to one another, with the choices and the time', () => {
    for (const { links, tags } of english) {
      expect(links).toMatchObject([
        { type: 'dashboards', tags: ['telltale'], includeVars: true, keepTime: true },
      ])
      expect(tags).toContain('telltale')
    }
    const uids = english.map(({ uid }) => uid)
    const addresses = english.flatMap((one) =>
      panelsOf(one).flatMap(({ fieldConfig }) => (fieldConfig.defaults.links ?? []).map(({ url }) => url)),
    )
    expect(addresses.length).toBeGreaterThan(5)
    for (const url of addresses) expect(uids).toContain(/^\/d\/([\w-]+)\?/.exec(url)?.[1])
  })

  test('say when processes started and what was deployed', () => {
    for (const { uid, annotations } of english) {
      const names = annotations.list.map(({ name }) => name)
      expect(names, uid).toEqual(uid === 'telltale-objectives' ? ['Deployments'] : ['Starts', 'Deployments'])
    }
    expect(english[0]!.annotations.list[0]!.expr).toMatch(/process_start_time_seconds.* \* 1000$/)
    expect(english[0]!.annotations.list[1]!.target).toMatchObject({ type: 'tags', tags: ['deploy'] })
  })
})

describe.each(named)('%s', (_, dashboard) => {
  test('fills the window: no gap beside a panel, none over another', () => {
    const rows = new Map<number, number>()
    for (const { gridPos } of dashboard.panels) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) rows.set(y, (rows.get(y) ?? 0) + gridPos.w)
    }
    expect([...rows.keys()].sort((a, b) => a - b)).toEqual(Array.from(rows.keys(), (_, i) => i))
    expect(new Set(rows.values())).toEqual(new Set([24]))
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
  })

  test('has panels with numbers of their own, and queries with letters of their own', () => {
    const ids = dashboard.panels.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { title, targets } of panelsOf(dashboard)) {
      expect(targets.map(({ refId }) => refId).join(''), title).toBe('ABCDEFGH'.slice(0, targets.length))
    }
  })

  test('has short titles, and no variable that nothing uses', () => {
    for (const all of Object.values(languages)) {
      const { panels } = all.find(({ uid }) => uid === dashboard.uid)!
      for (const { title, gridPos } of panels) expect(title.length, title).toBeLessThan(gridPos.w * 6)
    }
    const text = JSON.stringify([dashboard.panels, dashboard.annotations])
    for (const { name } of dashboard.templating.list) expect(text).toMatch(new RegExp(`\\$\\{?${name}\\b`))
  })
})

describe('a threshold', () => {
  const steps = (one: GrafanaPanel) =>
    one.fieldConfig.defaults.thresholds.steps.map(({ color, value }) => [color, value] as const)

  test('is that of the alert, and is drawn', () => {
    const ratio = panel('telltale-http', 'Error ratio')
    expect(steps(ratio)).toEqual([
      ['green', null],
      ['orange', 0.01],
      ['red', 0.05],
    ])
    expect(ratio.fieldConfig.defaults.custom).toMatchObject({ thresholdsStyle: { mode: 'dashed' } })
    expect(ratio.description).toContain('Alert ErrorRatioHigh: > 5 % (critical), > 1 % (warning).')
  })

  test('of every alert of the catalogue is on a panel of its dashboard', () => {
    for (const { id, alert, group } of signals) {
      if (alert === undefined || id === 'watchdog') continue
      const board = english.find(({ uid }) => uid === dashboardUid(group))!
      const found = panelsOf(board).filter(({ description }) => description.includes(`Alert ${alert.name}:`))
      expect(found.length, alert.name).toBeGreaterThan(0)
      for (const one of found) {
        const values = steps(one).map(([, value]) => value)
        for (const { value } of alert.thresholds)
          expect(
            values.some((step) => step !== null && Math.abs(step - value) < 1e-6),
            alert.name,
          ).toBe(true)
      }
    }
  })

  test('moves with the alert when it is tuned', () => {
    const tuned = tuneSignals(signals, { 'http-error-ratio': { thresholds: { critical: 0.2 } } })
    expect(
      steps(panel('telltale-http', 'Error ratio', 'timeseries', dashboards({ signals: tuned }))),
    ).toEqual([
      ['green', null],
      ['orange', 0.01],
      ['red', 0.2],
    ])
  })

  test('for too little is bad below it', () => {
    expect(steps(panel('telltale-monitoring', 'Free disk'))).toEqual([
      ['red', null],
      ['green', 0.05],
    ])
  })

  test('for too little and too much has the good between them', () => {
    expect(steps(panel('telltale-http', 'Traffic against last week'))).toEqual([
      ['orange', null],
      ['green', 0.5],
      ['blue', 3],
    ])
  })

  test('above zero leaves zero good', () => {
    const [, [color, value] = []] = steps(panel('telltale-runtime', 'Heap against its limit'))
    expect([color, value]).toEqual(['red', 0.9])
    const [good, bad] = steps(panel('telltale-dependencies', 'Waiting for a connection'))
    expect(good).toEqual(['green', null])
    expect(bad![1]).toBeGreaterThan(0)
    expect(bad![1]).toBeLessThan(1e-6)
  })
})

describe('a query', () => {
  test('takes the choices of the user, and the range that suits the window', () => {
    expect(panel('telltale-http', 'Requests by route').targets[0]!.expr).toBe(
      'sum by (job, route) (rate(http_requests_total{job=~"$job",instance=~"$instance",route=~"$route"}[$__rate_interval]))',
    )
  })

  test('of a recording rule that keeps the instance reads it, whatever the prefix', () => {
    expect(panel('telltale-runtime', 'Event loop utilisation').targets[0]!.expr).toBe(
      'instance:nodejs_eventloop_utilization:ratio_rate5m{job=~"$job",instance=~"$instance"}',
    )
  })

  test('is compared with the same a week ago', () => {
    const { targets, fieldConfig } = panel('telltale-overview', 'Requests')
    expect(targets[1]!.expr).toBe(
      targets[0]!.expr.replace('[$__rate_interval]', '[$__rate_interval] offset 1w'),
    )
    expect(fieldConfig.overrides[0]!.matcher.options).toBe('B')
  })

  test('of latency brings exemplars', () => {
    const exemplars = panel('telltale-http', 'Latency').targets.map(({ exemplar }) => exemplar)
    expect(exemplars).toEqual([false, true, true])
  })

  test('of a server is not filtered by the job of the application', () => {
    expect(panel('telltale-monitoring', 'Series in memory').targets[0]!.expr).toBe(
      'max by (job, instance) (prometheus_tsdb_head_series)',
    )
  })

  test('has the prefixes that were asked for, and the jobs chosen that were named', () => {
    const [own] = dashboards({ prefixes: ['prod_'], jobs: ['web', 'worker'] }).slice(2)
    const resident = panelsOf(own!).find(({ title }) => title === 'Resident memory')!
    expect(resident.targets[0]!.expr).toBe(
      'max by (job, instance) (prod_process_resident_memory_bytes{job=~"$job",instance=~"$instance"})',
    )
    expect(own!.templating.list[1]).toMatchObject({
      definition: 'label_values(prod_nodejs_version_info, job)',
      current: { value: ['web', 'worker'] },
    })
  })
})

test('in Korean the words are Korean, and the queries the same', () => {
  const korean = languages.ko
  expect(korean.map(({ title }) => title)).toContain('서비스 개요')
  for (const [index, dashboard] of korean.entries()) {
    const queries = (one: GrafanaDashboard) =>
      panelsOf(one).flatMap(({ targets }) => targets.map(({ expr }) => expr))
    expect(queries(dashboard)).toEqual(queries(english[index]!))
    for (const { title, description } of panelsOf(dashboard)) {
      expect(description, title).toMatch(/[가-힣]/)
      expect(description, title).not.toMatch(/\bAlert\b/)
    }
  }
})
