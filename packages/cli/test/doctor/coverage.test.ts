import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signals } from 'telltale/monitoring'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AnsweringServer } from '../../../../test/fixtures/broken-setups/answering-server.js'
import { writeSetup } from '../../../../test/fixtures/broken-setups/broken-setup.js'
import { coverageOf, type SignalCoverage } from '../../src/doctor/coverage/coverage.js'
import { coverageText } from '../../src/doctor/coverage/coverage-text.js'
import { usesIn } from '../../src/doctor/coverage/metric-uses.js'
import { openSetup } from '../../src/doctor/open-setup.js'
import { recordedTerminal } from './terminal-text.js'

let rows: readonly SignalCoverage[] = []

const row = (signal: string) => rows.find((candidate) => candidate.signal === signal)

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'telltale-coverage-'))
  const metrics = await AnsweringServer.start()
  await metrics.showMetrics({ replace: 'nodejs_eventloop', with: 'prod_nodejs_eventloop' })
  await writeSetup(folder, {}, { METRICS: metrics.host, ALERTMANAGER: 'a:1', WEBHOOK: 'b:2' })
  const setup = openSetup({
    metrics: `http://${metrics.host}/metrics`,
    config: join(folder, 'setup/prometheus.yml'),
    dashboards: [join(folder, 'setup/dashboards')],
    directory: folder,
    seconds: 5,
    credentials: {},
  })
  rows = await coverageOf(setup)
  await metrics.stop()
  return () => rm(folder, { recursive: true })
})

afterAll(() => {
  rows = []
})

test('every signal of the catalogue has a row', () => {
  expect(rows.map(({ signal }) => signal)).toEqual(signals.map(({ id }) => id))
})

test('a signal is exposed under any prefix', () => {
  expect(row('event-loop-lag')).toMatchObject({ exposed: 'yes', recorded: 'unknown' })
  expect(row('queue-depth')).toMatchObject({ exposed: 'no' })
})

test('an alert counts when it asks by the labels that the signal is made of', () => {
  expect(row('http-error-ratio')).toMatchObject({ alerted: 'yes' })
  expect(row('database-error-ratio')).toMatchObject({ alerted: 'no' })
  expect(row('heap-used')).toMatchObject({ alerted: 'unneeded' })
})

test('a panel counts', () => {
  expect(row('http-requests-by-route')).toMatchObject({ dashboard: 'yes' })
  expect(row('gc-share')).toMatchObject({ dashboard: 'no' })
})

test('what a rule records is what it is recorded from', () => {
  const recorded = new Map([
    ['job:errors:rate5m', 'sum by (job) (rate(http_requests_total{status_code=~"5.."}[5m]))'],
    ['a', 'b'],
    ['b', 'a'],
  ])
  const [use] = usesIn('job:errors:rate5m > 1', recorded)
  expect(use?.family).toBe('http_requests_total')
  expect([...use!.labels]).toEqual(['status_code'])
  expect(usesIn('a', recorded)).toHaveLength(1)
})

test.each(['en', 'ko'] as const)(
  'the table in %s has aligned columns and leaves out what nobody exposes',
  (language) => {
    const { terminal } = recordedTerminal()
    const lines = coverageText(rows, language, terminal.colours).split('\n')
    expect(lines.find((line) => line.trim().startsWith('queue:'))).toMatch(/\(\d+\)$/)
    const wide = (text: string) =>
      [...text].reduce((sum, letter) => sum + (/[가-힣]/.test(letter) ? 2 : 1), 0)
    const columns = lines.flatMap((line) => /^ {4}\S.*?(?=[✔✖?] +[✔✖?])/.exec(line)?.[0] ?? [])
    expect(columns.length).toBeGreaterThan(10)
    expect(new Set(columns.map(wide)).size).toBe(1)
  },
)

test('a group that lacks nothing is one line, and the rest of another is counted', () => {
  const whole = { exposed: 'yes', recorded: 'yes', alerted: 'unneeded', dashboard: 'yes' } as const
  const table = [
    ...rows.filter(({ group }) => group === 'http').map((one) => ({ ...one, ...whole })),
    ...rows
      .filter(({ group }) => group === 'runtime')
      .map((one, index) => ({
        ...one,
        ...whole,
        recorded: index === 0 ? ('no' as const) : ('yes' as const),
      })),
  ]
  const { terminal } = recordedTerminal()
  const [, http, runtime, first, more, ...end] = coverageText(table, 'en', terminal.colours).split('\n')
  expect(http).toMatch(/^ {2}http \(\d+\) +✔ +✔ +✔ +✔$/)
  expect(runtime).toBe('  runtime')
  expect(first).toMatch(/✔ +✖ +· +✔$/)
  expect(more).toMatch(/^ {4}\d+ more +✔ +✔ +✔ +✔$/)
  expect(end).toHaveLength(1)
})
