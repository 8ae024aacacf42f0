import { describe, expect, test } from 'vitest'
import { liveSections } from '../../../src/monitoring/live/live-panels.js'
import { liveSignals } from '../../../src/monitoring/live/live-signals.js'
import { LiveWatch } from '../../../src/monitoring/live/live-watch.js'
import { summaryText } from '../../../src/monitoring/live/summary-text.js'
import { verdictOf } from '../../../src/monitoring/live/verdict.js'

const START = 1_700_000_000

function newWatch(): LiveWatch {
  return new LiveWatch({ job: 'localhost:9090', instance: 'localhost:9090' })
}

/** A scrape of an application that has answered so many requests, some of them with an error. */
function scrape({ ok = 0, failed = 0, blocked = 0, lag = 0.01, prefix = '' } = {}): string {
  return `# TYPE http_requests_total counter
http_requests_total{method="GET",route="/",status_code="200"} ${ok}
http_requests_total{method="GET",route="/",status_code="500"} ${failed}
# TYPE ${prefix}nodejs_eventloop_lag_p99_seconds gauge
${prefix}nodejs_eventloop_lag_p99_seconds ${lag}
# TYPE telltale_event_loop_blocked_seconds gauge
telltale_event_loop_blocked_seconds ${blocked}
# TYPE users_total counter
users_total{name="someone"} 3
`
}

/** One scrape every two seconds for so long. */
function watched(
  seconds: number,
  textAt: (second: number) => string,
  watch = newWatch(),
  from = 0,
): LiveWatch {
  for (let second = from; second <= from + seconds; second += 2) {
    const at = START + second
    watch.take(at, textAt(second), watch.query(at))
  }
  return watch
}

const panelOf = (id: string) => liveSections.flatMap(({ panels }) => panels).find((panel) => panel.id === id)!

describe('the verdict', () => {
  test('is that all is well while nothing is across a threshold', () => {
    const watch = watched(60, (second) => scrape({ ok: second * 10 }))
    expect(verdictOf(watch, START + 61)).toEqual({ kind: 'well' })
  })

  test('is not that all is well where nothing is measured', () => {
    const watch = watched(10, () => '# TYPE a_total counter\na_total 1\n')
    expect(verdictOf(watch, START + 11)).toEqual({ kind: 'bare' })
  })

  test('names what is across a threshold at once, and says that it fires once it has lasted', () => {
    const failing = (second: number) => scrape({ ok: second * 10, failed: second * 2 })
    const watch = watched(20, failing)
    const early = verdictOf(watch, START + 21)
    expect(early).toMatchObject({
      kind: 'pending',
      troubles: [{ alert: { name: 'ErrorRatioHigh' }, threshold: { severity: 'critical' }, isFiring: false }],
    })
    watched(300, failing, watch, 22)
    const late = verdictOf(watch, START + 323)
    expect(late).toMatchObject({
      kind: 'firing',
      troubles: [{ alert: { name: 'ErrorRatioHigh' }, threshold: { severity: 'critical' }, isFiring: true }],
    })
    const [trouble] = watch.conditions.troubles
    const { summary } = trouble!.signal.text.en.runbook!
    expect(summaryText(summary, trouble!, 'en')).toBe('localhost:9090 fails 16.7% of its requests')
  })

  test('is that the event loop is blocked while it is, and for how long, between two answers too', () => {
    const watch = watched(10, (second) => scrape({ ok: second, blocked: second < 10 ? 0 : 1.5 }))
    expect(verdictOf(watch, START + 10.5)).toEqual({ kind: 'blocked', seconds: 2 })
    expect(watch.spans.blocked).toEqual([{ from: START + 8.5, to: START + 10 }])
    watched(4, (second) => scrape({ ok: second, blocked: second < 14 ? 3.5 : 0 }), watch, 12)
    expect(verdictOf(watch, START + 16).kind).toBe('well')
    expect(watch.spans.blocked).toEqual([{ from: START + 8.5, to: START + 12 }])
  })

  test('is for how long there was no answer, until there is one', () => {
    const watch = newWatch()
    expect(verdictOf(watch, START)).toEqual({ kind: 'starting' })
    watch.miss(START)
    expect(verdictOf(watch, START)).toEqual({ kind: 'unanswered' })
    watched(10, (second) => scrape({ ok: second }), watch, 2)
    watch.miss(START + 14)
    watch.miss(START + 24)
    expect(verdictOf(watch, START + 24)).toEqual({ kind: 'silent', seconds: 12 })
    watched(0, () => scrape({ ok: 26 }), watch, 26)
    expect(verdictOf(watch, START + 26)).toEqual({ kind: 'well' })
    expect(watch.spans.silent.at(-1)).toEqual({ from: START + 12, to: START + 26 })
  })
})

describe('what is watched', () => {
  test('is read under the names that an environment gives to the metrics of the runtime', () => {
    const watch = watched(4, () => scrape({ lag: 0.4, prefix: 'prod_' }))
    expect(watch.track(panelOf('event-loop-lag')).lines).toMatchObject([{ last: 0.4 }])
  })

  test('is asked for by name after the first answer, and by all names once a minute', () => {
    const watch = newWatch()
    expect(watch.query(START)).toBe('')
    watch.take(START, scrape({ prefix: 'dev_' }), '')
    const query = watch.query(START + 2)
    expect(query).toContain('name[]=http_requests_total')
    expect(query).toContain('name[]=dev_nodejs_eventloop_lag_p99_seconds')
    expect(query).not.toContain('users_total')
    expect(watch.query(START + 60)).toBe('')
  })

  test('is rates over thirty seconds, or over what is known', () => {
    const watch = watched(60, (second) => scrape({ ok: second < 40 ? 0 : (second - 40) * 10 }))
    const [line] = watch.track(panelOf('http-requests-by-status')).lines
    expect(line).toMatchObject({ name: '200' })
    expect(line!.last).toBeCloseTo(200 / 30, 1)
  })

  test('needs nothing that only a Prometheus has, and no more than fifteen minutes', () => {
    const ids = liveSignals.map(({ id }) => id)
    expect(ids).toContain('http-error-ratio')
    expect(ids).not.toContain('http-traffic-drop')
    expect(ids).not.toContain('heap-prediction')
  })
})

test('a line keeps its colour when another one comes or goes', () => {
  const status = (code: number, value: number) =>
    `http_requests_total{method="GET",route="/",status_code="${code}"} ${value}\n`
  const watch = watched(6, (second) => (second < 4 ? '' : status(200, second)) + status(404, second))
  const places = () =>
    Object.fromEntries(
      watch.track(panelOf('http-requests-by-status')).lines.map(({ name, place }) => [name, place]),
    )
  expect(places()).toEqual({ 404: 0, 200: 1 })
  watched(4, (second) => status(200, second), watch, 8)
  expect(places()).toEqual({ 404: 0, 200: 1 })
})
