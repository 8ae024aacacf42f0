import type { Span } from './ast.js'

export type TokenKind = 'number' | 'duration' | 'string' | 'name' | 'mark'

/** A word, number, string or sign of an expression. */
export interface Token extends Span {
  readonly kind: TokenKind
  readonly text: string
}

/** Words that are no functions although a parenthesis may follow. */
export const keywords: ReadonlySet<string> = new Set(
  `and or unless atan2 sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk limit_ratio
  offset smoothed anchored by without on ignoring group_left group_right fill fill_left fill_right bool inf nan`.split(
    /\s+/,
  ),
)

/** Aggregations, in lower case. */
export const aggregations: ReadonlySet<string> = new Set(
  `sum avg count min max group stddev stdvar topk bottomk count_values quantile limitk limit_ratio`.split(
    ' ',
  ),
)
