import type { Family, Sink } from './sample-line.js'

/**
 * A family whose series each have a slot and a birth for as long as they are there. So what was found out about them can
 * be kept from one scrape to the next, and brought up to date by what was added and removed. Every family in rows is one;
 * its class does not say so, since what is for the library alone is not in the published types.
 */
export interface SlottedFamily extends Family {
  /** Another number after each series that was added. */
  readonly births: number
  /** How many slots there are to look at. */
  readonly slots: number
  /** Fills a list with the births of the series in the slots from `from` on; 0 where there is none. */
  readBirths(from: number, into: Int32Array): void
  /** The label values of the series in a slot; `undefined` when it is not the one with this birth any more. */
  valuesAt(slot: number, birth: number): readonly string[] | undefined
  /** Writes the series in a slot, unless it is not the one with this birth any more. */
  emitSlot(sink: Sink, slot: number, birth: number): void
}

export function isSlotted(family: Family): family is SlottedFamily {
  return 'emitSlot' in family && 'readBirths' in family
}
