import {
  type Binary,
  type Call,
  type Expression,
  setOperators,
  typeOf,
  type VectorSelector,
} from '../../promql/index.js'
import { LabelSet } from './label-set.js'

const nothing = LabelSet.of([])

/** The labels that the result of an expression can have. */
export function labelsOf(expression: Expression): LabelSet {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return nothing
    case 'selector':
      return LabelSet.allBut(absentLabels(expression))
    case 'range':
      return labelsOf(expression.selector)
    case 'subquery':
    case 'unary':
    case 'parenthesis':
      return labelsOf(expression.expression)
    case 'aggregation':
      return labelsOfAggregation(expression)
    case 'call':
      return labelsOfCall(expression)
    case 'binary':
      return labelsOfBinary(expression)
  }
}

function absentLabels({ matchers }: VectorSelector): readonly string[] {
  return matchers.flatMap(({ name, operator, value }) => (operator === '=' && value === '' ? [name] : []))
}

function labelsOfAggregation(node: Extract<Expression, { kind: 'aggregation' }>): LabelSet {
  const inner = labelsOf(node.expression)
  // These pick series and leave their labels as they are.
  if (/^(?:topk|bottomk|limitk|limit_ratio)$/.test(node.operator)) return inner
  const grouped =
    node.grouping === 'without' ? inner.without([...node.labels, '__name__']) : inner.only(node.labels)
  const counted =
    node.operator === 'count_values' && node.parameter?.kind === 'string' ? [node.parameter.value] : []
  return grouped.with(counted)
}

const keepsNames: ReadonlySet<string> = new Set([
  'last_over_time',
  'first_over_time',
  'sort',
  'sort_desc',
  'info',
])

function labelsOfCall({ name, arguments: given }: Call): LabelSet {
  if (name === 'absent' || name === 'absent_over_time') return labelsOfAbsence(given[0])
  const vector = given.find((argument) => typeOf(argument) === 'vector' || typeOf(argument) === 'range')
  if (vector === undefined || name === 'scalar') return nothing
  const inner = labelsOf(vector)
  if (name === 'label_replace' || name === 'label_join') {
    return given[1]?.kind === 'string' ? inner.with([given[1].value]) : inner
  }
  if (name === 'info') return LabelSet.allBut([])
  if (name === 'histogram_quantile') return inner.without(['le', '__name__'])
  return keepsNames.has(name) ? inner : inner.without(['__name__'])
}

/** absent() makes its labels of the matchers that ask for one value. */
function labelsOfAbsence(argument: Expression | undefined): LabelSet {
  const selector = argument?.kind === 'range' ? argument.selector : argument
  if (selector?.kind !== 'selector') return nothing
  const equal = selector.matchers.filter(({ operator, name }) => operator === '=' && name !== '__name__')
  return LabelSet.of(equal.map(({ name }) => name))
}

function labelsOfBinary({ operator, left, right, bool, matching }: Binary): LabelSet {
  const isVector = { left: typeOf(left) === 'vector', right: typeOf(right) === 'vector' }
  if (!isVector.left || !isVector.right) return labelsOf(isVector.left ? left : right)
  if (operator === 'or') return labelsOf(left).or(labelsOf(right))
  if (setOperators.has(operator)) return labelsOf(left)
  const many = matching?.group === 'right' ? right : left
  if (matching?.group !== undefined) return labelsOf(many).with(matching.include)
  const keepsName = /^[=!<>]/.test(operator) && !bool
  if (matching === undefined) return keepsName ? labelsOf(left) : labelsOf(left).without(['__name__'])
  return matching.on ? labelsOf(left).only(matching.labels) : labelsOf(left).without(matching.labels)
}
