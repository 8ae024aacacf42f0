import { type ItemKey, itemOf } from './checklist.js'
import { itemsOfLint, lintIds } from './lint-items.js'
import { doctorIds } from './texts/index.js'

/** The ids of everything that doctor can find. */
export const allIds: readonly string[] = [...doctorIds, ...lintIds]

/** The items that findings with this id may belong to. */
export function itemsOf(id: string): readonly ItemKey[] {
  const own = itemOf(id)
  return own === undefined ? itemsOfLint(id) : [own]
}
