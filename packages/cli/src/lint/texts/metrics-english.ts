import type { Catalogue } from '../../finding/index.js'

const told = 'got {got}, expected {expected}'

/** The rules of lint in the library bring their own words for what was got and what to do. */
export const metricsEnglish = {
  'metrics/help-missing': { what: told, remedy: '{remedy}' },
  'metrics/base-unit': { what: told, remedy: '{remedy}' },
  'metrics/counter-total': { what: told, remedy: '{remedy}' },
  'metrics/reserved-name': { what: told, remedy: '{remedy}' },
  'metrics/type-in-name': { what: told, remedy: '{remedy}' },
  'metrics/colon-in-name': { what: told, remedy: '{remedy}' },
  'metrics/camel-case': { what: told, remedy: '{remedy}' },
  'metrics/abbreviated-unit': { what: told, remedy: '{remedy}' },
  'metrics/duplicate-series': { what: told, remedy: '{remedy}' },
  'metrics/help-repeats-name': { what: told, remedy: '{remedy}' },
  'metrics/name-case-clash': { what: told, remedy: '{remedy}' },
  'metrics/unit-suffix': { what: told, remedy: '{remedy}' },
  'metrics/bucket-counts': { what: told, remedy: '{remedy}' },
  'metrics/bound-form': { what: told, remedy: '{remedy}' },
  'metrics/one-bucket': { what: told, remedy: '{remedy}' },
  'metrics/reserved-label': { what: told, remedy: '{remedy}' },
  'metrics/target-label': { what: told, remedy: '{remedy}' },
  'metrics/id-like-label-value': { what: told, remedy: '{remedy}' },
  'metrics/high-cardinality': { what: told, remedy: '{remedy}' },
  'metrics/constant-label': { what: told, remedy: '{remedy}' },
  'metrics/unreadable': {
    what: 'got {got}, expected {expected}',
    remedy: 'Correct what writes the metrics; check that the address and the format are those of metrics.',
  },
  'metrics/html': {
    what: 'got an HTML page, expected metrics',
    remedy: 'Give the address of the metrics, most often {suggestion}.',
  },
  'metrics/content-type': {
    what: 'got the content type {got}, expected one such as text/plain; version=0.0.4',
    remedy: 'Send the content type of the format: Prometheus 3 refuses a scrape without it.',
  },
  'metrics/no-content-type': {
    what: 'got an answer without a content type',
    remedy: 'Send Content-Type: text/plain; version=0.0.4; Prometheus 3 refuses a scrape without it.',
  },
  'metrics/empty': {
    what: 'got no metric at all',
    remedy: 'Check that the application registers its metrics in the registry that it serves.',
  },
  'metrics/slow': {
    what: 'the answer took {seconds} s, expected less than {limit} s',
    remedy: 'Find the collector that is slow, or give the scrape more time with scrape_timeout.',
  },
  'metrics/large': {
    what: 'the answer has {size} MB, expected less than {limit} MB',
    remedy: 'Look for labels with many values: the findings above name them.',
  },
  'metrics/other': { what: told, remedy: '{remedy}' },
} as const satisfies Catalogue

/** The rules of lint in the library. */
export const libraryRules = [
  'metrics/help-missing',
  'metrics/base-unit',
  'metrics/counter-total',
  'metrics/reserved-name',
  'metrics/type-in-name',
  'metrics/colon-in-name',
  'metrics/camel-case',
  'metrics/abbreviated-unit',
  'metrics/duplicate-series',
  'metrics/help-repeats-name',
  'metrics/name-case-clash',
  'metrics/unit-suffix',
  'metrics/bucket-counts',
  'metrics/bound-form',
  'metrics/one-bucket',
  'metrics/reserved-label',
  'metrics/target-label',
  'metrics/id-like-label-value',
  'metrics/high-cardinality',
  'metrics/constant-label',
] as const
