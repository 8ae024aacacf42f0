import { expect, test } from 'vitest'
import { OpenMetricsError, parseOpenMetrics } from '../../../../test/support/openmetrics-parser.js'

const lines = (...all: string[]) => `${all.join('\n')}\n`
const document = (...all: string[]) => lines(...all, '# EOF')

test('the strict parser of OpenMetrics reads every type', () => {
  const parsed = parseOpenMetrics(
    document(
      '# TYPE a_seconds counter',
      '# UNIT a_seconds seconds',
      '# HELP a_seconds two\\nlines \\\\ \\"quoted\\"',
      'a_seconds_total{x="\\\\y\\"z\\n"} 1.5 1700000000.5 # {trace_id="abc"} 0.5 1699999999',
      'a_seconds_created{x="\\\\y\\"z\\n"} 1.6e+09',
      '# TYPE h histogram',
      'h_bucket{le="0.5"} 1',
      'h_bucket{le="1e+06"} 1 # {} 1000',
      'h_bucket{le="+Inf"} 2',
      'h_count 2',
      'h_sum 5',
      '# TYPE s summary',
      's{quantile="0.0"} NaN',
      's_count 0',
      '# TYPE build info',
      'build_info{version="1"} 1',
      '# TYPE state stateset',
      'state{state="up"} 1',
      'state{state="down"} 0',
      '# TYPE g gauge',
      'g{} -Inf',
      '# TYPE u unknown',
      'u 7',
    ),
  )
  expect([...parsed.families.values()].map((family) => family.type)).toEqual([
    'counter',
    'histogram',
    'summary',
    'info',
    'stateset',
    'gauge',
    'unknown',
  ])
  expect(parsed.families.get('a_seconds')).toMatchObject({ unit: 'seconds', help: 'two\nlines \\ "quoted"' })
  expect(parsed.samples[0]).toEqual({
    name: 'a_seconds_total',
    labels: { x: '\\y"z\n' },
    value: 1.5,
    timestamp: 1_700_000_000.5,
    exemplar: { labels: { trace_id: 'abc' }, value: 0.5, timestamp: 1_699_999_999 },
    line: 4,
  })
  expect(parsed.value('g')).toBe(-Infinity)
  expect(parseOpenMetrics('# EOF\n').samples).toEqual([])
})

test('the strict parser reads quoted names where they are permitted', () => {
  const text = document('# TYPE "a.b" gauge', '{"a.b","c \\"d\\""="e"} 1', '{"a.b"} 2')
  const parsed = parseOpenMetrics(text, 'utf-8')
  expect(parsed.value('a.b', { 'c "d"': 'e' })).toBe(1)
  expect(parsed.value('a.b')).toBe(2)
  expect(() => parseOpenMetrics(text)).toThrow(OpenMetricsError)
})

const histogram = (...samples: string[]) => document('# TYPE h histogram', ...samples)
const faults: readonly [fault: string, text: string][] = [
  ['no EOF', '# TYPE g gauge\ng 1\n'],
  ['EOF without a line feed', '# EOF'],
  ['something after EOF', '# EOF\n\n'],
  ['EOF twice', '# EOF\n# EOF\n'],
  ['a blank line', document('', '# TYPE g gauge', 'g 1')],
  ['CR LF', document('# TYPE g gauge\r', 'g 1\r')],
  ['a comment', document('# hello')],
  ['two blanks', document('# TYPE g gauge', 'g  1')],
  ['a blank in the labels', document('# TYPE g gauge', 'g{a="1", b="2"} 1')],
  ['a comma at the end', document('# TYPE g gauge', 'g{a="1",} 1')],
  ['HELP before TYPE', document('# HELP g g', '# TYPE g gauge', 'g 1')],
  ['TYPE twice', document('# TYPE g gauge', '# TYPE g gauge')],
  ['TYPE after a sample', document('# TYPE g gauge', 'g 1', '# TYPE g gauge')],
  ['type untyped', document('# TYPE g untyped')],
  ['a quote in HELP', document('# TYPE g gauge', '# HELP g "x"')],
  ['a unit that is not in the name', document('# TYPE g gauge', '# UNIT g seconds', 'g 1')],
  ['a sample without its family', document('g 1')],
  ['a counter without _total', document('# TYPE c counter', 'c 1')],
  ['the TYPE of a counter with _total', document('# TYPE c_total counter', 'c_total 1')],
  ['a negative counter', document('# TYPE c counter', 'c_total -1')],
  ['a counter that is NaN', document('# TYPE c counter', 'c_total NaN')],
  ['a family in two groups', document('# TYPE a gauge', 'a 1', '# TYPE b gauge', 'b 1', '# TYPE a gauge')],
  ['a series twice', document('# TYPE g gauge', 'g{a="1"} 1', 'g{a="1"} 1')],
  [
    'a series in two groups',
    document('# TYPE c counter', 'c_total{a="1"} 1', 'c_total 1', 'c_created{a="1"} 1'),
  ],
  ['a label twice', document('# TYPE g gauge', 'g{a="1",a="2"} 1')],
  [
    'families that clash',
    document('# TYPE foo counter', 'foo_total 1', '# TYPE foo_created gauge', 'foo_created 1'),
  ],
  ['le="1"', histogram('h_bucket{le="1"} 1', 'h_bucket{le="+Inf"} 1')],
  ['le="1000000.0"', histogram('h_bucket{le="1000000.0"} 1', 'h_bucket{le="+Inf"} 1')],
  ['le="1e-7"', histogram('h_bucket{le="1e-7"} 1', 'h_bucket{le="+Inf"} 1')],
  ['le="1e-02"', histogram('h_bucket{le="1e-02"} 1', 'h_bucket{le="+Inf"} 1')],
  ['le="Infinity"', histogram('h_bucket{le="Infinity"} 1')],
  ['no +Inf bucket', histogram('h_bucket{le="1.0"} 1')],
  ['+Inf unequal to the count', histogram('h_bucket{le="+Inf"} 1', 'h_count 2', 'h_sum 1')],
  ['a sum without a count', histogram('h_bucket{le="+Inf"} 1', 'h_sum 1')],
  ['a negative sum', histogram('h_bucket{le="+Inf"} 1', 'h_count 1', 'h_sum -1')],
  [
    'a sum beside negative bounds',
    histogram('h_bucket{le="-1.0"} 0', 'h_bucket{le="+Inf"} 1', 'h_count 1', 'h_sum 1'),
  ],
  ['counts that fall', histogram('h_bucket{le="1.0"} 2', 'h_bucket{le="+Inf"} 1')],
  ['a negative quantile value', document('# TYPE s summary', 's{quantile="0.5"} -1')],
  ['quantile="1"', document('# TYPE s summary', 's{quantile="1"} 1')],
  ['an info of 2', document('# TYPE i info', 'i_info 2')],
  ['a state of 2', document('# TYPE s stateset', 's{s="a"} 2')],
  ['a state without its label', document('# TYPE s stateset', 's{t="a"} 1')],
  ['an exemplar of a gauge', document('# TYPE g gauge', 'g 1 # {} 1')],
  ['an exemplar that is too long', document('# TYPE c counter', `c_total 1 # {a="${'x'.repeat(128)}"} 1`)],
  ['an exemplar above its bucket', histogram('h_bucket{le="1.0"} 1 # {} 2', 'h_bucket{le="+Inf"} 1')],
  ['an unpaired surrogate', document('# TYPE g gauge', 'g{a="\ud800"} 1')],
  ['a value that is no number', document('# TYPE g gauge', 'g 0x1')],
]

test.each(faults)('the strict parser of OpenMetrics refuses %s', (_, text) => {
  expect(() => parseOpenMetrics(text)).toThrow(OpenMetricsError)
})
