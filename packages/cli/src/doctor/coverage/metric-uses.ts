import { metricOf } from '../../promql/index.js'
import { readExpression, selectorsIn } from '../source/expression.js'

/** A metric that is asked for, and the labels by which. */
export interface MetricUse {
  readonly family: string
  readonly labels: ReadonlySet<string>
}

/** The name of a metric without what tells its parts apart. */
export function familyOf(sample: string): string {
  return sample.replace(/_(?:bucket|sum|count)$/, '')
}

/** What an expression asks for, through the rules that record what it names. */
export function usesIn(
  query: string,
  recorded: ReadonlyMap<string, string>,
  depth = 0,
): readonly MetricUse[] {
  const expression = readExpression(query)
  if (expression === undefined) return []
  return selectorsIn(expression).flatMap((selector) => {
    const metric = metricOf(selector) ?? patternOf(selector.matchers)
    if (metric === undefined) return []
    const source = recorded.get(metric)
    // Rules that record each other in a circle are refused by nobody.
    if (source !== undefined && depth < 8) return usesIn(source, recorded, depth + 1)
    return [{ family: familyOf(metric), labels: new Set(selector.matchers.map(({ name }) => name)) }]
  })
}

/** The end of a name that is asked for behind any prefix, as in `(.+_)?nodejs_heap_size_used_bytes`. */
function patternOf(
  matchers: readonly { readonly name: string; readonly value: string }[],
): string | undefined {
  const pattern = matchers.find(({ name }) => name === '__name__')?.value
  return pattern === undefined ? undefined : /([a-zA-Z_:][\w:]*)$/.exec(pattern)?.[1]
}
