import { hashIds } from './row-table.js'

const FIRST_PLACES = 16
const MOST_PLACES = 256
/** Words of a place: three ids, and a fourth so that finding one is a shift. */
const KEY_SHIFT = 2
/** In place of the first id where a handle was that is forgotten; what others were pushed on by stays in their way. */
const GONE = -1

/**
 * Handles that were asked for of late, 128 at most, found by three ids without a look at their rows: a hash table with
 * open addressing. With more, it starts again.
 */
export class HandleCache<H> {
  // Ids are beside the handles and not in them: those of different metrics have different shapes.
  #ids = new Int32Array(FIRST_PLACES << KEY_SHIFT)
  #handles: (H | undefined)[] = places(FIRST_PLACES)
  #mask = FIRST_PLACES - 1
  #filled = 0

  /** The handle of these ids, if it is remembered. */
  find(first: number, second: number, third: number): H | undefined {
    const ids = this.#ids
    const mask = this.#mask
    let place = hashIds(first, second, third) & mask
    for (;;) {
      const at = place << KEY_SHIFT
      if (ids[at] === first && ids[at + 1] === second && ids[at + 2] === third) return this.#handles[place]
      if (this.#handles[place] === undefined) return undefined
      place = (place + 1) & mask
    }
  }

  /** Remembers a handle by ids that none is remembered by. */
  add(handle: H, first: number, second: number, third: number): void {
    if (this.#filled * 2 > this.#mask) this.#makeRoom()
    this.#put(handle, first, second, third)
  }

  /** Forgets the handle of these ids. */
  delete(first: number, second: number, third: number): void {
    const handle = this.find(first, second, third)
    if (handle !== undefined) this.#ids[this.#handles.indexOf(handle) << KEY_SHIFT] = GONE
  }

  #put(handle: H, first: number, second: number, third: number): void {
    const ids = this.#ids
    let place = hashIds(first, second, third) & this.#mask
    while (this.#handles[place] !== undefined) place = (place + 1) & this.#mask
    this.#filled++
    this.#handles[place] = handle
    const at = place << KEY_SHIFT
    ids[at] = first
    ids[at + 1] = second
    ids[at + 2] = third
  }

  /** Doubles the places, or forgets all once there are enough of them. */
  #makeRoom(): void {
    const ids = this.#ids
    const handles = this.#handles
    this.#filled = 0
    if (handles.length === MOST_PLACES) {
      handles.fill(undefined)
      ids.fill(0)
      return
    }
    const count = handles.length * 2
    this.#ids = new Int32Array(count << KEY_SHIFT)
    this.#handles = places(count)
    this.#mask = count - 1
    handles.forEach((handle, place) => {
      const at = place << KEY_SHIFT
      if (handle !== undefined && ids[at] !== GONE) this.#put(handle, ids[at]!, ids[at + 1]!, ids[at + 2]!)
    })
  }
}

function places(count: number): undefined[] {
  // Filled, because an array with holes is read more slowly.
  return Array.from({ length: count }, () => undefined)
}
