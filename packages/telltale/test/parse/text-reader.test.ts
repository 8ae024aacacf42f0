import { describe, expect, test } from 'vitest'
import { ExpositionError } from '../../src/parse/exposition-error.js'
import { parseExposition } from '../../src/parse/parse-exposition.js'

const TEXT = 'text/plain; version=0.0.4; charset=utf-8'
const samplesOf = (text: string) => parseExposition(text, TEXT).families.flatMap((family) => family.samples)

describe('a text in the format 0.0.4', () => {
  test('is read into families with their metadata and samples', () => {
    const { format, families } = parseExposition(
      [
        '# HELP http_requests_total Requests, by \\\\ and\\nline.',
        '# TYPE http_requests_total counter',
        'http_requests_total{method="GET",path="a\\"b\\\\c\\nd"} 3 1700000000500',
        '# TYPE took_seconds histogram',
        'took_seconds_bucket{le="0.5"} 1',
        'took_seconds_bucket{le="+Inf"} 2',
        'took_seconds_sum 1.5e0',
        'took_seconds_count 2',
        'free 4',
        '',
      ].join('\n'),
      TEXT,
    )
    expect(format).toBe('text')
    expect(families.map(({ name, type, line }) => [name, type, line])).toEqual([
      ['http_requests_total', 'counter', 1],
      ['took_seconds', 'histogram', 4],
      ['free', 'unknown', 9],
    ])
    expect(families[0]).toMatchObject({ help: 'Requests, by \\ and\nline.', unit: undefined })
    expect(families[0]!.samples).toEqual([
      {
        name: 'http_requests_total',
        labels: { method: 'GET', path: 'a"b\\c\nd' },
        value: 3,
        timestamp: 1_700_000_000.5,
        exemplar: undefined,
        line: 3,
      },
    ])
    expect(families[1]!.samples.map(({ name, value }) => [name, value])).toEqual([
      ['took_seconds_bucket', 1],
      ['took_seconds_bucket', 2],
      ['took_seconds_sum', 1.5],
      ['took_seconds_count', 2],
    ])
  })

  test.each([
    ['blank lines and comments', '\n# a comment\n#\n\na 1\n  # another\n'],
    ['tabs and blanks between the parts', '  a \t  1\t\n'],
    ['blanks inside the braces', 'a{ } 1\n'],
    ['no line feed at the end', 'a 1'],
    ['HELP without a text', '# HELP a\na 1\n'],
    ['HELP given twice', '# HELP a x\n# HELP a y\na 1\n'],
    ['metadata after a sample', 'a 1\n# TYPE a gauge\n'],
  ])('may have %s, as Prometheus reads it', (_, text) => {
    expect(samplesOf(text).map(({ name, value }) => [name, value])).toEqual([['a', 1]])
  })

  test.each([
    ['a comma before the brace', 'a{b="c",} 1\n'],
    ['blanks around the parts', 'a { b = "c" , } 1\n'],
  ])('may have %s in its labels', (_, text) => {
    expect(samplesOf(text)[0]!.labels).toEqual({ b: 'c' })
  })

  test('may have names in quotes', () => {
    const [sample] = samplesOf('# TYPE "my.name" gauge\n{"my.name","l.x"="v"} 1\n')
    expect([sample!.name, sample!.labels]).toEqual(['my.name', { 'l.x': 'v' }])
  })

  test('keeps a label that is named as the prototype of an object', () => {
    const [sample] = samplesOf('a{__proto__="x",constructor="y"} 1\n')
    expect(Object.entries(sample!.labels)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })

  test.each([
    ['NaN', Number.NaN],
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
    ['inf', Infinity],
    ['-1.5E-3', -0.0015],
    ['.5', 0.5],
    ['+5.', 5],
  ])('has the value %s', (text, value) => {
    expect(samplesOf(`a ${text}\n`)[0]!.value).toBe(value)
  })

  test.each<[fault: string, text: string, line: number, column: number, got: RegExp, expected: RegExp]>([
    ['a value that is none', 'ok 1\na{b="c"} x1\n', 2, 10, /"x1"/, /a value/],
    ['no value', 'a\n', 1, 2, /end of the line/, /blank or "{"/],
    ['a hexadecimal value', 'a 0x1f\n', 1, 3, /"0x1f"/, /digits/],
    ['a value beyond any double', 'a 1e999\n', 1, 3, /"1e999"/, /digits/],
    ['a metric name with a hyphen', 'a-b 1\n', 1, 2, /"-b"/, /blank or "{"/],
    ['HTML', '<html>\n', 1, 1, /"<html>"/, /metric name/],
    ['a label without a value', 'a{b} 1\n', 1, 4, /"}"/, /"="/],
    ['a label value without quotes', 'a{b=c} 1\n', 1, 5, /"c}"/, /in quotes/],
    ['a label value without an end', 'a{b="c} 1\nd 1\n', 1, 10, /end of the line/, /closing quote/],
    ['a backslash at the end of a line', 'a{b="c\\\nd"} 1\n', 1, 8, /end of the line/, /closing quote/],
    ['a label twice', 'a{b="c",b="d"} 1\n', 1, 9, /"b/, /each label once/],
    ['a colon in a label name', 'a{b:c="d"} 1\n', 1, 4, /":c/, /"="/],
    ['a type that is none', '# TYPE a meter\n', 1, 10, /"meter"/, /counter, gauge/],
    ['two types', '# TYPE a gauge\n# TYPE a counter\n', 2, 17, /second type/, /one TYPE/],
    ['a carriage return', 'a 1\r\n', 1, 4, /\\r/, /milliseconds|end of the line/],
    ['a timestamp that is none', 'a 1 soon\n', 1, 5, /"soon"/, /milliseconds/],
    ['something after the timestamp', 'a 1 5 6\n', 1, 7, /"6"/, /end of the line/],
  ])('with %s is refused with line and column', (_, text, line, column, got, expected) => {
    const error = caught(text)
    expect({ line: error.line, column: error.column }).toEqual({ line, column })
    expect(error.got).toMatch(got)
    expect(error.expected).toMatch(expected)
    expect(error.message).toBe(`line ${line}, column ${column}: got ${error.got}, expected ${error.expected}`)
    expect(error.code).toBe('TELLTALE_EXPOSITION')
  })
})

describe('a strict reader', () => {
  test.each<[fault: string, text: string, line: number, message: RegExp]>([
    ['no line feed at the end', 'a 1', 1, /line feed/],
    ['HELP twice', '# HELP a x\n# HELP a y\na 1\n', 2, /second help/],
    ['TYPE after a sample', 'a 1\n# TYPE a gauge\n', 2, /before the samples/],
    ['a metric in two places', 'a 1\nb 1\na{c="d"} 1\n', 3, /together/],
    ['a series twice', 'a{b="c",d=""} 1\na{b="c"} 2\n', 2, /twice/],
    ['a sample that its type has not', '# TYPE a histogram\na 1\n', 2, /a_bucket, a_sum, a_count/],
    ['names that clash', '# TYPE a_count gauge\na_count 1\n# TYPE a summary\na_sum 1\n', 3, /a_count/],
    ['buckets that fall', histogram('{le="1"} 3', '{le="+Inf"} 2'), 3, /cumulative/],
    ['bounds that fall', histogram('{le="2"} 1', '{le="1"} 2'), 3, /ascending/],
    ['no last bucket', histogram('{le="1"} 2'), 2, /\+Inf/],
    [
      'a count of its own',
      '# TYPE a histogram\na_bucket{le="+Inf"} 2\na_sum 1\na_count 3\n',
      4,
      /same in both/,
    ],
    ['quantiles that are none', '# TYPE a summary\na{quantile="1.5"} 2\n', 2, /ratio/],
  ])('refuses %s', (_, text, line, message) => {
    expect(() => parseExposition(text, TEXT, { strict: true })).toThrow(message)
    expect(() => parseExposition(text, TEXT, { strict: true })).toThrow(`line ${line}, `)
    expect(() => parseExposition(text, TEXT)).not.toThrow()
  })

  test('takes a text in which all is well', () => {
    const text = '# HELP a A.\n# TYPE a summary\na{quantile="0.5"} NaN\na_sum 0\na_count 0\n'
    expect(parseExposition(text, TEXT, { strict: true })).toEqual(parseExposition(text, TEXT))
  })
})

describe('the content type', () => {
  test('decides the format', () => {
    expect(parseExposition('# EOF\n', 'application/openmetrics-text; version=1.0.0').format).toBe(
      'openmetrics',
    )
    expect(parseExposition(new Uint8Array(), 'application/vnd.google.protobuf; proto=x').format).toBe(
      'protobuf',
    )
    expect(parseExposition('a 1\n', null).format).toBe('text')
    expect(parseExposition('# TYPE a counter\na_total 1\n# EOF\n').format).toBe('openmetrics')
  })

  test('of a page is refused', () => {
    expect(() => parseExposition('<html>', 'text/html')).toThrow(/"text\/html".*address of the metrics/)
  })

  test('of bytes that are not UTF-8 is refused', () => {
    expect(() => parseExposition(Uint8Array.of(97, 255), TEXT)).toThrow(ExpositionError)
  })
})

test('100,000 lines are read in well under a second', () => {
  const lines: string[] = ['# TYPE took_seconds histogram']
  for (let i = 0; i < 100_000; i++) {
    lines.push(
      `took_seconds_bucket{method="GET",route="/r/${i >> 4}",status_code="200",le="${i & 15}"} ${i * 1.5}`,
    )
  }
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`)
  const times = [1, 2, 3].map(() => {
    const started = performance.now()
    const [family] = parseExposition(bytes, TEXT).families
    expect(family!.samples).toHaveLength(100_000)
    return performance.now() - started
  })
  // The best of three, since other tests run beside this one.
  expect(Math.min(...times)).toBeLessThan(800)
})

function histogram(...buckets: readonly string[]): string {
  return [
    '# TYPE a histogram',
    ...buckets.map((bucket) => `a_bucket${bucket}`),
    'a_sum 1',
    'a_count 2',
    '',
  ].join('\n')
}

function caught(text: string): ExpositionError {
  try {
    parseExposition(text, TEXT)
  } catch (error) {
    if (error instanceof ExpositionError) return error
    throw error
  }
  throw new Error(`was read: ${text}`)
}
