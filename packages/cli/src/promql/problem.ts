import type { CheckSet, Finding, FindingOptions, Place, Values } from '../finding/index.js'
import type { Span } from './ast.js'
import { promqlChecks } from './promql-checks.js'

type Texts = typeof promqlChecks extends CheckSet<infer English> ? English : never

/** The ids of what can be wrong with an expression itself. */
export type PromqlCheckId = keyof Texts & string

/** Something that is wrong with an expression, by its place in the text. */
export interface Problem extends Span {
  readonly id: PromqlCheckId
  /** The finding that it is in a file or at an address. */
  finding(where: Place, options?: FindingOptions): Finding
}

/** A problem with what its texts need. */
export function problem<Id extends PromqlCheckId>(
  id: Id,
  { from, to }: Span,
  values: Values<Texts[Id]>,
): Problem {
  return { id, from, to, finding: (where, options) => promqlChecks.finding(id, where, values, options) }
}
