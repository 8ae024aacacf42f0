import pc from 'picocolors'
import { parseExposition } from 'telltale/testing'
import { describe, expect, test } from 'vitest'
import { quantileOf } from '../../src/top/distribution.js'
import { EndpointHistory } from '../../src/top/endpoint-history.js'
import { percent, shortBytes, shortDuration, shortNumber } from '../../src/top/figures.js'
import { type FrameState, frameOf, tableOf } from '../../src/top/frame.js'
import { keysIn } from '../../src/top/screen.js'
import { FRAMES, ValueRing } from '../../src/top/value-ring.js'
import { busiest, failing, growing, slowest } from '../../src/top/views.js'

const plain = pc.createColors(false)

/** A history of readings, one second apart. */
function historyOf(...texts: readonly string[]): EndpointHistory {
  const history = new EndpointHistory()
  for (const [i, text] of texts.entries()) {
    history.add({ exposition: parseExposition(text), bytes: text.length, seconds: 0.002, at: 1_000 * i })
  }
  return history
}

const requests = (ok: number, failed: number) => `# TYPE requests_total counter
requests_total{route="/",status="200"} ${ok}
requests_total{route="/",status="500"} ${failed}
# TYPE sent_bytes_total counter
sent_bytes_total ${ok * 1_000}
`

const durations = (fast: number, slow: number) => `# TYPE took_seconds histogram
took_seconds_bucket{route="/",le="0.1"} ${fast}
took_seconds_bucket{route="/",le="1"} ${fast + slow}
took_seconds_bucket{route="/",le="+Inf"} ${fast + slow}
took_seconds_sum{route="/"} ${fast * 0.05 + slow * 0.5}
took_seconds_count{route="/"} ${fast + slow}
`

describe('a ring of values', () => {
  test('knows by how much a counter rose, also after it began again', () => {
    const ring = new ValueRing(0, 10)
    ring.set(1, 14)
    ring.set(2, 3)
    expect(ring.increase(10)).toBe(4 + 3)
    expect(ring.rises(3)).toEqual([0, 4, 3])
  })

  test('takes what was not there before as new from zero', () => {
    expect(new ValueRing(5, 2).increase(1)).toBe(2)
  })

  test('forgets what is older than its size', () => {
    const ring = new ValueRing(0, 0)
    for (let i = 1; i <= 3 * FRAMES; i++) ring.set(i, i)
    expect(ring.increase(1_000)).toBe(FRAMES - 1)
    expect(ring.past(1_000)).toBe(3 * FRAMES - FRAMES + 1)
  })
})

test.each([
  [0.95, [0.1, 1, Infinity], [0, 100, 100], { value: 0.955, beyond: false }],
  [0.5, [0.1, 1, Infinity], [100, 100, 100], { value: 0.05, beyond: false }],
  [0.95, [0.1, 1, Infinity], [0, 10, 100], { value: 1, beyond: true }],
  [0.95, [0.1, Infinity], [0, 0], undefined],
])('the quantile %d of %j with %j is %j', (quantile, bounds, counts, expected) => {
  const found = quantileOf(quantile, bounds, counts)
  if (expected === undefined) expect(found).toBeUndefined()
  else expect(found).toEqual({ value: expect.closeTo(expected.value), beyond: expected.beyond })
})

describe('the views', () => {
  test('busiest: events by their rate, amounts after them', () => {
    const rows = busiest(historyOf(requests(10, 1), requests(30, 2)))
    expect(rows.map(({ name, labels, rate }) => [name, labels.status, rate])).toEqual([
      ['requests_total', '200', 20],
      ['requests_total', '500', 1],
      ['sent_bytes_total', undefined, 20_000],
    ])
  })

  test('busiest: what a histogram times is not told twice', () => {
    const counted = `# TYPE calls_total counter\ncalls_total{route="/"} 30\n`
    const names = (text: string) => busiest(historyOf(text)).map(({ name }) => name)
    expect(names(durations(20, 10))).toEqual(['took_seconds_count'])
    expect(names(counted + durations(20, 10))).toEqual(['calls_total'])
  })

  test('slowest: the percentile and the mean of the newest readings', () => {
    const [row] = slowest(historyOf(durations(100, 0), durations(100, 40)))
    expect(row).toMatchObject({ name: 'took_seconds', rate: 40, idle: false, beyond: false })
    expect(row?.p95).toBeCloseTo(0.955)
    expect(row?.mean).toBeCloseTo(0.5)
  })

  test('slowest: what rests is told with the figures of all time', () => {
    const [row] = slowest(historyOf(durations(0, 10), durations(0, 10)))
    expect(row).toMatchObject({ idle: true, rate: 0, mean: 0.5 })
  })

  test('failing: 5xx with their share, error counters, and nothing that is at zero', () => {
    const errors = (n: number) =>
      `# TYPE job_errors_total counter\njob_errors_total{job="a"} ${n}\njob_errors_total{job="b"} 0\n`
    const rows = failing(historyOf(requests(10, 1) + errors(0), requests(19, 2) + errors(5)))
    expect(
      rows.map(({ name, labels, rate, share }) => [name, Object.values(labels).join(), rate, share]),
    ).toEqual([
      ['job_errors_total', 'a', 5, undefined],
      ['requests_total', '/,500', 1, 0.1],
    ])
  })

  test('growing: the metrics that gain series, then the largest', () => {
    const users = (n: number) =>
      `# TYPE seen gauge\n${Array.from({ length: n }, (_, i) => `seen{user="${i}"} 1\n`).join('')}`
    const rows = growing(historyOf(requests(1, 1) + users(1), requests(1, 1) + users(4)))
    expect(rows[0]).toMatchObject({ name: 'seen', series: 4, added: 3, perMinute: 180 })
    expect(rows.map(({ name }) => name)).toEqual(['seen', 'requests_total', 'sent_bytes_total'])
  })

  test('what is gone is forgotten', () => {
    const history = historyOf(requests(1, 1), durations(1, 1))
    expect(history.counters.size).toBe(0)
    expect(history.families.size).toBe(1)
  })
})

describe('a screen', () => {
  const state: FrameState = {
    source: 'http://localhost:9090/metrics',
    view: 'busiest',
    offset: 0,
    paused: false,
    every: 1_000,
    trouble: undefined,
    language: 'en',
  }
  const history = historyOf(requests(10, 1), requests(30, 2))

  test.each([
    [80, 24],
    [130, 10],
    [40, 8],
  ])('of %d × %d is filled, and no line is longer', (columns, rows) => {
    for (const view of ['busiest', 'slowest', 'failing', 'growing'] as const) {
      const { lines } = frameOf(history, { ...state, view }, { columns, rows }, plain)
      expect(lines).toHaveLength(rows)
      const long = lines.slice(5, -2).filter((line) => line.length > columns)
      expect(long).toEqual([])
    }
  })

  test('without colours says which view it is', () => {
    expect(frameOf(history, state, { columns: 100, rows: 20 }, plain).lines.join('\n')).toContain(
      '[1 Busiest]  2 Slowest',
    )
  })

  test('says what goes wrong and keeps the last figures', () => {
    const { lines } = frameOf(
      history,
      { ...state, trouble: 'it does not answer' },
      { columns: 100, rows: 20 },
      plain,
    )
    expect(lines[1]).toContain('it does not answer')
    expect(lines.join('\n')).toContain('requests_total')
  })

  test('scrolls no further than to its last row', () => {
    const { lines } = frameOf(history, { ...state, offset: 99 }, { columns: 100, rows: 8 }, plain)
    expect(lines.join('\n')).toContain('3–3 of 3')
  })

  test('shows nothing of an endpoint that could move the cursor', () => {
    const hostile = '# TYPE a counter\na_total{x="\u001b[2J\u0007\u009b1m\u202e"} 1\n'
    const shown = tableOf(
      historyOf(hostile, hostile),
      'busiest',
      { columns: 100, rows: 5 },
      plain,
      'en',
    ).join('\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test.each([
    ['q', ['quit']],
    ['\u0003', ['interrupt']],
    ['\u001b[D\u001b[C', ['left', 'right']],
    ['\u001bOA\u001b[B', ['up', 'down']],
    ['14 ', ['1', '4', 'pause']],
    ['\u001b[5~x\u001b[200~', ['pageup']],
    ['한글', []],
  ])('understands the keys %j', (text, expected) => {
    expect(keysIn(text)).toEqual(expected)
  })
})

test.each([
  [shortNumber(0), '0'],
  [shortNumber(0.02), '0.02'],
  [shortNumber(12.43), '12.4'],
  [shortNumber(999.99), '1k'],
  [shortNumber(1_250_000), '1.25M'],
  [shortDuration(0.00034), '340 µs'],
  [shortDuration(0.0123), '12.3 ms'],
  [shortDuration(2.5), '2.5 s'],
  [shortDuration(600), '10 min'],
  [shortBytes(512), '512 B'],
  [shortBytes(1536), '1.5 KiB'],
  [percent(0.9999), '100 %'],
  [percent(0.00001), '<0.01 %'],
])('%s is written %s', (text, expected) => {
  expect(text).toBe(expected)
})
