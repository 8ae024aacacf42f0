import { nextTurn } from '../../exposition/turn-queue.js'
import type { Family, FamilyHeader } from '../../metrics/sample-line.js'
import type { CellFamily, SeriesWatcher } from '../../metrics/series-watcher.js'
import type { SlabReader } from '../../metrics/slab.js'
import type { Registry } from '../../registry/registry.js'
import { type FamilySnapshot, snapshotOf } from '../family-snapshot.js'
import type { CellPlace, FeedBatch, SeriesExemplars } from './feed-event.js'
import { Outlet } from './outlet.js'

/** How long work for a reader holds the event loop at a time, in milliseconds. */
const SLICE_MS = 1

/**
 * Tells another thread all that it needs to show a registry by itself: the shared memory with the values, and what
 * each cell of it stands for. Changes are posted at the moment they happen, so that a reader knows of them while this
 * thread is blocked. `post` has to take the batches in order; it may be a port's or a channel's `postMessage`.
 *
 * Series that were there before are posted in slices of a millisecond; `ready` settles after the last of them. Cells
 * that are freed are used again only after `acknowledge`.
 */
export class RegistryFeed {
  /** Settles when the reader has been told of everything that was there at the beginning. */
  readonly ready: Promise<void>
  readonly #registry: Registry
  readonly #reader: SlabReader
  readonly #outlet: Outlet
  readonly #numbers = new Map<Family, number>()
  /** For each batch on its way, how often cells had been freed when it was posted. */
  readonly #onTheWay = new Map<number, number>()
  readonly #watch: { stop(): void }
  #nextFamily = 0
  #chunksSent = 0
  #isClosed = false

  constructor(registry: Registry, post: (batch: FeedBatch) => void) {
    this.#registry = registry
    this.#reader = registry.slab.addReader(() => this.#sendChunks())
    this.#outlet = new Outlet((batch) => {
      this.#onTheWay.set(batch.number, registry.slab.freedCount)
      post(batch)
    })
    const { names, openMetrics2 } = registry
    this.#outlet.send({ kind: 'registry', names, openMetrics2 })
    this.#watch = registry.watch(this.#watcher())
    this.ready = this.#sendAll()
  }

  /** The reader has taken in this batch and all before it, so that what was freed by then may be used again. */
  acknowledge(batch: number): void {
    let freed: number | undefined
    for (const [number, count] of this.#onTheWay) {
      if (number > batch) break
      freed = count
      this.#onTheWay.delete(number)
    }
    if (freed !== undefined) this.#reader.acknowledge(freed)
  }

  /**
   * Runs the collectors for at most `seconds`, and posts what the scrape shows and a reader cannot see by itself.
   * Rejects only when posting throws.
   */
  async collect(seconds: number): Promise<void> {
    const { families, defaultLabels } = await this.#registry.gather(seconds)
    const shown: (number | FamilySnapshot)[] = []
    const exemplars: SeriesExemplars[] = []
    let until = performance.now() + SLICE_MS
    for (const family of families) {
      const number = this.#numbers.get(family)
      if (number === undefined)
        shown.push(...snapshotOf({ families: [family], defaultLabels: {} }, () => 'sum'))
      else {
        shown.push(number)
        exemplars.push(...this.#changedExemplars(number, family))
      }
      if (performance.now() < until) continue
      await nextTurn()
      until = performance.now() + SLICE_MS
    }
    if (this.#isClosed) return
    this.#sendChunks()
    this.#outlet.send({ kind: 'gathered', families: shown, defaultLabels, exemplars })
    this.#outlet.flush()
  }

  /** Posts nothing any more, and lets freed cells be used again at once. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#watch.stop()
    this.#reader.close()
  }

  #watcher(): SeriesWatcher {
    return {
      familyEntered: (family) => this.#familyEntered(family),
      familyLeft: (family) => this.#familyLeft(family),
      seriesEntered: (family, row) => this.#seriesEntered(family, row),
      seriesLeft: (family, row) => this.#seriesLeft(family, row),
      seriesBegan: (family, row) => {
        const began = family.beganAt(row)
        const number = this.#numbers.get(family)
        if (number === undefined || began === undefined) return
        this.#outlet.send({ kind: 'series-began', family: number, began, ...this.#placeOf(family, row) })
      },
    }
  }

  async #sendAll(): Promise<void> {
    const families = this.#registry.families.map((family) => [family, bornIn(family)] as const)
    for (const [family] of families) this.#familyEntered(family)
    let until = performance.now() + SLICE_MS
    for (const [family, all] of families) {
      for (let i = 0; i < all.length; i += 2) {
        const cellFamily = family as CellFamily
        const row = all[i]!
        if (cellFamily.birthOf(row) === all[i + 1]) this.#seriesEntered(cellFamily, row)
        if (performance.now() < until) continue
        await nextTurn()
        if (this.#isClosed) return
        until = performance.now() + SLICE_MS
      }
    }
    this.#outlet.flush()
  }

  #familyEntered(family: Family): void {
    if (!isCellFamily(family) || family.layout === undefined || this.#numbers.has(family)) return
    // One that lives elsewhere, and is only shown here, has cells that this reader cannot see.
    if (family.slab !== this.#registry.slab) return
    const number = this.#nextFamily++
    this.#numbers.set(family, number)
    this.#outlet.send({ kind: 'family', family: number, header: headerOf(family), layout: family.layout })
  }

  #familyLeft(family: Family): void {
    const number = this.#numbers.get(family)
    if (number === undefined) return
    this.#numbers.delete(family)
    this.#outlet.send({ kind: 'family-left', family: number })
  }

  #seriesEntered(family: CellFamily, row: number): void {
    const number = this.#numbers.get(family)
    if (number === undefined) return
    const { wordAt } = family.cellsOf(row)
    const place = this.#placeOf(family, row)
    this.#sendChunks()
    const began = family.beganAt(row)
    this.#outlet.send({
      kind: 'series',
      family: number,
      values: family.valuesOf(row),
      wordAt,
      ...(began !== undefined && { began }),
      ...place,
    })
  }

  #seriesLeft(family: CellFamily, row: number): void {
    const number = this.#numbers.get(family)
    if (number === undefined) return
    this.#outlet.send({ kind: 'series-left', family: number, ...this.#placeOf(family, row) })
  }

  #sendChunks(): void {
    const { chunks } = this.#registry.slab
    while (this.#chunksSent < chunks.length) {
      this.#outlet.send({ kind: 'chunk', memory: chunks[this.#chunksSent++]!.buffer })
    }
  }

  #placeOf(family: CellFamily, row: number): CellPlace {
    const { cells, at, wordAt } = family.cellsOf(row)
    // Rows without a cell have one place in common.
    const isOne = family.layout?.kind === 'one'
    return { chunk: this.#registry.slab.chunks.lastIndexOf(cells), at: isOne ? wordAt : at }
  }

  *#changedExemplars(number: number, family: Family): Iterable<SeriesExemplars> {
    if (!isCellFamily(family) || family.exemplars === undefined) return
    const { retentionSeconds } = family.exemplars
    for (const row of family.exemplars.takeChanged()) {
      if (family.birthOf(row) === 0) continue
      const exemplars = family.exemplars.of(row)
      yield { family: number, exemplars, retentionSeconds, ...this.#placeOf(family, row) }
    }
  }
}

function isCellFamily(family: Family): family is CellFamily {
  return 'layout' in family && 'rows' in family
}

/** The rows of now, each followed by its birth: an object for each would hold the loop when it is collected. */
function bornIn(family: Family): readonly number[] {
  const born: number[] = []
  if (!isCellFamily(family) || family.layout === undefined) return born
  for (const row of family.rows) born.push(row, family.birthOf(row))
  return born
}

function headerOf({ name, help, type, role, unit, across, labelNames, lines }: Family): FamilyHeader {
  return { name, help, type, role, unit, across, labelNames, lines }
}
