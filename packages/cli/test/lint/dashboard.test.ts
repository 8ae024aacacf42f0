import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { runLint } from '../../src/lint/index.js'

const datasource = { type: 'prometheus', uid: '$datasource' }

const variable = (name: string, more: object = {}) => ({
  name,
  label: name,
  type: 'query',
  datasource,
  query: `label_values(up, ${name})`,
  multi: true,
  includeAll: true,
  allValue: '.+',
  refresh: 2,
  ...more,
})

const matchers = 'job=~"$job", instance=~"$instance"'

const panel = (more: object = {}, target: object = {}) => ({
  id: 1,
  type: 'timeseries',
  title: 'Requests',
  description: 'Requests each second.',
  datasource,
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  fieldConfig: { defaults: { unit: 'reqps' } },
  targets: [
    {
      refId: 'A',
      datasource,
      expr: `sum by (route) (rate(http_requests_total{${matchers}}[$__rate_interval]))`,
      legendFormat: '{{route}}',
      ...target,
    },
  ],
  ...more,
})

const dashboard = (more: object = {}) => ({
  uid: 'shop',
  title: 'Shop',
  schemaVersion: 39,
  editable: false,
  refresh: '30s',
  templating: {
    list: [
      { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
      variable('job'),
      variable('instance'),
    ],
  },
  panels: [panel()],
  ...more,
})

async function findingsIn(value: unknown) {
  const stdin = new PassThrough()
  stdin.end(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2))
  const { findings } = await runLint({
    names: ['-'],
    directory: '.',
    stdin,
    as: 'dashboard',
    prometheus: { major: 2, minor: 42 },
    alertmanager: { major: 0, minor: 25 },
    scrapeInterval: 15,
    headers: {},
    limit: 1e6,
    timeout: 1,
  })
  return findings
}

async function idsIn(value: unknown) {
  return [...new Set((await findingsIn(value)).map(({ id }) => id))].sort()
}

const withPanel = (more: object, target: object = {}) => dashboard({ panels: [panel(more, target)] })
const withTarget = (target: object) => withPanel({}, target)
const withVariables = (...list: readonly object[]) => dashboard({ templating: { list } })
const rate = (range: string) => `sum(rate(http_requests_total{${matchers}}[${range}]))`

test('nothing is found in a good dashboard', async () => {
  expect(await findingsIn(dashboard())).toEqual([])
})

test.each<{ what: string; value: unknown; finds: readonly string[] }>([
  { what: 'no JSON', value: '{"panels": [', finds: ['dashboard/json'] },
  { what: 'no uid', value: dashboard({ uid: undefined }), finds: ['dashboard/uid'] },
  { what: 'a uid that is too long', value: dashboard({ uid: 'x'.repeat(41) }), finds: ['dashboard/uid'] },
  { what: 'editable', value: dashboard({ editable: true }), finds: ['dashboard/editable'] },
  { what: 'a newer model', value: dashboard({ schemaVersion: 50 }), finds: ['dashboard/schema-version'] },
  { what: 'a fast refresh', value: dashboard({ refresh: '5s' }), finds: ['dashboard/refresh'] },
  {
    what: 'inputs of the import dialog',
    value: dashboard({ __inputs: [] }),
    finds: ['dashboard/import-only'],
  },
  {
    what: 'an input as a data source',
    value: withPanel({ datasource: { type: 'prometheus', uid: `$${'{DS_PROMETHEUS}'}` } }),
    finds: ['dashboard/import-only'],
  },
  { what: 'a link to nowhere', value: dashboard({ links: [{ url: 'wiki' }] }), finds: ['dashboard/link'] },
  {
    what: 'no data source variable',
    value: withVariables(variable('job'), variable('instance')),
    finds: ['dashboard/template-datasource'],
  },
  {
    what: 'a data source variable with another name',
    value: withVariables(
      { name: 'ds', type: 'datasource', query: 'prometheus' },
      variable('job'),
      variable('instance'),
    ),
    finds: ['dashboard/template-datasource'],
  },
  {
    what: 'a job variable with one value',
    value: withVariables(
      dashboard().templating.list[0]!,
      variable('job', { multi: false }),
      variable('instance'),
    ),
    finds: ['dashboard/template-job'],
  },
  {
    what: 'an instance variable that is no query',
    value: withVariables(
      dashboard().templating.list[0]!,
      variable('job'),
      variable('instance', { type: 'custom' }),
    ),
    finds: ['dashboard/template-instance'],
  },
  {
    what: 'a variable with a broken query',
    value: withVariables(
      ...dashboard().templating.list.slice(0, 2),
      variable('instance', { query: 'label_values(up{job=}, instance)' }),
    ),
    finds: ['dashboard/template-promql'],
  },
  {
    what: 'a variable that is not read again',
    value: withVariables(...dashboard().templating.list.slice(0, 2), variable('instance', { refresh: 1 })),
    finds: ['dashboard/template-refresh'],
  },
  {
    what: 'a variable that is not used',
    value: withVariables(...dashboard().templating.list, variable('region')),
    finds: ['dashboard/unused-variable'],
  },
  { what: 'no title', value: withPanel({ title: '' }), finds: ['dashboard/panel-title'] },
  { what: 'no description', value: withPanel({ description: undefined }), finds: ['dashboard/panel-title'] },
  { what: 'no unit', value: withPanel({ fieldConfig: {} }), finds: ['dashboard/panel-unit'] },
  {
    what: 'an unknown unit',
    value: withPanel({ fieldConfig: { defaults: { unit: 'req/s' } } }),
    finds: ['dashboard/panel-unit'],
  },
  {
    what: 'a unit of the user',
    value: withPanel({ fieldConfig: { defaults: { unit: 'suffix:req/s' } } }),
    finds: [],
  },
  {
    what: 'no query',
    value: withPanel({ targets: [] }),
    finds: ['dashboard/panel-no-targets', 'dashboard/unused-variable'],
  },
  {
    what: 'a fixed data source',
    value: withPanel({ datasource: { type: 'prometheus', uid: 'abc' } }),
    finds: ['dashboard/panel-datasource'],
  },
  { what: 'an Angular panel', value: withPanel({ type: 'graph' }), finds: ['dashboard/angular'] },
  { what: 'no id', value: withPanel({ id: undefined }), finds: ['dashboard/panel-id'] },
  {
    what: 'an id twice',
    value: dashboard({ panels: [panel(), panel({ gridPos: { x: 12, y: 0, w: 12, h: 8 } })] }),
    finds: ['dashboard/panel-id'],
  },
  {
    what: 'panels over each other',
    value: dashboard({ panels: [panel(), panel({ id: 2, gridPos: { x: 6, y: 4, w: 12, h: 8 } })] }),
    finds: ['dashboard/grid'],
  },
  {
    what: 'a panel outside the columns',
    value: withPanel({ gridPos: { x: 20, y: 0, w: 12, h: 8 } }),
    finds: ['dashboard/grid'],
  },
  { what: 'no refId', value: withTarget({ refId: undefined }), finds: ['dashboard/ref-id'] },
  {
    what: 'a refId twice',
    value: withPanel({ targets: [...panel().targets, ...panel().targets] }),
    finds: ['dashboard/ref-id'],
  },
  { what: 'a broken query', value: withTarget({ expr: `sum(up{${matchers}}` }), finds: ['promql/unclosed'] },
  {
    what: 'a query of the wrong type',
    value: withTarget({ expr: `sum by (route) (rate(up{${matchers}}))` }),
    finds: ['promql/argument-type'],
  },
  {
    what: 'a fixed range',
    value: withTarget({ expr: rate('5m'), legendFormat: '' }),
    finds: ['dashboard/target-rate-interval'],
  },
  {
    what: 'an interval as a range',
    value: withTarget({ expr: rate('$__interval'), legendFormat: '' }),
    finds: ['dashboard/target-rate-interval'],
  },
  {
    what: 'no matcher of job',
    value: withTarget({
      expr: 'sum by (route) (rate(http_requests_total{instance=~"$instance"}[$__rate_interval])) + on () group_left 0 * count(up{job=~"$job"})',
    }),
    finds: ['dashboard/target-instance', 'dashboard/target-job'],
  },
  {
    what: 'a counter without rate',
    value: withTarget({ expr: `http_requests_total{${matchers}}` }),
    finds: ['query/counter-without-rate'],
  },
  {
    what: 'a variable that is not defined',
    value: withTarget({ expr: `sum by (route) (up{${matchers}, region="$region"})` }),
    finds: ['dashboard/undefined-variable'],
  },
  {
    what: 'a legend with a label that is gone',
    value: withTarget({ legendFormat: '{{method}}' }),
    finds: ['dashboard/legend-label'],
  },
  {
    what: 'a unit that does not fit the metric',
    value: withPanel(
      { fieldConfig: { defaults: { unit: 'ms' } } },
      {
        expr: `histogram_quantile(0.9, sum by (le, route) (rate(http_request_duration_seconds_bucket{${matchers}}[$__rate_interval])))`,
      },
    ),
    finds: ['dashboard/unit-suffix'],
  },
  {
    what: 'LogQL with a fixed range',
    value: withTarget({
      datasource: { type: 'loki', uid: '$datasource' },
      expr: `rate({${matchers}} |= "error" [5m])`,
    }),
    finds: ['dashboard/target-logql-auto'],
  },
  {
    what: 'broken LogQL',
    value: withTarget({
      datasource: { type: 'loki', uid: '$datasource' },
      expr: `rate({${matchers} [$__auto])`,
    }),
    finds: ['dashboard/target-logql'],
  },
])('$what: $finds', async ({ value, finds }) => {
  expect(await idsIn(value)).toEqual(finds)
})

test.each([
  'job:http_requests:rate5m > 1',
  'prometheus_config_last_reload_successful',
  'node_load1',
  'count(ALERTS{alertstate="firing"})',
])('%s needs no matcher of the job that was chosen', async (expr) => {
  const ids = await idsIn(withTarget({ expr, legendFormat: '' }))
  expect(ids.filter((id) => id.startsWith('dashboard/target'))).toEqual([])
})

test('a dashboard of recorded metrics alone needs no variables of jobs', async () => {
  const recorded = panel({}, { expr: 'job:http_requests:rate5m', legendFormat: '' })
  const value = dashboard({
    templating: { list: dashboard().templating.list.slice(0, 1) },
    panels: [recorded],
  })
  expect(await idsIn(value)).toEqual([])
})

test.each([
  'topk($limit, sum by (route) (rate(x_total{job=~"$job", instance=~"$instance"}[$__rate_interval])))',
  'sum by ($group) (rate(x_total{job=~"[[job]]", instance=~"$instance"}[$__rate_interval]))',
  'rate($metric{job=~"$job", instance=~"$instance"}[$__rate_interval]) > $threshold',
  'max_over_time(up{job=~"$job", instance=~"$instance"}[$__range]) * $__range_s',
  'up{job=~"$job", instance=~"$instance"} offset $shift',
])('variables are read where they stand: %s', async (expr) => {
  const ids = await idsIn(withTarget({ expr, legendFormat: '' }))
  expect(ids.filter((id) => id.startsWith('promql/') || id.startsWith('query/'))).toEqual([])
})

test('a finding in a query has its place in the file and the panel', async () => {
  const text = JSON.stringify(
    withTarget({ expr: `sum by (route) (ratee(up{${matchers}}[5m]))` }),
    undefined,
    2,
  )
  const [found] = await findingsIn(text)
  expect(found).toMatchObject({ id: 'promql/unknown-function', where: { within: 'panel "Requests"' } })
  const { line = 0, column = 0 } = found!.where
  expect(text.split('\n')[line - 1]!.slice(column - 1)).toMatch(/^ratee/)
})
