import type { Finding } from '../finding/finding.js'
import type { ItemKey } from './checklist.js'
import type { Setup } from './setup.js'

/** Looks at one thing. Rejects with Unavailable when what it needs cannot be had. */
export interface Check {
  readonly item: ItemKey
  /** Whether the item is in place when this finds nothing; `false` for a glance at something beside it. */
  readonly isProof: boolean
  run(setup: Setup): Promise<readonly Finding[]>
}

/** The checks of one item. */
export function checksOf(item: ItemKey, runs: readonly Check['run'][]): readonly Check[] {
  return runs.map((run) => ({ item, isProof: true, run }))
}
