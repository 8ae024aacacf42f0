import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  burnWindows,
  canFire,
  largestFactor,
  objectiveRules,
  objectiveSignals,
  readObjectives,
  samplesOf,
  secondsToExhaustion,
  secondsToFire,
} from '../../src/monitoring/index.js'

const DAY = 86_400
const factors = (days: number) => burnWindows(days * DAY).map(({ factor }) => factor)

describe('burn rates', () => {
  test.each([
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 0.933333]],
    [7, [13.44, 3.5, 1.4, 0.98]],
    [90, [43.2, 18, 9, 3]],
  ])('of %s days are those of the known tables', (days, expected) => {
    expect(factors(days)).toEqual(expected)
  })

  const windows = fc.integer({ min: DAY, max: 366 * DAY })

  test('stay in order for any window: the quicker the alert, the faster the burn that it waits for', () => {
    fc.assert(
      fc.property(windows, (window) => {
        const rows = burnWindows(window)
        for (const [index, { short, long, factor }] of rows.entries()) {
          expect(short).toBeGreaterThanOrEqual(60)
          expect(long).toBeGreaterThanOrEqual(2 * short)
          expect(long).toBeLessThan(window)
          expect(factor).toBeGreaterThan(0)
          if (index > 0) expect(factor).toBeLessThan(rows[index - 1]!.factor)
        }
      }),
    )
  })

  test('have no jump between a week and four', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7 * DAY, max: 30 * DAY }), (window) => {
        const [here, there] = [burnWindows(window), burnWindows(window + 600)]
        here.forEach(({ factor }, index) => {
          expect(there[index]!.factor / factor).toBeCloseTo(1, 2)
        })
      }),
    )
  })

  test('use up the share of the budget that they are for, in the long window', () => {
    const used = burnWindows(30 * DAY).map(({ factor, long }) => (factor * long) / (30 * DAY))
    expect(used.map((share) => Number(share.toFixed(6)))).toEqual([0.02, 0.05, 0.1, 0.1])
  })

  test('can fire exactly when errors alone can reach them', () => {
    fc.assert(
      fc.property(windows, fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (window, budget) => {
        for (const row of burnWindows(window)) {
          expect(canFire(row, budget)).toBe(row.factor * budget < 1)
          if (canFire(row, budget)) {
            expect(row.factor).toBeLessThan(largestFactor(budget))
            expect(secondsToFire(row, budget)).toBeLessThan(row.long)
          }
        }
      }),
    )
  })

  test('say when a total outage is noticed, and when the budget is gone', () => {
    const [quick] = burnWindows(30 * DAY)
    expect(secondsToFire(quick!, 0.001) / 60).toBeCloseTo(0.86, 2)
    expect(secondsToExhaustion(30 * DAY, quick!.factor) / 3600).toBeCloseTo(50, 6)
  })
})

const availability = {
  name: 'availability',
  target: 99.9,
  window: '30d',
  ratio: { errors: { status_code: '5..' } },
}
const latency = { name: 'latency', target: '99%', window: '28d', latency: { threshold: '500ms' } }
const fileOf = (...objectives: readonly unknown[]) => ({ service: 'shop', objectives })

describe('a file of objectives', () => {
  test('is read with the metrics of HTTP where none is named', () => {
    const { objectives, warnings } = readObjectives(fileOf(availability, latency))
    expect(warnings).toEqual([])
    expect(objectives).toMatchObject([
      { target: 0.999, window: 30 * DAY, minimumEvents: 100, indicator: { metric: 'http_requests_total' } },
      {
        target: 0.99,
        window: 28 * DAY,
        indicator: { metric: 'http_request_duration_seconds', threshold: 0.5 },
      },
    ])
  })

  test('is refused when no alert of an objective could ever fire', () => {
    const hopeless = { ...availability, target: 10, window: '90d' }
    expect(() => readObjectives(fileOf(hopeless))).toThrow(
      /no alert could ever fire.*budget of 90 % burns 1\.11/,
    )
  })

  test('gives a warning with the figures for windows that cannot fire, and leaves them out', () => {
    const { objectives, warnings } = readObjectives(fileOf({ ...availability, target: 90 }))
    expect(warnings).toEqual([
      expect.stringMatching(
        /availability of shop: the critical alert over 1h can never fire.*144 % errors.*10 times/,
      ),
    ])
    const text = JSON.stringify(objectiveRules(objectives))
    expect(text).not.toContain('> 1.44')
    expect(text).toContain('> 0.6')
  })

  test('gives a warning when Prometheus keeps samples for less than the window', () => {
    expect(readObjectives(fileOf(availability), 15 * DAY).warnings).toEqual([
      expect.stringContaining('30d is longer than the 15d'),
    ])
    expect(readObjectives(fileOf(availability), 30 * DAY).warnings).toEqual([])
  })

  test("gives a warning for a metric that is not Telltale's", () => {
    const own = { ...availability, ratio: { metric: 'logins_total', errors: { result: 'failed' } } }
    expect(readObjectives(fileOf(own)).warnings).toEqual([expect.stringContaining('logins_total')])
  })

  test.each([
    [[], /the file of objectives cannot be used: got an empty list/],
    [{ service: 'shop' }, /"objectives".*got nothing.*list/],
    [{ service: 'my shop', objectives: [availability] }, /"service".*got "my shop"/],
    [fileOf(availability, availability), /two with the name "availability"/],
    [fileOf({ ...availability, target: 100 }), /"objectives\[0\]\.target".*got 100/],
    [fileOf({ ...availability, target: 'three nines' }), /percentage such as 99\.9/],
    [fileOf({ ...availability, window: '1h' }), /"objectives\[0\]\.window".*1d to 366d/],
    [fileOf({ ...availability, window: '0d' }), /duration above zero/],
    [fileOf({ ...availability, windw: '30d' }), /"objectives\[0\]\.windw".*no such setting.*window/],
    [fileOf({ ...availability, latency: latency.latency }), /both "ratio" and "latency"/],
    [fileOf({ ...availability, ratio: undefined }), /neither "ratio" nor "latency"/],
    [fileOf({ ...availability, ratio: { errors: {} } }), /ratio\.errors.*got no label/],
    [fileOf({ ...availability, ratio: { errors: { status_code: '5(' } } }), /got "5\(".*regular expression/],
    [fileOf({ ...availability, ratio: { errors: { 'status-code': '5..' } } }), /the label "status-code"/],
    [fileOf({ ...latency, latency: { threshold: '0s' } }), /latency\.threshold.*above zero/],
    [fileOf({ ...latency, latency: { metric: 'a b', threshold: '1s' } }), /name of a metric/],
    [fileOf({ ...availability, minimumEvents: -1 }), /minimumEvents.*0 or above/],
  ])('with a mistake is refused, with the place and the remedy: %#', (data, message) => {
    expect(() => readObjectives(data)).toThrow(expect.objectContaining({ code: 'TELLTALE_OBJECTIVE' }))
    expect(() => readObjectives(data)).toThrow(message)
  })
})

test('the signals of objectives read what the rules of every objective record', () => {
  const { objectives } = readObjectives(fileOf(availability, latency))
  for (const one of objectives) {
    const records = objectiveRules([one]).groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => ('record' in rule ? [rule.record] : [])),
    )
    for (const { id, query } of objectiveSignals) {
      for (const sample of samplesOf(query)) expect(records, id).toContain(sample)
    }
  }
})
