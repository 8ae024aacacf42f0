import { describe, expect, test } from 'vitest'
import { parseExposition } from '../../src/parse/parse-exposition.js'

const TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
const families = (text: string) => parseExposition(text, TYPE).families
const strict = (text: string) => parseExposition(text, TYPE, { strict: true })

describe('a text in OpenMetrics 1.0', () => {
  test('is read into the same families as the text format', () => {
    const [requests, took, build] = families(
      [
        '# TYPE sent_bytes counter',
        '# UNIT sent_bytes bytes',
        '# HELP sent_bytes Bytes, \\"sent\\".',
        'sent_bytes_total{to="a"} 5 1700000000.5 # {trace_id="x",span="y"} 2.5 1700000000.25',
        'sent_bytes_created{to="a"} 1600000000.5',
        '# TYPE took_seconds histogram',
        'took_seconds_bucket{le="1.0"} 1 # {} 0.5',
        'took_seconds_bucket{le="+Inf"} 1',
        'took_seconds_count 1',
        'took_seconds_sum 0.5',
        '# TYPE build info',
        'build_info{version="1"} 1',
        '# EOF',
        '',
      ].join('\n'),
    )
    expect(requests).toMatchObject({
      name: 'sent_bytes_total',
      type: 'counter',
      unit: 'bytes',
      help: 'Bytes, "sent".',
    })
    expect(requests!.samples[0]).toEqual({
      name: 'sent_bytes_total',
      labels: { to: 'a' },
      value: 5,
      timestamp: 1_700_000_000.5,
      exemplar: { labels: { trace_id: 'x', span: 'y' }, value: 2.5, timestamp: 1_700_000_000.25 },
      line: 4,
    })
    expect(requests!.samples[1]).toMatchObject({ name: 'sent_bytes_created', value: 1_600_000_000.5 })
    expect(took!.samples[0]!.exemplar).toEqual({ labels: {}, value: 0.5, timestamp: undefined })
    expect(build).toMatchObject({ name: 'build_info', type: 'info' })
  })

  test.each([
    ['without a line feed after the end', '# TYPE a gauge\na 1\n# EOF'],
    ['with a HELP that is empty', '# HELP a\na 1\n# EOF\n'],
    ['with names in quotes', '# TYPE "a.b" gauge\n{"a.b"} 1\n# EOF\n'],
  ])('is read %s', (_, text) => {
    expect(families(text).flatMap((family) => family.samples.map(({ value }) => value))).toEqual([1])
  })

  test('may be empty', () => {
    expect(families('# EOF\n')).toEqual([])
  })

  test.each<[fault: string, text: string, line: number, column: number, expected: string]>([
    ['no end', 'a 1\n', 2, 1, '"# EOF" as the last line'],
    ['an early end', '# EOF\na 1\n# EOF\n', 1, 7, 'nothing after "# EOF" but a line feed'],
    ['an empty line', 'a 1\n\n# EOF\n', 2, 1, 'there are no empty lines in OpenMetrics'],
    ['a comment', '# so\n# EOF\n', 1, 1, 'there are no other comments'],
    ['two blanks', 'a  1\n# EOF\n', 1, 3, 'a value'],
    ['a tab', 'a\t1\n# EOF\n', 1, 2, 'one blank'],
    ['a comma before the brace', 'a{b="c",} 1\n# EOF\n', 1, 9, 'a label after ","'],
    ['a type of another format', '# TYPE a untyped\n# EOF\n', 1, 10, 'unknown, gauge, counter'],
    ['a unit that its name lacks', '# UNIT a_seconds bytes\n# EOF\n', 1, 18, 'a unit that a_seconds ends in'],
    ['a carriage return', 'a 1\r\n# EOF\n', 1, 4, 'one blank'],
    ['an exemplar without braces', 'a_total 1 # 5\n# EOF\n', 1, 13, '"{" and the labels of the exemplar'],
  ])('with %s is refused, as Prometheus refuses it', (_, text, line, column, expected) => {
    expect(() => families(text)).toThrow(
      expect.objectContaining({ line, column, expected: expect.stringContaining(expected) }),
    )
  })
})

describe('a strict reader', () => {
  test.each<[fault: string, lines: readonly string[], message: string]>([
    [
      'a counter without _total',
      ['# TYPE a counter', 'a 1'],
      'line 2, column 2: got a sample a of a counter',
    ],
    ['a negative counter', ['# TYPE a counter', 'a_total -1'], 'expected a number from 0 up'],
    ['a counter that is NaN', ['# TYPE a counter', 'a_total NaN'], 'expected a number from 0 up'],
    ['an info of 2', ['# TYPE a info', 'a_info{b="c"} 2'], 'the value 2 of a_info, expected 1'],
    ['a state of 2', ['# TYPE a stateset', 'a{a="on"} 2'], 'expected 0 or 1'],
    ['a state set without its label', ['# TYPE a stateset', 'a 1'], 'the label a, which names the state'],
    ['an exemplar of a gauge', ['# TYPE a gauge', 'a 1 # {} 1'], 'exemplars on counters and buckets only'],
    [
      'a long exemplar',
      ['# TYPE a counter', `a_total 1 # {b="${'€'.repeat(128)}"} 1`],
      'with 129 characters',
    ],
    [
      'an exemplar outside its bucket',
      ['# TYPE a histogram', 'a_bucket{le="1.0"} 1 # {} 2', 'a_bucket{le="+Inf"} 1', 'a_count 1', 'a_sum 1'],
      'one that is in the bucket le="1.0"',
    ],
    [
      'names that clash',
      ['# TYPE a counter', 'a_total 1', '# TYPE a_created gauge', 'a_created 1'],
      'a_created',
    ],
  ])('refuses %s', (_, lines, message) => {
    const text = `${lines.join('\n')}\n# EOF\n`
    expect(() => strict(text)).toThrow(message)
    expect(() => families(text)).not.toThrow()
  })

  test('takes an exemplar of exactly 128 code points', () => {
    const text = `# TYPE a counter\na_total 1 # {b="${'😀'.repeat(127)}"} 1\n# EOF\n`
    expect(strict(text).families).toHaveLength(1)
  })
})
