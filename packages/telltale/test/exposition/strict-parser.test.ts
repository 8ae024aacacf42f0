import { expect, test } from 'vitest'
import { parseText, TextFormatError } from '../../../../test/support/text-parser.js'

const lines = (...all: string[]) => `${all.join('\n')}\n`

test('the strict parser reads families, unescaped labels, special values and timestamps', () => {
  const parsed = parseText(
    lines(
      '# a comment',
      '# HELP m two\\nlines \\\\ "quoted"',
      '# TYPE m gauge',
      'm{a="x\\\\y\\"z\\n",b="",} -1.5e-3 1700000000000',
      'm +Inf',
      '',
      '# TYPE n counter',
      'n NaN',
      'untyped_one 1',
    ),
  )
  expect([...parsed.families.keys()]).toEqual(['m', 'n', 'untyped_one'])
  const family = parsed.families.get('m')!
  expect(family).toMatchObject({ type: 'gauge', help: 'two\nlines \\ "quoted"' })
  expect(family.samples[0]).toEqual({
    name: 'm',
    labels: { a: 'x\\y"z\n', b: '' },
    value: -0.0015,
    timestamp: 1_700_000_000_000,
    line: 4,
  })
  expect(parsed.value('m', { a: 'x\\y"z\n' })).toBe(-0.0015)
  expect(parsed.value('m')).toBe(Infinity)
  expect(parsed.value('n')).toBeNaN()
  expect(parsed.value('absent')).toBeUndefined()
  expect(parsed.families.get('untyped_one')!.type).toBe('untyped')
  expect(parseText('').samples).toEqual([])
})

test('the strict parser reads histograms and summaries', () => {
  const parsed = parseText(
    lines(
      '# TYPE h histogram',
      'h_bucket{le="1"} 1',
      'h_bucket{le="+Inf"} 2',
      'h_sum 5',
      'h_count 2',
      '# TYPE s summary',
      's{quantile="0.5"} 1',
      's{quantile="0.99"} 2',
      's_sum 3',
      's_count 2',
    ),
  )
  expect(parsed.families.get('h')!.samples).toHaveLength(4)
  expect(parsed.value('s', { quantile: '0.99' })).toBe(2)
})

const histogram = (...buckets: string[]) => lines('# TYPE h histogram', ...buckets, 'h_sum 1', 'h_count 2')

const faults: readonly [fault: string, text: string, line: number][] = [
  ['no final line feed', '# TYPE m gauge\nm 1', 2],
  ['CR LF', '# TYPE m gauge\r\nm 1\r\n', 1],
  ['CR after a sample', 'm 1\r\n', 1],
  ['TYPE after a sample', lines('m 1', '# TYPE m gauge'), 2],
  ['HELP after a sample', lines('m 1', '# HELP m help'), 2],
  ['TYPE twice', lines('# TYPE m gauge', '# TYPE m gauge', 'm 1'), 2],
  ['HELP twice', lines('# HELP m a', '# HELP m a', 'm 1'), 2],
  ['an unknown type', lines('# TYPE m info', 'm 1'), 1],
  ['a family in two groups', lines('m{a="1"} 1', 'n 1', 'm{a="2"} 1'), 3],
  ['a bucket outside its group', lines('# TYPE h histogram', '# TYPE n gauge', 'h_bucket{le="+Inf"} 1'), 3],
  ['samples of another name', lines('# TYPE m histogram', 'm 1'), 2],
  ['a series twice', lines('m{a="1",b="2"} 1', 'm{b="2",a="1"} 1'), 2],
  ['a series twice, once with an empty label', lines('m 1', 'm{a=""} 1'), 2],
  ['a label twice', lines('m{a="1",a="2"} 1'), 1],
  ['no +Inf bucket', histogram('h_bucket{le="1"} 2'), 4],
  ['+Inf unequal to the count', histogram('h_bucket{le="1"} 1', 'h_bucket{le="+Inf"} 1'), 5],
  ['no bucket', lines('# TYPE h histogram', 'h_sum 1', 'h_count 2'), 3],
  ['no count', lines('# TYPE h histogram', 'h_bucket{le="+Inf"} 1', 'h_sum 1'), 2],
  ['unsorted bounds', histogram('h_bucket{le="2"} 1', 'h_bucket{le="1"} 1', 'h_bucket{le="+Inf"} 2'), 3],
  [
    'a bound in two forms',
    histogram('h_bucket{le="1"} 1', 'h_bucket{le="1.0"} 1', 'h_bucket{le="+Inf"} 2'),
    3,
  ],
  ['counts that fall', histogram('h_bucket{le="1"} 3', 'h_bucket{le="+Inf"} 2'), 3],
  ['le="Infinity"', histogram('h_bucket{le="1"} 2', 'h_bucket{le="Infinity"} 2'), 3],
  ['a bucket without le', histogram('h_bucket 2', 'h_bucket{le="+Inf"} 2'), 2],
  ['a quantile above 1', lines('# TYPE s summary', 's{quantile="2"} 1', 's_sum 1', 's_count 1'), 2],
  ['a metric name that starts with a digit', lines('1m 1'), 1],
  ['a metric name with a dash', lines('a-b 1'), 1],
  ['a quoted metric name', lines('{"a.b"} 1'), 1],
  ['a label name with a colon', lines('m{a:b="1"} 1'), 1],
  ['a label value without quotes', lines('m{a=1} 1'), 1],
  ['an unknown escape', lines('m{a="\\t"} 1'), 1],
  ['an unknown escape in HELP', lines('# HELP m \\"'), 1],
  ['a label value without end', lines('m{a="1} 1'), 1],
  ['a line feed in a label value', lines('m{a="1', '2"} 1'), 1],
  ['no comma between labels', lines('m{a="1"b="2"} 1'), 1],
  ['no value', lines('m'), 1],
  ['a value that is no number', lines('m 0x'), 1],
  ['an empty value', lines('m undefined'), 1],
  ['a fractional timestamp', lines('m 1 1.5'), 1],
  ['text after the timestamp', lines('m 1 1 1'), 1],
  ['an unpaired surrogate', lines('m{a="\ud800"} 1'), 0],
]

test.each(faults)('the strict parser refuses %s', (_, text, line) => {
  try {
    parseText(text)
  } catch (error) {
    expect(error).toBeInstanceOf(TextFormatError)
    expect((error as TextFormatError).line).toBe(line)
    return
  }
  expect.unreachable('the text was accepted')
})
