import type { ArithmeticOperator, Binary, ComparisonOperator, SetOperator } from '../query/query.js'
import { type Element, labelKey, pickLabels, type Value } from './vector.js'

const arithmetic: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
}

const comparison: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
}

/** The operation on two values; `undefined` for a comparison that drops the element. */
function operate(
  op: ArithmeticOperator | ComparisonOperator,
  a: number,
  b: number,
  kept = a,
): number | undefined {
  if (op in arithmetic) return arithmetic[op as ArithmeticOperator](a, b)
  return comparison[op as ComparisonOperator](a, b) ? kept : undefined
}

const isSet = (op: Binary['op']): op is SetOperator => op === 'and' || op === 'or' || op === 'unless'

/** What an operation makes of its two sides. */
export function operated(query: Binary, left: Value, right: Value): Value {
  const { op } = query
  if (isSet(op)) return combined(query, op, asVector(left), asVector(right))
  if (typeof left === 'number' && typeof right === 'number') return operate(op, left, right) ?? Number.NaN
  if (typeof right === 'number') return changed(asVector(left), (value) => operate(op, value, right))
  if (typeof left === 'number') return changed(right, (value) => operate(op, left, value, value))
  return matched(query, op, left, right)
}

/** A number where a vector is needed has no labels. */
export function asVector(value: Value): readonly Element[] {
  return typeof value === 'number' ? [{ labels: {}, value }] : value
}

function changed(
  vector: readonly Element[],
  change: (value: number) => number | undefined,
): readonly Element[] {
  return vector.flatMap(({ labels, value }) => {
    const next = change(value)
    return next === undefined ? [] : [{ labels, value: next }]
  })
}

const keyFor =
  ({ on }: Binary) =>
  ({ labels }: Element) =>
    labelKey(labels, on)

function combined(
  query: Binary,
  op: SetOperator,
  left: readonly Element[],
  right: readonly Element[],
): readonly Element[] {
  const keyOf = keyFor(query)
  const [keys, others] = op === 'or' ? [left, right] : [right, left]
  const known = new Set(keys.map(keyOf))
  const found = others.filter((element) => known.has(keyOf(element)) === (op === 'and'))
  return op === 'or' ? [...left, ...found] : found
}

/** Operations between elements with the same labels; a result has those of the side that may have many. */
function matched(
  query: Binary,
  op: ArithmeticOperator | ComparisonOperator,
  left: readonly Element[],
  right: readonly Element[],
): readonly Element[] {
  const keyOf = keyFor(query)
  const isRight = query.group?.side === 'right'
  const [many, ones] = isRight ? [right, left] : [left, right]
  const byKey = new Map(ones.map((element) => [keyOf(element), element]))
  return many.flatMap((element) => {
    const other = byKey.get(keyOf(element))
    if (other === undefined) return []
    const [a, b] = isRight ? [other, element] : [element, other]
    const value = operate(op, a.value, b.value)
    return value === undefined ? [] : [{ labels: resultLabels(query, op, element, other), value }]
  })
}

function resultLabels(
  { on, group }: Binary,
  op: ArithmeticOperator | ComparisonOperator,
  { labels }: Element,
  other: Element,
): Element['labels'] {
  if (group !== undefined) return { ...labels, ...pickLabels(other.labels, group.include) }
  return on === undefined || op in comparison ? labels : pickLabels(labels, on)
}
