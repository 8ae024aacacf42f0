import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Counter, Gauge, Histogram, Registry } from '../../src/index.js'
import { defaultRules } from '../../src/lint/default-rules.js'
import { type LintOptions, lintExposition, lintRegistry } from '../../src/lint/lint.js'
import type { LintRule } from '../../src/lint/rule.js'

const OPENMETRICS = 'application/openmetrics-text; version=1.0.0'

function gauge(...samples: readonly string[]): string {
  return ['# HELP a What it is.', '# TYPE a gauge', ...samples, ''].join('\n')
}

function histogram(...samples: readonly string[]): string {
  return ['# HELP a What it is.', '# TYPE a histogram', ...samples, ''].join('\n')
}

function many(count: number, sample: (i: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, i) => sample(i))
}

function found(text: string, contentType = 'text/plain', options: LintOptions = {}): readonly string[] {
  return lintExposition(text, contentType, options).map(
    ({ id, severity, got, line }) => `${severity} ${id} ${line}: ${got}`,
  )
}

describe('lint finds', () => {
  test.each<[what: string, text: string, finding: string]>([
    [
      'a help that repeats the name',
      '# HELP a_word A word.\na_word 1\n',
      'warning help-repeats-name 1: a help that only repeats the name',
    ],
    ['a label of Prometheus', gauge('a{__b="c"} 1'), 'warning reserved-label 1: the label "__b"'],
    ['a label of the target', gauge('a{instance="c"} 1'), 'info target-label 1: the label "instance"'],
    [
      'a UUID',
      gauge('a{b="x"} 1', 'a{b="6f9619ff-8b86-d011-b42d-00c04fc964ff"} 1'),
      'warning id-like-label-value 4: a UUID in the label "b" ("6f96…", 36 characters)',
    ],
    [
      'an e-mail address',
      gauge('a{b="kim@example.com"} 1'),
      'warning id-like-label-value 3: an e-mail address in the label "b" ("kim@…", 15 characters)',
    ],
    [
      'a URL',
      gauge('a{b="https://example.com/x"} 1'),
      'warning id-like-label-value 3: a URL in the label "b" ("http…", 21 characters)',
    ],
    [
      'a query',
      gauge('a{b="/find?q=shoes"} 1'),
      'warning id-like-label-value 3: a URL in the label "b" ("/fin…", 13 characters)',
    ],
    [
      'an id in a path',
      gauge('a{b="/users/17/orders"} 1'),
      'warning id-like-label-value 3: a path with a number in it in the label "b" ("/use…", 16 characters)',
    ],
    [
      'a long number',
      gauge('a{b="order 20260101"} 1'),
      'warning id-like-label-value 3: a long number in the label "b" ("orde…", 14 characters)',
    ],
    [
      'a hash',
      gauge('a{b="5f3c0a9be1d24c77"} 1'),
      'warning id-like-label-value 3: a hash in the label "b" ("5f3c…", 16 characters)',
    ],
    [
      'too many values of a label',
      gauge(...many(101, (i) => `a{b="v${i}"} 1`)),
      'warning high-cardinality 1: 101 values of the label "b"',
    ],
    [
      'too many series',
      gauge(...many(1001, (i) => `a{b="v${i % 91}",c="v${Math.floor(i / 91)}"} 1`)),
      'warning high-cardinality 1: 1001 series',
    ],
    [
      'a label that says nothing',
      gauge(...many(5, (i) => `a{b="v${i}",c="same"} 1`)),
      'info constant-label 1: the label "c" with one value in all 5 series',
    ],
    [
      'no +Inf bucket',
      histogram('a_bucket{le="1"} 2', 'a_sum 1', 'a_count 2'),
      'error bucket-counts 3: le="1" as the last bucket',
    ],
    [
      'counts that fall',
      histogram('a_bucket{le="1"} 3', 'a_bucket{le="+Inf"} 2', 'a_sum 1', 'a_count 2'),
      'error bucket-counts 4: 2 in le="+Inf" after 3 in the bucket before',
    ],
    [
      'bounds that fall',
      histogram('a_bucket{le="2"} 1', 'a_bucket{le="1"} 2', 'a_bucket{le="+Inf"} 2', 'a_sum 1', 'a_count 2'),
      'error bucket-counts 4: le="1" after le="2"',
    ],
    [
      'another count than in +Inf',
      histogram('a_bucket{le="+Inf"} 2', 'a_sum 1', 'a_count 3'),
      'error bucket-counts 5: a count of 3 and 2 in le="+Inf"',
    ],
    [
      'a bound that other clients write otherwise',
      histogram('a_bucket{le="1000000"} 1', 'a_bucket{le="+Inf"} 2', 'a_sum 1', 'a_count 2'),
      'warning bound-form 3: le="1000000"',
    ],
    [
      'a bound of Infinity',
      histogram('a_bucket{le="Infinity"} 2', 'a_sum 1', 'a_count 2'),
      'warning bound-form 3: le="Infinity"',
    ],
    [
      'observations in one bucket',
      histogram(
        'a_bucket{le="1"} 0',
        'a_bucket{le="2"} 20',
        'a_bucket{le="+Inf"} 20',
        'a_sum 30',
        'a_count 20',
      ),
      'info one-bucket 1: all 20 observations in the bucket le="2"',
    ],
    [
      'a quantile that is no ratio',
      '# HELP a What it is.\n# TYPE a summary\na{quantile="50"} 1\na_sum 1\na_count 1\n',
      'error bucket-counts 3: quantile="50"',
    ],
    [
      'a series given twice',
      gauge('a{b="c"} 1', 'a{b="c"} 1', 'a{b="c"} 1'),
      'error duplicate-series 4: a twice with the same labels (and 1 more like it)',
    ],
  ])('%s', (_, text, finding) => {
    expect(found(text)).toEqual([finding])
  })

  test('names that differ only in case, once for each', () => {
    const text = '# HELP ab One.\n# TYPE ab gauge\nab 1\n# HELP AB Two.\n# TYPE AB gauge\nAB 1\n'
    expect(found(text)).toEqual([
      'warning name-case-clash 1: a name that is "AB" but for its case',
      'warning name-case-clash 4: a name that is "ab" but for its case',
    ])
  })

  test('bounds in the form of another format', () => {
    const lines = [
      '# TYPE a histogram',
      '# HELP a What it is.',
      'a_bucket{le="1"} 1',
      'a_bucket{le="+Inf"} 1',
    ]
    expect(found([...lines, 'a_count 1', 'a_sum 1', '# EOF'].join('\n'), OPENMETRICS)).toEqual([
      'warning bound-form 3: le="1"',
    ])
  })
})

describe('lint has nothing against', () => {
  test.each<[what: string, text: string]>([
    ['routes, versions and status codes', gauge('a{b="/users/:id/v1",c="20.19.0",d="200",e="eu-west-1"} 1')],
    ['words of letters that are hexadecimal digits', gauge('a{b="deadbeefdeadbeefdeadbeef"} 1')],
    ['100 values of a label', gauge(...many(100, (i) => `a{b="v${i}"} 1`))],
    ['a label that is the same in four series', gauge(...many(4, (i) => `a{b="v${i}",c="same"} 1`))],
    [
      'a commit in an info metric',
      '# HELP a_info What it is.\n# TYPE a_info gauge\na_info{commit="5f3c0a9be1d24c77"} 1\n',
    ],
    [
      '19 observations in one bucket',
      histogram('a_bucket{le="1"} 19', 'a_bucket{le="+Inf"} 19', 'a_sum 1', 'a_count 19'),
    ],
    [
      'bounds as text and OpenMetrics have them',
      histogram(
        'a_bucket{le="1.0"} 1',
        'a_bucket{le="2"} 2',
        'a_bucket{le="1e+06"} 3',
        'a_bucket{le="+Inf"} 3',
        'a_sum 1',
        'a_count 3',
      ),
    ],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('a finding', () => {
  test('says what was got, what was expected, what to do and where to read on', () => {
    const [finding] = lintExposition(
      '# HELP took_ms How long.\n# TYPE took_ms gauge\ntook_ms 1\n',
      'text/plain',
    )
    expect(finding).toEqual({
      id: 'abbreviated-unit',
      severity: 'warning',
      metric: 'took_ms',
      line: 1,
      got: '"ms", which reads as a unit',
      expected: '"seconds", if it is one',
      remedy: 'Write units out, and use the base unit.',
      message:
        'metric "took_ms": got "ms", which reads as a unit, expected "seconds", if it is one. ' +
        'Write units out, and use the base unit.',
      reference: 'https://prometheus.io/docs/practices/naming/#base-units',
    })
  })

  test('never shows a label value whole', () => {
    const [finding] = lintExposition(gauge('a{b="kim.lee@example.com"} 1'), 'text/plain')
    expect(JSON.stringify(finding)).not.toContain('kim.lee')
  })
})

describe('the options', () => {
  const text = gauge('a{instance="c",b="kim@example.com"} 1')

  test('switch rules off, for all metrics or for one', () => {
    expect(found(text, 'text/plain', { off: ['target-label'] })).toHaveLength(1)
    expect(found(text, 'text/plain', { except: { a: ['id-like-label-value', 'target-label'] } })).toEqual([])
    expect(found(text, 'text/plain', { except: { b: ['target-label'] } })).toHaveLength(2)
  })

  test('refuse a rule that there is not, which would be a mistake in writing', () => {
    expect(() => found(text, 'text/plain', { off: ['help-mising'] })).toThrow(/got the rule "help-mising"/)
    expect(() => found(text, 'text/plain', { except: { a: ['x'] } })).toThrow(/got the rule "x"/)
  })

  test('set what is too much', () => {
    const three = gauge('a{b="x"} 1', 'a{b="y"} 1', 'a{b="z"} 1')
    expect(found(three, 'text/plain', { labelValues: 2, series: 2 })).toEqual([
      'warning high-cardinality 1: 3 values of the label "b"',
      'warning high-cardinality 1: 3 series',
    ])
  })

  test("add rules of one's own", () => {
    const prefix: LintRule = {
      id: 'shop-prefix',
      severity: 'warning',
      reference: 'https://wiki.example.com/metrics',
      *check({ name }) {
        if (!name.startsWith('shop_')) {
          yield { got: 'no prefix', expected: `shop_${name}`, remedy: 'Add the prefix.' }
        }
      },
    }
    expect(found(gauge('a 1'), 'text/plain', { rules: [prefix] })).toEqual([
      'warning shop-prefix 1: no prefix',
    ])
    expect(found(gauge('a 1'), 'text/plain', { rules: [prefix], off: ['shop-prefix'] })).toEqual([])
    expect(() => found(text, 'text/plain', { rules: [prefix, prefix] })).toThrow(/ids that no other rule has/)
  })
})

describe('lint of a registry', () => {
  test('looks at metrics that have no series yet', async () => {
    const registry = new Registry()
    new Counter({ name: 'requests', help: 'Requests answered.', labels: ['statusCode'], registry })
    const findings = await lintRegistry(registry)
    expect(findings.map(({ id, metric, line }) => [id, metric, line])).toEqual([
      ['counter-total', 'requests', 0],
    ])
  })

  test('looks at the values that its collectors bring', async () => {
    const registry = new Registry()
    new Gauge({
      name: 'queue_size',
      help: 'Jobs that wait.',
      labels: ['queue'],
      collect: (gauge) => gauge.labels('https://queue.example.com/1').set(1),
      registry,
    })
    expect((await lintRegistry(registry)).map(({ id }) => id)).toEqual(['id-like-label-value'])
  })

  test('changes nothing that a scrape sees', async () => {
    const registry = new Registry()
    const took = new Histogram({ name: 'took_seconds', help: 'How long it took.', registry })
    took.observe(1)
    await lintRegistry(registry)
    expect(registry.families).toEqual([took])
  })
})

test('a text that cannot be read is an error with line and column', () => {
  expect(() => lintExposition('<html>', 'text/plain')).toThrow('line 1, column 1')
})

test('100,000 samples are checked within two seconds', () => {
  const text = gauge(...many(100_000, (i) => `a{b="v${i % 90}",c="w${i}"} ${i}`))
  const started = performance.now()
  expect(lintExposition(text, 'text/plain').map(({ id }) => id)).toEqual([
    'high-cardinality',
    'high-cardinality',
  ])
  expect(performance.now() - started).toBeLessThan(2000)
})

test('docs/lint.md has one row for each rule, with its severity, in their order', () => {
  const page = readFileSync(new URL('../../../../docs/lint.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (error|warning|info) +\|/gm)]
  expect(rows.map(([, id, severity]) => [id, severity])).toEqual(
    defaultRules.map(({ id, severity }) => [id, severity]),
  )
})
