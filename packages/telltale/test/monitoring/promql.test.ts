import { describe, expect, test } from 'vitest'
import {
  type PromqlOptions,
  promql,
  type Query,
  query,
  type RecordingRule,
} from '../../src/monitoring/index.js'

const {
  ago,
  binary,
  call,
  eq,
  histogramQuantile,
  like,
  metric,
  not,
  num,
  over,
  overSubquery,
  predict,
  rate,
} = query
const { ratio, recorded, sumBy, sumWithout, topk, unlike } = query

const requests = metric('http_requests_total')
const rule: RecordingRule = {
  record: 'job:http_requests:rate5m',
  query: sumBy(['job'], rate(requests)),
  labels: ['job'],
}

const texts: readonly (readonly [Query, string])[] = [
  [requests, 'http_requests_total'],
  [metric('http_requests_total', eq('route', '/a"b\\c')), 'http_requests_total{route="/a\\"b\\\\c"}'],
  [
    metric('http_requests_total', not('a', ''), like('b', 'x|y'), unlike('c', '.+')),
    'http_requests_total{a!="",b=~"x|y",c!~".+"}',
  ],
  [ago(requests, 604_800), 'http_requests_total offset 1w'],
  [rate(ago(requests, 5400)), 'rate(http_requests_total[5m] offset 90m)'],
  [sumBy([], rate(requests)), 'sum(rate(http_requests_total[5m]))'],
  [sumWithout(['le'], requests), 'sum without (le) (http_requests_total)'],
  [topk(5, sumBy(['route'], requests)), 'topk(5, sum by (route) (http_requests_total))'],
  [histogramQuantile(0.99, requests), 'histogram_quantile(0.99, http_requests_total)'],
  [call('clamp_min', requests, 0), 'clamp_min(http_requests_total, 0)'],
  [call('absent', metric('up')), 'absent(up)'],
  [predict(metric('up'), 3600, 60), 'predict_linear(up[1h], 60)'],
  [
    overSubquery('deriv', over('min_over_time', metric('up'), 1800), 10_800, 300),
    'deriv(min_over_time(up[30m])[3h:5m])',
  ],
  [
    overSubquery('max_over_time', binary(metric('up'), '+', num(1)), 60, 15),
    'max_over_time((up + 1)[1m:15s])',
  ],
  [ratio(requests, metric('up')), 'http_requests_total / (up > 0)'],
  [binary(binary(num(1), '-', num(2)), '-', num(3)), '1 - 2 - 3'],
  [binary(num(1), '-', binary(num(2), '-', num(3))), '1 - (2 - 3)'],
  [binary(binary(num(1), '+', num(2)), '*', num(3)), '(1 + 2) * 3'],
  [binary(num(1), '+', binary(num(2), '*', num(3))), '1 + 2 * 3'],
  [binary(num(2), '^', binary(num(3), '^', num(2))), '2 ^ 3 ^ 2'],
  [binary(binary(num(2), '^', num(3)), '^', num(2)), '(2 ^ 3) ^ 2'],
  [
    binary(binary(requests, 'or', requests), 'and', requests),
    '(http_requests_total or http_requests_total) and http_requests_total',
  ],
  [binary(requests, 'and', metric('up'), ['job']), 'http_requests_total and on (job) up'],
]

test.each(texts)('a query is written as PromQL, with no more parentheses than it needs: %#', (tree, text) => {
  expect(promql(tree)).toBe(text)
})

describe('runtime metrics', () => {
  const heap = metric('nodejs_heap_size_used_bytes')

  test('are asked for under every prefix, each name once', () => {
    expect(promql(heap, { prefixes: ['', 'nodejs_', 'prod_'] })).toBe(
      '(nodejs_heap_size_used_bytes or prod_nodejs_heap_size_used_bytes)',
    )
    expect(promql(metric('process_open_fds'), { prefixes: ['nodejs_'] })).toBe('nodejs_process_open_fds')
  })

  test('keep the function over their range together with each name', () => {
    expect(promql(rate(metric('process_cpu_seconds_total')), { prefixes: ['', 'dev_'] })).toBe(
      '(rate(process_cpu_seconds_total[5m]) or rate(dev_process_cpu_seconds_total[5m]))',
    )
  })

  test('are the only ones that have a prefix', () => {
    expect(promql(requests, { prefixes: ['prod_'] })).toBe('http_requests_total')
  })
})

describe('matchers of a reader', () => {
  const match = [eq('job', 'shop'), eq('instance', 'a')]

  test('are put into every selector of the application and of its targets', () => {
    expect(promql(requests, { match })).toBe('http_requests_total{job="shop",instance="a"}')
    expect(promql(metric('up'), { match })).toBe('up{job="shop",instance="a"}')
  })

  test('leave servers alone, and recording rules that do not have the label', () => {
    expect(promql(metric('prometheus_tsdb_head_series'), { match })).toBe('prometheus_tsdb_head_series')
    expect(promql(recorded(rule), { match })).toBe('job:http_requests:rate5m{job="shop"}')
  })

  test('give way to a label that the query fixes itself', () => {
    expect(promql(metric('up', eq('job', 'other')), { match })).toBe('up{job="other",instance="a"}')
  })
})

describe('recording rules', () => {
  const inline: PromqlOptions = { recorded: 'inline' }

  test('are read by name, or written out where they are not loaded', () => {
    expect(promql(recorded(rule))).toBe('job:http_requests:rate5m')
    expect(promql(recorded(rule), inline)).toBe('(sum by (job) (rate(http_requests_total[5m])))')
  })

  test('take an offset with them when they are written out', () => {
    expect(promql(ago(recorded(rule), 86_400), inline)).toBe(
      '(sum by (job) (rate(http_requests_total[5m] offset 1d)))',
    )
  })

  test('become a subquery below a range', () => {
    expect(promql(over('avg_over_time', ago(recorded(rule), 3600), 86_400), inline)).toBe(
      'avg_over_time((sum by (job) (rate(http_requests_total[5m] offset 1h)))[1d:1m])',
    )
  })
})

test('a whole bound of a bucket is asked for as each version stores it', () => {
  const bucket = (le: string) => metric('http_request_duration_seconds_bucket', eq('le', le))
  expect(promql(bucket('1'))).toBe('http_request_duration_seconds_bucket{le=~"1|1\\\\.0"}')
  expect(promql(bucket('1'), { target: '3.x' })).toBe('http_request_duration_seconds_bucket{le="1.0"}')
  expect(promql(bucket('0.5'), { target: '3.x' })).toBe('http_request_duration_seconds_bucket{le="0.5"}')
})

test('durations can be replaced, by what they are for', () => {
  const tree = over('avg_over_time', ago(requests, 3600), 300)
  expect(
    promql(tree, { duration: (seconds, use) => (use === 'range' ? '$__rate_interval' : `${seconds}s`) }),
  ).toBe('avg_over_time(http_requests_total[$__rate_interval] offset 3600s)')
})
