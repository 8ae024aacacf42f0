import type { Catalogue } from '../finding/index.js'

/** What is wrong with an expression, in English. */
export const promqlEnglish = {
  'promql/empty': {
    what: 'got no expression, expected one such as up == 0',
    remedy: 'Write an expression.',
  },
  'promql/syntax': {
    what: 'got {got}, expected {expected}',
    remedy: 'Correct the expression at this place.',
  },
  'promql/character': {
    what: 'got the character {character}, which PromQL does not know outside quotes',
    remedy: 'Remove it, or replace it by the plain ASCII one that was meant.',
  },
  'promql/unclosed': {
    what: 'got "{bracket}" without its "{closing}"',
    remedy: 'Write "{closing}" where it ends.',
  },
  'promql/unopened': {
    what: 'got "{bracket}" that closes nothing',
    remedy: 'Remove it, or open the bracket before it.',
  },
  'promql/unclosed-string': {
    what: 'got a string that begins with {quote} and does not end on its line',
    remedy: 'Write {quote} at its end.',
  },
  'promql/escape': {
    what: 'got {sequence} in a string, which is no escape',
    remedy: 'Write {doubled} for a backslash.',
  },
  'promql/number': {
    what: 'got {got}, expected a number or a duration such as 5m',
    remedy: 'Correct the number; the units of a duration are y w d h m s ms, in this order, as in 1h30m.',
  },
  'promql/duration': {
    what: 'got {got}, expected {expected}',
    remedy: 'Write a duration with its unit, as in 5m or 1h30m.',
  },
  'promql/unknown-function': {
    what: 'got the function {name}, which does not exist',
    remedy: '{suggestion}',
  },
  'promql/argument-count': {
    what: '{name}() got {got} arguments, expected {expected}',
    remedy: 'Call it as {form}.',
  },
  'promql/argument-type': {
    what: 'argument {position} of {name}() is {got}, expected {expected}',
    remedy: '{remedy}',
  },
  'promql/label-selector-argument': {
    what: 'the second argument of info() is not a selector of labels alone',
    remedy: 'Give labels in braces without a metric name, as in {k8s_cluster_name=~".+"}.',
  },
  'promql/aggregation-count': {
    what: '{name} got {got} arguments, expected {expected}',
    remedy: 'Write it as {form}.',
  },
  'promql/operand-type': {
    what: 'the {side} side of "{operator}" is {got}, expected a scalar or an instant vector',
    remedy: '{remedy}',
  },
  'promql/unary-type': {
    what: 'got a sign in front of {got}, expected a scalar or an instant vector',
    remedy: 'Put the sign outside the function that takes it.',
  },
  'promql/range-of-expression': {
    what: 'got a range behind an expression, expected it behind a selector',
    remedy: 'Put the range at the metric, or make it a subquery with a colon, as in {subquery}.',
  },
  'promql/shift-before-range': {
    what: 'got {modifier} in front of the range, expected it behind',
    remedy: 'Write the range first, as in {form}.',
  },
  'promql/subquery-type': {
    what: 'got a subquery of {got}, expected one of an instant vector',
    remedy: 'Make a subquery only of what has one value for each series and time.',
  },
  'promql/shift-place': {
    what: 'got {modifier} behind an expression, expected it directly behind a selector or a subquery',
    remedy: 'Move {modifier} to the selectors inside the expression.',
  },
  'promql/shift-twice': {
    what: 'got {modifier} twice for one selector',
    remedy: 'Keep one of the two.',
  },
  'promql/timestamp': {
    what: 'got "@ {got}", expected seconds since 1970, or start() or end()',
    remedy: 'Give a finite Unix time in seconds.',
  },
  'promql/empty-selector': {
    what: 'got a selector whose matchers all match empty labels: it would select every series',
    remedy: 'Add a metric name, or a matcher that asks for something, such as {job=~".+"}.',
  },
  'promql/name-twice': {
    what: 'got two metric names, {first} and {second}',
    remedy: 'Keep one: in front of the braces or as __name__ in them.',
  },
  'promql/regexp': {
    what: 'got the regular expression "{regexp}", which is not valid: {fault}',
    remedy: 'Correct it to the syntax of RE2; it is anchored at both ends by itself.',
  },
  'promql/label-name': {
    what: 'got {got} as a label, expected letters, digits and _',
    remedy: 'Write the name of a label.',
  },
  'promql/bool-needed': {
    what: 'got a comparison of two scalars with "{operator}", expected bool behind the operator',
    remedy: 'Write "{operator} bool", which gives 0 or 1.',
  },
  'promql/bool-place': {
    what: 'got bool behind "{operator}", which does not compare',
    remedy: 'Remove bool.',
  },
  'promql/set-operator': {
    what: 'got {operator} with a scalar, expected instant vectors on both sides',
    remedy: 'Write vector(…) around the number, or compare with it.',
  },
  'promql/set-grouping': {
    what: 'got {group} with {operator}, which always matches many to many',
    remedy: 'Remove {group}.',
  },
  'promql/matching-type': {
    what: 'got {matching} between operands that are not both instant vectors',
    remedy: 'Remove {matching}: a scalar has no labels.',
  },
  'promql/label-in-on-and-group': {
    what: 'got the label {label} in on() and in {group}() at once',
    remedy: 'Remove it from {group}(): a label of on() is in the result already.',
  },
  'promql/too-new': {
    what: 'got {feature}, which Prometheus {target} does not know: it is there from {since} on',
    remedy: 'Write it in another way, or upgrade; if the server is newer, give its version with --target.',
  },
  'promql/removed': {
    what: 'got {feature}, which Prometheus {target} does not know any more: it is gone since {until}',
    remedy: '{remedy}',
  },
  'promql/feature-flag': {
    what: 'got {feature}, which Prometheus {target} refuses without a feature flag',
    remedy: 'Start Prometheus with --enable-feature={flag}, or write it in another way.',
  },
  'promql/quantile': {
    what: 'got the quantile {got}, expected a number from 0 to 1: the result is always {result}',
    remedy: 'Write a ratio: {suggestion}.',
  },
} as const satisfies Catalogue
