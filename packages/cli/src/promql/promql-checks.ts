import { type CheckDefinition, CheckSet } from '../finding/index.js'
import { promqlEnglish } from './promql-english.js'
import { promqlKorean } from './promql-korean.js'

const basics = 'https://prometheus.io/docs/prometheus/latest/querying/basics/'
const functions = 'https://prometheus.io/docs/prometheus/latest/querying/functions/'
const operators = 'https://prometheus.io/docs/prometheus/latest/querying/operators/'
const flags = 'https://prometheus.io/docs/prometheus/latest/feature_flags/'

const error = (link: string): CheckDefinition => ({ severity: 'error', link })

/** What can be wrong with a PromQL expression by itself. */
export const promqlChecks = new CheckSet(
  {
    'promql/empty': error(basics),
    'promql/syntax': error(basics),
    'promql/character': error(basics),
    'promql/unclosed': error(basics),
    'promql/unopened': error(basics),
    'promql/unclosed-string': error(basics),
    'promql/escape': error(basics),
    'promql/number': error(basics),
    'promql/duration': error(basics),
    'promql/unknown-function': error(functions),
    'promql/argument-count': error(functions),
    'promql/argument-type': error(functions),
    'promql/label-selector-argument': error(functions),
    'promql/aggregation-count': error(operators),
    'promql/operand-type': error(operators),
    'promql/unary-type': error(operators),
    'promql/range-of-expression': error(basics),
    'promql/shift-before-range': error(basics),
    'promql/subquery-type': error(basics),
    'promql/shift-place': error(basics),
    'promql/shift-twice': error(basics),
    'promql/timestamp': error(basics),
    'promql/empty-selector': error(basics),
    'promql/name-twice': error(basics),
    'promql/regexp': error(basics),
    'promql/label-name': error(basics),
    'promql/bool-needed': error(operators),
    'promql/bool-place': error(operators),
    'promql/set-operator': error(operators),
    'promql/set-grouping': error(operators),
    'promql/matching-type': error(operators),
    'promql/label-in-on-and-group': error(operators),
    'promql/too-new': error(functions),
    'promql/removed': error(functions),
    'promql/feature-flag': { severity: 'warning', link: flags },
    'promql/quantile': { severity: 'warning', link: functions },
  },
  promqlEnglish,
  promqlKorean,
)
