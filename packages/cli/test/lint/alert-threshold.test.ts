import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runLint } from '../../src/lint/index.js'
import { parseLint } from '../../src/lint/lint-options.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-thresholds-'))
})

afterEach(() => rm(folder, { recursive: true }))

const ratio = (range: string, matchers = '') =>
  `sum(rate(errors_total${matchers}[${range}])) / sum(rate(requests_total${matchers}[${range}]))`

const alert = (expr: string, name = 'HighErrorRatio') => `  - alert: ${name}\n    expr: ${expr}\n`

const stat = (expr: string, steps: readonly number[], more: object = {}) => ({
  type: 'stat',
  title: 'Errors',
  targets: [{ refId: 'A', expr }],
  fieldConfig: {
    defaults: {
      unit: 'percentunit',
      thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, ...steps.map(red)] },
    },
  },
  ...more,
})

const red = (value: number) => ({ color: 'red', value })

const withDefaults = (panel: ReturnType<typeof stat>, more: object) => ({
  ...panel,
  fieldConfig: { defaults: { ...panel.fieldConfig.defaults, ...more } },
})

async function thresholdsOf(alerts: string, panel: object) {
  await writeFile(join(folder, 'rules.yml'), `groups:\n- name: shop\n  rules:\n${alerts}`)
  await writeFile(join(folder, 'shop.json'), JSON.stringify({ uid: 'shop', panels: [panel] }))
  const { report: _, ...run } = parseLint([])!
  const { findings } = await runLint({ ...run, directory: folder, stdin: new PassThrough() })
  return findings.filter(({ id }) => id === 'dashboard/alert-threshold')
}

test('a panel that turns red at another number than the alert is told with both and the remedy', async () => {
  const found = await thresholdsOf(
    alert(`${ratio('5m')} > 0.05`),
    stat(ratio('$__rate_interval', '{job=~"$job"}'), [0.1]),
  )
  expect(found).toMatchObject([
    {
      severity: 'warning',
      where: { name: 'shop.json', within: 'panel "Errors"' },
      text: {
        en: {
          what: 'the panel changes its colour at 0.1, and the alert HighErrorRatio in rules.yml fires at > 0.05 of the same expression',
          remedy: 'Set the threshold of the panel to 0.05, or that of the alert HighErrorRatio to 0.1.',
        },
      },
    },
  ])
})

const same = ratio('5m')
const differing: readonly (readonly [what: string, alerts: string, panel: object])[] = [
  ['spaces and parentheses', alert(`((${same})) > 0.05`), stat(same.replaceAll(' ', ''), [0.1])],
  [
    'a condition on the traffic beside it',
    alert(`${same} > 0.05 and sum(rate(requests_total[5m])) > 1`),
    stat(same, [0.1]),
  ],
  [
    'another step for another severity that does agree',
    alert(`${same} > 0.05`) + alert(`${same} > 0.2`, 'Critical'),
    stat(same, [0.05, 0.1]),
  ],
  [
    'lines of thresholds in a graph',
    alert(`${same} > 0.05`),
    withDefaults(stat(same, [0.1], { type: 'timeseries' }), {
      custom: { thresholdsStyle: { mode: 'line' } },
    }),
  ],
]

test.each(differing)('thresholds that differ are found: %s', async (_, alerts, panel) => {
  expect(await thresholdsOf(alerts, panel)).toHaveLength(1)
})

const agreeing: readonly (readonly [what: string, alerts: string, panel: object])[] = [
  ['the same number', alert(`${same} > 0.05`), stat(same, [0.05])],
  ['a warning of its own before it', alert(`${same} > 0.05`), stat(same, [0.02, 0.05])],
  ['one of two alerts', alert(`${same} > 0.05`) + alert(`${same} > 0.1`, 'Critical'), stat(same, [0.05])],
  ['whole numbers above 4 are those from 5 on', alert('queue_size > 4'), stat('queue_size', [5])],
  ['a tiny step for whatever is above 0', alert('failures > 0'), stat('failures', [1e-9])],
  ['another range', alert(`${ratio('1h')} > 0.05`), stat(same, [0.1])],
  ['another unit', alert(`${same} > 0.05`), stat(`100 * ${same}`, [10])],
  ['another job', alert(`${ratio('5m', '{job="batch"}')} > 0.05`), stat(ratio('5m', '{job="web"}'), [0.1])],
  ['an expression that a variable decides', alert('up > 4'), stat('$metric', [8])],
  ['an alert that waits for a state', alert('up == 0'), stat('up', [1])],
  [
    'colours of a palette',
    alert(`${same} > 0.05`),
    withDefaults(stat(same, [0.1]), { color: { mode: 'fixed' } }),
  ],
  ['a graph that does not show them', alert(`${same} > 0.05`), stat(same, [0.1], { type: 'timeseries' })],
  [
    'thresholds in percent of the scale',
    alert(`${same} > 0.05`),
    withDefaults(stat(same, []), { thresholds: { mode: 'percentage', steps: [red(80)] } }),
  ],
  [
    'a sum of what the query gives',
    alert(`${same} > 0.05`),
    stat(same, [0.1], { options: { reduceOptions: { calcs: ['sum'] } } }),
  ],
  [
    'a panel of several queries',
    alert(`${same} > 0.05`),
    stat(same, [0.1], { targets: [{ expr: same }, { expr: 'up' }] }),
  ],
]

test.each(agreeing)('nothing is said of %s', async (_, alerts, panel) => {
  expect(await thresholdsOf(alerts, panel)).toEqual([])
})
