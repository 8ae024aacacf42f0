export {
  type Aggregation,
  type Binary,
  bare,
  type Call,
  childrenOf,
  comparisons,
  type Expression,
  type Matcher,
  type MatchOperator,
  metricOf,
  type RangeSelector,
  type Span,
  type Subquery,
  setOperators,
  type ValueType,
  type VectorSelector,
  walk,
} from './ast.js'
export { durationText, parseDuration, positiveDuration } from './duration.js'
export { type ParsedTemplate, parseTemplate, type VariableUse, variablesIn } from './grafana-variables.js'
export { type Limit, limitsIn } from './limits.js'
export { type ParsedPromql, parsePromql } from './parse-promql.js'
export type { Problem, PromqlCheckId } from './problem.js'
export { promqlChecks } from './promql-checks.js'
export { type Re2, type Re2Fault, readRe2 } from './re2.js'
export { typeName, typeOf } from './type-check.js'
export { isAtLeast, parseVersion, type Version, versionText } from './version.js'
