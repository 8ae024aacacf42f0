/** A row is the number of its chunk and, in the lower bits, its index, so that finding its chunk is a shift. */
export const INDEX_BITS = 12
export const INDEX_MASK = 2 ** INDEX_BITS - 1
/** The first two chunks have four rows; from then on they double up to 1,024. All after that have 2,048. */
const FIRST_ROWS = 4
const LARGEST_ROWS = 2048
const DOUBLING_CHUNKS = 10

/** The row of a slot: slots are rows in the order in which they are taken for the first time. */
export function rowOfSlot(slot: number): number {
  if (slot < FIRST_ROWS) return slot
  if (slot < LARGEST_ROWS) return ((30 - Math.clz32(slot)) << INDEX_BITS) | slot
  const chunk = DOUBLING_CHUNKS - 1 + Math.floor(slot / LARGEST_ROWS)
  return (chunk << INDEX_BITS) | (slot % LARGEST_ROWS)
}

/** How many rows there are in the chunk that begins with this one. */
export function rowsFrom(row: number): number {
  return row >> INDEX_BITS < DOUBLING_CHUNKS ? Math.max(FIRST_ROWS, row & INDEX_MASK) : LARGEST_ROWS
}
