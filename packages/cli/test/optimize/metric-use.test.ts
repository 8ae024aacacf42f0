// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana look like that
import { describe, expect, test } from 'vitest'
import { metricsUsedInPanel } from '../../src/optimize/usage/grafana-text.js'
import { metricsUsedIn, type SelectorUse, type Uses } from '../../src/optimize/usage/metric-use.js'

function readable(uses: Uses): readonly SelectorUse[] {
  if (uses === 'uncertain') throw new Error('the expression cannot be read')
  return uses
}

/** `name reads labels keeps labels`, one for each selector. */
function shown(uses: Uses): readonly string[] {
  return readable(uses).map(({ metrics, reads, keeps }) => {
    const name =
      metrics.kind === 'name'
        ? metrics.name
        : metrics.kind === 'pattern'
          ? metrics.pattern.source
          : metrics.kind
    return `${name} reads ${[...reads].sort().join()} keeps ${keeps === 'all' ? 'all' : [...keeps].sort().join()}`
  })
}

describe('an expression uses', () => {
  test.each([
    ['up', ['up reads  keeps all']],
    ['sum(rate(a_total{job="x",code=~"5.."}[5m]))', ['a_total reads code,job keeps ']],
    ['sum by (route) (rate(a_total[5m]))', ['a_total reads  keeps route']],
    ['sum without (pod) (a)', ['a reads  keeps all']],
    ['topk(5, a)', ['a reads  keeps all']],
    ['sum by (b) (topk by (c) (5, a))', ['a reads c keeps b']],
    ['a > 5', ['a reads  keeps all']],
    ['sum by (x) (a * on (id) group_left (name) b)', ['a reads id,name keeps x', 'b reads id,name keeps x']],
    ['sum(a / b)', ['a reads  keeps all', 'b reads  keeps all']],
    ['sum(a) / sum(b)', ['a reads  keeps ', 'b reads  keeps ']],
    ['histogram_quantile(0.9, sum by (le) (rate(h_bucket[1m])))', ['h_bucket reads  keeps le']],
    ['histogram_quantile(0.9, rate(h_bucket[1m]))', ['h_bucket reads le keeps all']],
    ['sum by (z) (label_replace(a, "z", "$1", "host", "(.*)"))', ['a reads host keeps z']],
    ['{__name__=~"http_.*",job="x"}', ['^(?:http_.*)$ reads job keeps all']],
    ['count by (__name__) ({__name__=~".+"})', ['everything reads  keeps __name__']],
    ['{job="x"}', ['everything reads job keeps all']],
    ['{"quoted.name"}', ['quoted.name reads  keeps all']],
  ])('%s', (text, expected) => {
    expect(shown(metricsUsedIn(text))).toEqual(expected)
  })

  test('the range that it is read over, and no range of another selector', () => {
    const uses = readable(metricsUsedIn('rate(a[2m]) / avg_over_time(b[1h]) + c'))
    expect(uses.map(({ range }) => range)).toEqual([120, 3600, undefined])
  })

  test('the bounds that are asked for, and the thresholds of its percentiles', () => {
    const text =
      'sum(rate(h_bucket{le="0.3"}[5m])) > 7 or histogram_quantile(0.95, sum by (le) (rate(h_bucket[5m]))) > 0.5'
    expect(readable(metricsUsedIn(text)).map(({ bounds }) => bounds)).toEqual([[0.3], [0.5]])
  })
})

test('what is no PromQL is uncertain', () => {
  expect(metricsUsedIn('sum(rate(a[5m])')).toBe('uncertain')
})

describe('variables of a dashboard', () => {
  test.each([
    ['rate(a{instance=~"$instance"}[$__rate_interval])', ['a reads instance keeps all']],
    ['rate(a[${interval}])', ['a reads  keeps all']],
    ['max_over_time(a[$__range:$__interval])', ['a reads  keeps all']],
    ['a offset $shift', ['a reads  keeps all']],
    ['topk($n, a)', ['a reads  keeps all']],
    ['a > $threshold', ['a reads  keeps all']],
    ['a{b="[[b]]"}', ['a reads b keeps all']],
    ['sum by ($by) (a)', ['a reads  keeps all']],
    ['sum(${metric}_total)', ['^.*_total$ reads  keeps ']],
    ['sum(rate(app_${part:raw}_seconds_count[5m]))', ['^app_.*_seconds_count$ reads  keeps ']],
    ['sum($metric)', ['unknown reads  keeps ']],
    ['rate($metric{job="x"}[5m])', ['unknown reads job keeps all']],
    ['{__name__="$metric"}', ['unknown reads  keeps all']],
    ['{__name__=~"$prefix.*"}', ['unknown reads  keeps all']],
    ['a{path=~"/x|$y"}', ['a reads path keeps all']],
  ])('%s', (text, expected) => {
    expect(shown(metricsUsedInPanel(text))).toEqual(expected)
  })
})
