import type { Localised } from '../finding/index.js'
import {
  type Aggregation,
  type Binary,
  type Call,
  childrenOf,
  comparisons,
  type Expression,
  setOperators,
  type ValueType,
  type VectorSelector,
} from './ast.js'
import { aggregationParameters, functions } from './functions.js'
import { type Problem, problem } from './problem.js'
import { readRe2 } from './re2.js'

const typeNames: Readonly<Record<ValueType, Localised>> = {
  scalar: { en: 'a scalar', ko: '스칼라' },
  string: { en: 'a string', ko: '문자열' },
  vector: { en: 'an instant vector', ko: '순간 벡터' },
  range: { en: 'a range vector', ko: '범위 벡터' },
}

/** What an expression yields. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'range':
    case 'subquery':
      return 'range'
    case 'call':
      return functions.get(expression.name)?.returns ?? 'vector'
    case 'unary':
    case 'parenthesis':
      return typeOf(expression.expression)
    case 'binary':
      return typeOf(expression.left) === 'scalar' && typeOf(expression.right) === 'scalar'
        ? 'scalar'
        : 'vector'
    default:
      return 'vector'
  }
}

/** The name of a type in words. */
export function typeName(type: ValueType): Localised {
  return typeNames[type]
}

/** What Prometheus refuses in an expression that is written right. */
export function checkTypes(expression: Expression): readonly Problem[] {
  return [...problemsOf(expression), ...childrenOf(expression).flatMap((child) => checkTypes(child))]
}

function problemsOf(node: Expression): readonly Problem[] {
  switch (node.kind) {
    case 'selector':
      return selectorProblems(node)
    case 'subquery':
      return typeOf(node.expression) === 'vector'
        ? []
        : [problem('promql/subquery-type', node, { got: typeName(typeOf(node.expression)) })]
    case 'unary':
      return isOperand(typeOf(node.expression))
        ? []
        : [problem('promql/unary-type', node, { got: typeName(typeOf(node.expression)) })]
    case 'aggregation':
      return aggregationProblems(node)
    case 'call':
      return callProblems(node)
    case 'binary':
      return binaryProblems(node)
    default:
      return []
  }
}

function selectorProblems(node: VectorSelector): readonly Problem[] {
  const problems: Problem[] = []
  let asksForSomething = node.name !== undefined && node.name !== ''
  for (const matcher of node.matchers) {
    const { operator, value } = matcher
    if (operator === '=' || operator === '!=') {
      asksForSomething ||= (operator === '=') === (value !== '')
      continue
    }
    const regexp = readRe2(value)
    if ('fault' in regexp) {
      problems.push(problem('promql/regexp', matcher, { regexp: value, fault: regexp.fault }))
      asksForSomething = true
    } else asksForSomething ||= (operator === '=~') === !regexp.matchesEmpty
  }
  return asksForSomething ? problems : [...problems, problem('promql/empty-selector', node, {})]
}

function aggregationProblems({ operator, parameter, expression }: Aggregation): readonly Problem[] {
  const problems: Problem[] = []
  const wanted = aggregationParameters.get(operator)
  if (parameter !== undefined && wanted !== undefined && typeOf(parameter) !== wanted) {
    problems.push(argumentProblem(operator, 1, parameter, wanted))
  }
  if (typeOf(expression) !== 'vector') {
    problems.push(argumentProblem(operator, wanted === undefined ? 1 : 2, expression, 'vector'))
  }
  return problems
}

function callProblems(node: Call): readonly Problem[] {
  const signature = functions.get(node.name)
  if (signature === undefined) return []
  const { parameters, required, most } = signature
  const given = node.arguments
  const problems: Problem[] = []
  if (given.length < required || given.length > most) {
    const many = Number.isFinite(most) ? `${required}–${most}` : `${required}+`
    const expected = required === most ? String(required) : many
    const form = `${node.name}(${parameters.slice(0, Math.max(required, 1)).map(placeholder).join(', ')})`
    problems.push(
      problem('promql/argument-count', node, { name: node.name, got: given.length, expected, form }),
    )
  }
  for (const [index, argument] of given.entries()) {
    const wanted = parameters[Math.min(index, parameters.length - 1)]
    if (wanted === undefined || (index >= parameters.length && Number.isFinite(most))) break
    if (typeOf(argument) !== wanted) problems.push(argumentProblem(node.name, index + 1, argument, wanted))
  }
  return node.name === 'info' ? infoProblems(node, problems) : problems
}

/** The second argument of info() is a selector that needs neither a name nor a matcher. */
function infoProblems(node: Call, problems: readonly Problem[]): readonly Problem[] {
  const second = node.arguments[1]
  if (second === undefined || (second.kind === 'selector' && second.name === undefined)) return problems
  return [...problems, problem('promql/label-selector-argument', second, {})]
}

const placeholders: Readonly<Record<ValueType, string>> = {
  scalar: '1',
  string: '"text"',
  vector: 'metric',
  range: 'metric[5m]',
}

function placeholder(type: ValueType): string {
  return placeholders[type]
}

function argumentProblem(name: string, position: number, argument: Expression, wanted: ValueType): Problem {
  const got = typeOf(argument)
  const values = {
    name,
    position,
    got: typeName(got),
    expected: typeName(wanted),
    remedy: remedyFor(got, wanted),
  }
  return problem('promql/argument-type', argument, values)
}

function remedyFor(got: ValueType, wanted: ValueType): Localised {
  if (wanted === 'range')
    return { en: 'Add a range, as in metric[5m].', ko: 'metric[5m] 처럼 범위를 붙이세요.' }
  if (got === 'range') {
    return {
      en: 'Wrap the range in rate(), increase() or one of *_over_time().',
      ko: '범위를 rate(), increase(), *_over_time() 가운데 하나로 감싸세요.',
    }
  }
  if (wanted === 'vector' && got === 'scalar')
    return { en: 'Wrap it in vector().', ko: 'vector()로 감싸세요.' }
  if (wanted === 'scalar' && got === 'vector')
    return { en: 'Give a number, or wrap it in scalar().', ko: '숫자를 쓰거나 scalar()로 감싸세요.' }
  if (wanted === 'string') return { en: 'Write it in quotes.', ko: '따옴표로 감싸세요.' }
  return { en: 'Remove the quotes, or give what is expected.', ko: '따옴표를 지우거나 필요한 종류를 쓰세요.' }
}

function binaryProblems(node: Binary): readonly Problem[] {
  const { operator, left, right, bool, matching, at } = node
  const types = [typeOf(left), typeOf(right)] as const
  const problems: Problem[] = []
  if (bool && !comparisons.has(operator)) problems.push(problem('promql/bool-place', at, { operator }))
  if (comparisons.has(operator) && !bool && types.every((type) => type === 'scalar')) {
    problems.push(problem('promql/bool-needed', at, { operator }))
  }
  problems.push(...operandProblems(node))
  const twice = matching?.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined
  if (matching !== undefined && twice !== undefined) {
    problems.push(
      problem('promql/label-in-on-and-group', matching, { label: twice, group: `group_${matching.group}` }),
    )
  }
  if (types.every((type) => type === 'vector')) {
    if (matching?.group !== undefined && setOperators.has(operator)) {
      problems.push(problem('promql/set-grouping', matching, { group: `group_${matching.group}`, operator }))
    }
  } else if (matching !== undefined && matching.labels.length > 0) {
    problems.push(
      problem('promql/matching-type', matching, { matching: matching.on ? 'on()' : 'ignoring()' }),
    )
  }
  if (setOperators.has(operator) && types.includes('scalar')) {
    problems.push(problem('promql/set-operator', at, { operator }))
  }
  return problems
}

const sides = { left: { en: 'left', ko: '왼쪽' }, right: { en: 'right', ko: '오른쪽' } } as const

function operandProblems({ operator, left, right }: Binary): readonly Problem[] {
  const operands = [
    { side: sides.left, operand: left },
    { side: sides.right, operand: right },
  ]
  return operands.flatMap(({ side, operand }) => {
    const got = typeOf(operand)
    if (isOperand(got)) return []
    const values = { side, operator, got: typeName(got), remedy: remedyFor(got, 'vector') }
    return [problem('promql/operand-type', operand, values)]
  })
}

function isOperand(type: ValueType): boolean {
  return type === 'scalar' || type === 'vector'
}
