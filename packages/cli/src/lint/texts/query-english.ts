import type { Catalogue } from '../../finding/index.js'

export const queryEnglish = {
  'query/impossible-label': {
    what: '{use} uses the label {label}, which the expression inside has aggregated away or does not have',
    remedy: 'Keep {label} in the aggregation inside, as in by ({label}), or remove it here.',
  },
  'query/contradiction': {
    what: 'the matchers of {label} exclude each other, so the selector never finds a series',
    remedy: 'Keep one of the matchers, or join them into one regular expression.',
  },
  'query/histogram-le': {
    what: 'histogram_quantile() gets series without the label le, so it has no result',
    remedy: 'Keep le: sum by (le) (rate(…_bucket[5m])).',
  },
  'query/fragile-arithmetic': {
    what: 'an operation between two aggregations by different labels ({left}; {right}): it has no result for labels that only one side has',
    remedy: 'Aggregate both sides by the same labels, or say which ones match with on().',
  },
  'query/nan': {
    what: 'a division inside {operator} without a guard: one series with 0 / 0 makes the whole result NaN',
    remedy: 'Divide by (… > 0), or aggregate both sides first and divide then.',
  },
  'query/short-range': {
    what: 'the range {range} is shorter than two scrapes of {interval}, so {function}() has no result',
    remedy: 'Use a range of at least {least}; four scrapes ({good}) survive one that fails.',
  },
  'query/tight-range': {
    what: 'the range {range} has fewer than four scrapes of {interval}: one that fails leaves a gap',
    remedy: 'Use a range of at least {good}.',
  },
  'query/rate-of-gauge': {
    what: '{function}() of {metric}, which is a gauge: each time it falls counts as a restart',
    remedy: 'Use deriv() or delta() for a gauge, or the gauge itself.',
  },
  'query/counter-without-rate': {
    what: 'the counter {metric} without rate() or increase(): its value only says for how long the process has run',
    remedy: 'Write rate({metric}[{range}]), or increase() for a number.',
  },
  'query/rate-of-aggregate': {
    what: '{function}() of {metric}, which a rule has aggregated: the restart of one process counts as one of all',
    remedy: 'Take the rate first and aggregate then: sum(rate(…)).',
  },
  'query/regexp-literal': {
    what: 'got {matcher}: the regular expression is a plain text',
    remedy: 'Write {suggestion}, which is faster.',
  },
  'query/regexp-anchors': {
    what: 'got {matcher}: regular expressions are anchored at both ends by themselves',
    remedy: 'Write {suggestion}.',
  },
  'query/regexp-wildcard': { what: 'got {matcher}, which matches every value', remedy: 'Remove it.' },
  'query/name-regexp': {
    what: 'a regular expression on the metric name and no other matcher: it reads the whole database',
    remedy: 'Name the metric, or add a matcher such as job="…".',
  },
} as const satisfies Catalogue
