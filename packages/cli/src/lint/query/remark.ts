import type { Finding, FindingOptions, Place } from '../../finding/index.js'
import type { Span } from '../../promql/index.js'
import { lintChecks } from '../lint-checks.js'

/** Something to say about a part of an expression; who knows where the expression is makes a finding of it. */
export interface Remark extends Span {
  finding(where: Place, options?: FindingOptions): Finding
}

type Id = Parameters<typeof lintChecks.finding>[0]

/** A remark with what its texts need. */
export function remark<Check extends Id>(
  id: Check,
  { from, to }: Span,
  values: Parameters<typeof lintChecks.finding<Check>>[2],
): Remark {
  return { from, to, finding: (where, options) => lintChecks.finding(id, where, values, options) }
}
