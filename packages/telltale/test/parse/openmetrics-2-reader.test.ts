import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { parseOpenMetrics2 } from '../../../../test/support/openmetrics-2-parser.js'
import { Counter, expose, Histogram, Registry, Summary } from '../../src/index.js'
import { lintExposition } from '../../src/lint/lint.js'
import type { ParsedExposition, ParsedSample } from '../../src/parse/exposition-model.js'
import { parseExposition } from '../../src/parse/parse-exposition.js'
import { readRegistry } from '../../src/parse/registry-reader.js'

const TYPE = 'application/openmetrics-text; version=2.0.0; charset=utf-8'
const document = (...lines: readonly string[]) => `${lines.join('\n')}\n# EOF\n`
const families = (text: string) => parseExposition(text, TYPE).families
const strict = (text: string) => parseExposition(text, TYPE, { strict: true })
const shown = ({ name, labels, value }: ParsedSample) =>
  `${name}${labels.le ?? labels.quantile ?? ''} ${value}`

describe('a text in OpenMetrics 2.0', () => {
  test('is read into the same samples as the older formats', () => {
    const { format, families: read } = strict(
      document(
        '# TYPE sent_total counter',
        '# UNIT sent_total bytes',
        'sent_total{to="a"} 5 1700000000.5 st@1600000000.25 # {trace_id="x"} 2.5 1700000000.25',
        '# TYPE odd counter',
        'odd 1 st@5',
        '# TYPE took_seconds histogram',
        'took_seconds {count:3,sum:4.5,bucket:[0.5:1,1:1,+Inf:3]} st@7',
        '# TYPE size summary',
        'size{a="b"} {count:2,sum:-1,quantile:[0.5:1e-3,0.99:NaN]}',
        '# TYPE queue gaugehistogram',
        'queue {gcount:3,gsum:-4.5,bucket:[1.0:1,+Inf:3]}',
        '# TYPE build_info info',
        'build_info{version="1"} 1',
        '# TYPE "a.b" gauge',
        '{"a.b","c.d"="e"} +Inf',
      ),
    )
    expect(format).toBe('openmetrics2')
    expect(read.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'sent_total counter',
      'odd counter',
      'took_seconds histogram',
      'size summary',
      'queue gaugehistogram',
      'build_info info',
      'a.b gauge',
    ])
    expect(read[0]).toMatchObject({ unit: 'bytes', line: 1 })
    expect(read[0]!.samples[0]).toEqual({
      name: 'sent_total',
      labels: { to: 'a' },
      value: 5,
      timestamp: 1_700_000_000.5,
      exemplar: { labels: { trace_id: 'x' }, value: 2.5, timestamp: 1_700_000_000.25 },
      line: 3,
    })
    expect(read.flatMap(({ samples }) => samples).map(shown)).toEqual([
      'sent_total 5',
      'sent_created 1600000000.25',
      'odd 1',
      'odd_created 5',
      'took_seconds_bucket0.5 1',
      'took_seconds_bucket1 1',
      'took_seconds_bucket+Inf 3',
      'took_seconds_sum 4.5',
      'took_seconds_count 3',
      'took_seconds_created 7',
      'size0.5 0.001',
      'size0.99 NaN',
      'size_sum -1',
      'size_count 2',
      'queue_bucket1 1',
      'queue_bucket+Inf 3',
      'queue_gsum -4.5',
      'queue_gcount 3',
      'build_info 1',
      'a.b Infinity',
    ])
  })

  test('gives native buckets by their index, beside classic ones or alone', () => {
    const native =
      'count:59,sum:1.2e2,schema:7,zero_threshold:1e-4,zero_count:0,negative_spans:[1:2],' +
      'negative_buckets:[5,7],positive_spans:[-1:2,3:4],positive_buckets:[5,7,10,9,8,8]'
    const [both, alone] = strict(
      document(
        '# TYPE both histogram',
        `both{a="x"} {${native},bucket:[0.5:1,+Inf:59]}`,
        '# TYPE alone histogram',
        `alone {${native}}`,
      ),
    ).families
    const read = {
      schema: 7,
      zeroThreshold: 1e-4,
      zeroCount: 0,
      count: 59,
      sum: 120,
      negative: { indexes: [1, 2], counts: [5, 7] },
      positive: { indexes: [-1, 0, 4, 5, 6, 7], counts: [5, 7, 10, 9, 8, 8] },
    }
    expect(both!.natives).toEqual([{ ...read, labels: { a: 'x' } }])
    expect(both!.samples.map(shown)).toEqual([
      'both_bucket0.5 1',
      'both_bucket+Inf 59',
      'both_sum 120',
      'both_count 59',
    ])
    expect(alone!.natives).toEqual([{ ...read, labels: {} }])
    expect(alone!.samples.map(shown)).toEqual(['alone_bucket+Inf 59', 'alone_sum 120', 'alone_count 59'])
  })

  test('gives each bucket the newest exemplar that falls into it', () => {
    const [family] = strict(
      document(
        '# TYPE a histogram',
        'a {count:4,sum:9,bucket:[1:3,2:3,+Inf:4]} # {t="old"} 0.5 10 # {t="new"} 0.75 20 # {t="mid"} 1 15 # {} 6 5',
      ),
    ).families
    expect(family!.samples.map(({ exemplar }) => exemplar?.value)).toEqual([
      0.75,
      undefined,
      6,
      undefined,
      undefined,
    ])
  })

  test.each([
    ['without a line feed after the end', '# TYPE a gauge\na 1\n# EOF'],
    ['with a unit that the name does not say', '# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n'],
    ['without metadata', 'a 1\n# EOF\n'],
  ])('is read %s', (_, text) => {
    expect(strict(text).families.flatMap((family) => family.samples.map(shown))).toEqual(['a 1'])
  })
})

describe('what is no OpenMetrics 2.0 is refused', () => {
  const value = 'count:1,sum:1'
  const native = `${value},schema:0,zero_threshold:0,zero_count:0`
  const histogram = (sample: string) => document('# TYPE a histogram', sample)
  test.each<[fault: string, text: string, expected: string]>([
    ['a histogram in lines', histogram('a_bucket{le="+Inf"} 1\na 1'), 'a value between braces'],
    [
      'a gauge with fields',
      document('# TYPE a gauge', `a {${value},bucket:[+Inf:1]}`),
      'a number; only histograms',
    ],
    ['no buckets', histogram(`a {${value}}`), 'got a histogram without "bucket"'],
    ['no sum', histogram('a {count:1,bucket:[+Inf:1]}'), 'without "sum"'],
    ['a field of another type', histogram(`a {${value},quantile:[]}`), 'one of count, sum, schema'],
    ['a field twice', histogram(`a {count:1,${value},bucket:[+Inf:1]}`), 'each once'],
    ['a blank between fields', histogram('a {count:1, sum:1,bucket:[+Inf:1]}'), 'one of count, sum'],
    ['a field that is no number', histogram('a {count:x,sum:1,bucket:[+Inf:1]}'), 'a number in "count"'],
    ['a bucket without a count', histogram(`a {${value},bucket:[+Inf]}`), 'the second number of the pair'],
    [
      'a list that does not end',
      histogram(`a {${value},bucket:[+Inf:1}`),
      '"," or "]" after a value of "bucket"',
    ],
    ['a value that does not end', histogram(`a {${value},bucket:[+Inf:1]`), '"," or "}" after a field'],
    ['a label le', histogram(`a{le="1"} {${value},bucket:[+Inf:1]}`), 'got a histogram with the label le'],
    [
      'a native histogram without its zero bucket',
      histogram(`a {${value},schema:0}`),
      'without "zero_threshold"',
    ],
    ['a schema that is reserved', histogram(`a {${native.replace('schema:0', 'schema:9')}}`), 'from -4 to 8'],
    [
      'a threshold below 0',
      histogram(`a {${native.replace('threshold:0', 'threshold:-1')}}`),
      'finite number from 0',
    ],
    [
      'fewer buckets than spans',
      histogram(`a {${native},positive_spans:[0:2],positive_buckets:[1]}`),
      'got positive_spans of 2 buckets and 1 positive_buckets',
    ],
    [
      'a span that goes back',
      histogram(`a {${native},positive_spans:[0:1,-1:1],positive_buckets:[1,0]}`),
      'only the first offset below 0',
    ],
    ['an exemplar without a time', document('# TYPE a counter', 'a 1 # {} 1'), 'one blank'],
    ['a start time that is none', document('# TYPE a counter', 'a 1 st@NaN'), 'a start time in seconds'],
    ['a start time before the timestamp', document('# TYPE a counter', 'a 1 st@1 2'), '"#" and an exemplar'],
    ['no end', '# TYPE a counter\na 1\n', '"# EOF" as the last line'],
  ])('%s', (_, text, expected) => {
    expect(() => families(text)).toThrow(expected)
    expect(() => parseOpenMetrics2(text)).toThrow()
  })

  test.each<[fault: string, text: string, expected: string]>([
    [
      'fields in another order',
      histogram('a {sum:1,count:1,bucket:[+Inf:1]}'),
      'the fields in the order count, sum',
    ],
    ['a start time of a gauge', document('# TYPE a gauge', 'a 1 st@1'), 'a gauge has none'],
    ['bounds that do not ascend', histogram(`a {${value},bucket:[2:1,1:1,+Inf:1]}`), 'ascending bounds'],
    ['no last bucket', histogram(`a {${value},bucket:[2:1]}`), 'le="+Inf"'],
    ['a count that is not that of all', histogram(`a {${value},bucket:[+Inf:2]}`), 'the same in both'],
    [
      'native buckets that are not the count',
      histogram(`a {${native}}`),
      'a count of 1 and 0 in native buckets',
    ],
    ['an info of another name', document('# TYPE a info', 'a 1'), 'ends in _info'],
    ['a unit of an info', document('# TYPE a_info info', '# UNIT a_info s', 'a_info 1'), 'no unit'],
    ['a series twice', document('# TYPE a counter', 'a 1', 'a 1'), 'each series once'],
    [
      'a negative quantile',
      document('# TYPE a summary', `a {${value},quantile:[0.5:-1]}`),
      'a quantile from 0',
    ],
  ])('by a strict reader: %s', (_, text, expected) => {
    expect(families(text).length).toBe(1)
    expect(() => strict(text)).toThrow(expected)
    expect(() => parseOpenMetrics2(text)).toThrow()
  })

  test('whatever it is, and nothing else is thrown', () => {
    const part = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        'count',
        'sum',
        'bucket',
        'schema',
        '+Inf',
        '1',
        ' ',
        'st@',
        '# {} 1 1',
        '\n',
      ],
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        try {
          families(histogram(`a ${parts.join('')}`))
        } catch (error) {
          expect(error).toMatchObject({ code: 'TELLTALE_EXPOSITION' })
        }
      }),
      { numRuns: 2000 },
    )
  })
})

/** What is the same in a registry and in what was read from it: there are no lines, and no -0. */
function comparable({ families: all }: ParsedExposition): unknown {
  const plain = ({ line: _, value, exemplar, ...sample }: ParsedSample) => ({
    ...sample,
    value: value + 0,
    exemplar: exemplar && { ...exemplar, value: exemplar.value + 0 },
  })
  return all.map(({ line: _, samples, ...family }) => ({ ...family, samples: samples.map(plain) }))
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'n', ',', '=', '{', '}', ' ', '#'), maxLength: 6 }),
)
const number = fc.oneof(
  fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
  fc.double({ noNaN: true, min: 1e-6, max: 10 }),
  fc.integer({ min: -5, max: 5 }),
)
const bounds = fc
  .uniqueArray(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), { maxLength: 6 })
  .map((all) => [...new Set(all.map((bound) => bound + 0))].sort((a, b) => a - b))

test('what is read is what was recorded, native buckets, start times and exemplars included', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.tuple(anyText, number), { maxLength: 15 }),
    anyText,
    bounds,
    fc.integer({ min: -4, max: 8 }),
    fc.boolean(),
    async (all, region, buckets, schema, createdTimes) => {
      const clock = new ManualClock()
      const registry = new Registry({ clock, createdTimes, openMetrics2: true, defaultLabels: { region } })
      const options = { help: `Any "help"\n\\ ${region}.`, labels: ['a'] as const, registry }
      const counter = new Counter({ ...options, name: 'c_total' })
      const native = { schema, zeroThreshold: 1e-3, maxBuckets: 20 }
      const histogram = new Histogram({ ...options, name: 'h', buckets, native })
      const classic = new Histogram({
        ...options,
        name: 'k',
        buckets: [...new Set([...buckets, Number.MAX_VALUE])],
      })
      const summary = new Summary({ ...options, name: 's' })
      for (const [a, value] of all) {
        clock.advance(0.25)
        registry.withExemplar({ trace_id: a }, () => {
          counter.labels(a).inc(Math.abs(value))
          histogram.labels(a).observe(value)
          classic.labels(a).observe(value)
        })
        // Negative quantiles are left out.
        summary.labels(a).observe(Math.abs(value))
      }
      const { body, contentType } = await expose(registry, { accept: TYPE })
      parseOpenMetrics2(body)
      const read = parseExposition(body, contentType, { strict: true })
      const direct = await readRegistry(registry)
      const families = direct.families.filter(({ samples }) => samples.length > 0)
      expect(comparable(read)).toEqual(comparable({ ...direct, families }))
    },
  )
  const examples: [[string, number][], string, number[], number, boolean][] = [
    [[['\u0000', -0]], '', [], 0, false],
    [[], '', [Number.MAX_VALUE], 0, false],
  ]
  await fc.assert(property, { numRuns: 150, examples: examples })
})

test('lint has nothing against the form of its bounds', async () => {
  const registry = new Registry({ openMetrics2: true })
  new Histogram({ name: 'took_seconds', help: 'Time it took.', buckets: [1, 10, 1e6], registry })
  const { body, contentType } = await expose(registry, { accept: TYPE })
  expect(lintExposition(body, contentType)).toEqual([])
})
