import type { Series } from './series.js'

const PLACES = 256

/**
 * The handles that were asked for last, so that looking a series up again allocates nothing. One place for each row of
 * a chunk, shared by the rows with the same last bits.
 */
export class HandleCache<S extends Series> {
  readonly #handles: (S | undefined)[] = []

  /** The handle on a row, if it is remembered. */
  get(row: number): S | undefined {
    const handle = this.#handles[row & (PLACES - 1)]
    return handle !== undefined && handle.row === row ? handle : undefined
  }

  set(row: number, handle: S): void {
    const place = row & (PLACES - 1)
    // Never a hole: an array with holes is read more slowly.
    while (this.#handles.length <= place) this.#handles.push(undefined)
    this.#handles[place] = handle
  }

  delete(row: number): void {
    const place = row & (PLACES - 1)
    if (this.#handles[place]?.row === row) this.#handles[place] = undefined
  }
}
