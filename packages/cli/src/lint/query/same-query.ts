import { bare, type Expression, type VariableUse } from '../../promql/index.js'

/** What an expression measures, however it is written. */
export interface Measure {
  /** The expression without spaces, redundant parentheses, places and lengths of ranges. */
  readonly key: string
  /** Seconds of each range in the order of the text; `undefined` for one that a variable decides. */
  readonly ranges: readonly (number | undefined)[]
}

/** What an expression measures; `undefined` for one that a variable may make any other. */
export function measureOf(expression: Expression, variables: readonly VariableUse[]): Measure | undefined {
  const reader = new MeasureReader(variables)
  const key = JSON.stringify(reader.read(expression))
  return reader.knowsAll() ? { key, ranges: reader.ranges } : undefined
}

/** Whether two measure the same: a range that a variable decides is as long as any. */
export function isSameMeasure(one: Measure, other: Measure): boolean {
  return (
    one.key === other.key &&
    one.ranges.every((range, index) => {
      const second = other.ranges[index]
      return range === undefined || second === undefined || range === second
    })
  )
}

class MeasureReader {
  readonly ranges: (number | undefined)[] = []
  readonly #variables: readonly VariableUse[]
  /** Those that only choose among series, or the length of a range. */
  readonly #harmless = new Set<VariableUse>()

  constructor(variables: readonly VariableUse[]) {
    this.#variables = variables
  }

  knowsAll(): boolean {
    return this.#variables.every((use) => this.#harmless.has(use))
  }

  read(expression: Expression): unknown {
    const node = bare(expression)
    switch (node.kind) {
      case 'number':
      case 'string':
        return [node.kind, node.value]
      case 'selector': {
        const matchers = node.matchers
          .filter((matcher) => !this.#hasVariable(matcher))
          .map(({ name, operator, value }) => JSON.stringify([name, operator, value]))
        return ['selector', node.name, matchers.sort(), node.offset, node.at]
      }
      case 'range': {
        const inner = this.read(node.selector)
        this.#range(node.range, { from: node.selector.to, to: node.to })
        return ['range', inner]
      }
      case 'subquery': {
        const inner = this.read(node.expression)
        this.#range(node.range, { from: node.expression.to, to: node.to })
        return ['subquery', inner, node.offset, node.at]
      }
      case 'aggregation': {
        const { operator, grouping, labels, parameter, expression: inner } = node
        const kept = grouping === 'by' && labels.length === 0 ? undefined : grouping
        const given = parameter === undefined ? undefined : this.read(parameter)
        return [operator, kept, [...labels].sort(), given, this.read(inner)]
      }
      case 'call':
        return [node.name, node.arguments.map((argument) => this.read(argument))]
      case 'unary':
        return [node.operator, this.read(node.expression)]
      case 'binary': {
        const { matching } = node
        const how = matching && [matching.on, [...matching.labels].sort(), matching.group, matching.include]
        return [node.operator, node.bool, how, this.read(node.left), this.read(node.right)]
      }
    }
  }

  #range(seconds: number | undefined, where: { readonly from: number; readonly to: number }): void {
    this.ranges.push(this.#hasVariable(where) ? undefined : seconds)
  }

  #hasVariable({ from, to }: { readonly from: number; readonly to: number }): boolean {
    const inside = this.#variables.filter((use) => use.from >= from && use.to <= to)
    for (const use of inside) this.#harmless.add(use)
    return inside.length > 0
  }
}
