import {
  bare,
  comparisons,
  type Expression,
  parsePromql,
  type VectorSelector,
  type Version,
  walk,
} from '../../promql/index.js'
import { type MetricSelection, selectionOf, VARIABLE } from './metric-selection.js'

/** How one selector of an expression uses metrics. */
export interface SelectorUse {
  readonly metrics: MetricSelection
  /** Labels that it compares, or that something around it reads. */
  readonly reads: ReadonlySet<string>
  /** Labels that are left in what comes out; 'all' where nothing takes any away. */
  readonly keeps: ReadonlySet<string> | 'all'
  /** Seconds of the range that it is read over. */
  readonly range: number | undefined
  /** Bounds that are asked for by `le="…"`, and those that its percentile is compared with. */
  readonly bounds: readonly number[]
}

/** How an expression uses metrics; 'uncertain' where it cannot be read. */
export type Uses = readonly SelectorUse[] | 'uncertain'

/** Newer than all there are: what an older server would not run still names metrics. */
const NEWEST: Version = { major: 99, minor: 0 }

/** Reads how an expression uses metrics. */
export function metricsUsedIn(text: string): Uses {
  const { expression } = parsePromql(text, NEWEST)
  return expression === undefined ? 'uncertain' : usesIn(expression)
}

/** How an expression that was read uses metrics. */
export function usesIn(expression: Expression): readonly SelectorUse[] {
  const uses: SelectorUse[] = []
  for (const { expression: part, around } of walk(expression)) {
    if (part.kind === 'selector') uses.push(useOf(part, around))
  }
  return uses
}

function useOf(selector: VectorSelector, around: readonly Expression[]): SelectorUse {
  const inside = around.toReversed()
  const reads = new Set(selector.matchers.map(({ name }) => name).filter((name) => name !== '__name__'))
  const keeps = keptBy(inside, reads)
  const spread = keeps === 'all' || [...keeps, ...reads].some((label) => label.includes(VARIABLE))
  return {
    metrics: selectionOf(selector),
    reads,
    keeps: spread ? 'all' : keeps,
    range: inside.find((part) => part.kind === 'range')?.range,
    bounds: [...boundsOf(selector), ...thresholdsOf(inside)],
  }
}

/** Aggregations that give back series as they were. */
const choosing: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio'])

/** What is left of the labels, from the selector outwards to the first aggregation; adds to what is read. */
function keptBy(inside: readonly Expression[], reads: Set<string>): ReadonlySet<string> | 'all' {
  for (const part of inside) {
    if (part.kind === 'aggregation') {
      if (part.grouping === 'without') return 'all'
      if (!choosing.has(part.operator)) return new Set(part.labels)
      for (const label of part.labels) reads.add(label)
    } else if (part.kind === 'call') readByCall(part.name, part.arguments, reads)
    else if (part.kind === 'binary' && !isNumber(part.left) && !isNumber(part.right)) {
      if (part.matching === undefined || !part.matching.on) return 'all'
      for (const label of [...part.matching.labels, ...part.matching.include]) reads.add(label)
    }
  }
  return 'all'
}

function readByCall(name: string, given: readonly Expression[], reads: Set<string>): void {
  if (name === 'histogram_quantile' || name === 'histogram_fraction') reads.add('le')
  const from = name === 'label_replace' ? [3] : name === 'label_join' ? given.map((_, i) => i).slice(3) : []
  for (const index of from) {
    const label = given[index] && bare(given[index])
    if (label?.kind === 'string') reads.add(label.value)
  }
}

function isNumber(expression: Expression): boolean {
  const part = bare(expression)
  if (part.kind === 'unary') return isNumber(part.expression)
  if (part.kind === 'binary') return isNumber(part.left) && isNumber(part.right)
  return part.kind === 'number' || (part.kind === 'call' && ['scalar', 'time', 'pi'].includes(part.name))
}

function boundsOf({ matchers }: VectorSelector): number[] {
  return matchers.flatMap(({ name, operator, value }) =>
    name === 'le' && operator === '=' && /^[\d.e+-]+$/i.test(value) ? [Number(value)] : [],
  )
}

/** The numbers that a percentile of these buckets is compared with. */
function thresholdsOf(inside: readonly Expression[]): number[] {
  const quantile = inside.findIndex((part) => part.kind === 'call' && part.name === 'histogram_quantile')
  if (quantile < 0) return []
  for (const part of inside.slice(quantile + 1)) {
    if (part.kind === 'binary' && comparisons.has(part.operator)) {
      const sides = [bare(part.left), bare(part.right)]
      return sides.flatMap((side) => (side.kind === 'number' ? [side.value] : []))
    }
    // Behind any other sum or aggregation the number is not one of the buckets' any more.
    if (part.kind !== 'parenthesis' && part.kind !== 'aggregation') return []
  }
  return []
}
