import { nextTurn } from '../../exposition/turn-queue.js'
import type { RowChunk } from '../../metrics/row-chunk.js'
import type { CellFamily } from '../../metrics/row-watcher.js'
import type { Family, FamilyHeader } from '../../metrics/sample-line.js'
import type { Cells, SlabReader } from '../../metrics/slab.js'
import type { Registry } from '../../registry/registry.js'
import { type FamilySnapshot, snapshotOf } from '../family-snapshot.js'
import type { FeedEvent, Place, SeriesExemplars } from './feed-event.js'

/** How long work for a reader holds the event loop at a time, in milliseconds. */
const SLICE_MS = 1

/**
 * Tells another thread where in shared memory a registry is: which chunks there are, and in which of them the rows of
 * each family. The series themselves it reads there. What is new is posted at the moment it is made, so that a reader
 * knows of it while this thread is blocked. `post` has to take the events in order; it may be a port's or a channel's
 * `postMessage`. Memory that is freed is used again when the reader does not look at it any longer.
 */
export class RegistryFeed {
  readonly #registry: Registry
  readonly #post: (events: readonly FeedEvent[]) => void
  readonly #readers: readonly SlabReader[]
  readonly #watch: { stop(): void }
  readonly #numbers = new Map<Family, number>()
  #nextFamily = 0
  #isClosed = false

  /**
   * Posts everything that is there, in one go. Cost: some microseconds for each family and 2,048 of its series. At most
   * `readers` read it at the same time.
   */
  constructor(registry: Registry, post: (events: readonly FeedEvent[]) => void, readers = 1) {
    this.#registry = registry
    this.#post = post
    const { slab, names, openMetrics2 } = registry
    const chunkAdded = (memory: ArrayBufferLike) => post([{ kind: 'chunk', memory }])
    this.#readers = Array.from({ length: readers }, (_, i) => slab.addReader(i === 0 ? chunkAdded : () => {}))
    this.#watch = registry.watch({
      familyEntered: (family) => this.#send(this.#entering(family)),
      familyLeft: (family) => this.#familyLeft(family),
      rowsAdded: (family, rows) => this.#rowsAdded(family, rows),
    })
    post([
      { kind: 'registry', names, openMetrics2, visits: this.#readers.map(({ visits }) => visits.memory) },
      ...slab.chunks.map(({ buffer }): FeedEvent => ({ kind: 'chunk', memory: buffer })),
      ...registry.families.flatMap((family) => this.#entering(family)),
    ])
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
        if (isCellFamily(family) && family.exemplars !== undefined)
          exemplars.push(...changedExemplars(number, family))
      }
      if (performance.now() < until) continue
      await nextTurn()
      until = performance.now() + SLICE_MS
    }
    this.#send([{ kind: 'gathered', families: shown, defaultLabels, exemplars }])
  }

  /** Has memory that was freed be used again as far as the reader does not look at it any longer. */
  settle(): void {
    this.#registry.slab.settle()
  }

  /** Posts nothing any more, and lets freed memory be used again at once. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#watch.stop()
    for (const reader of this.#readers) reader.close()
  }

  #send(events: readonly FeedEvent[]): void {
    if (!this.#isClosed && events.length > 0) this.#post(events)
  }

  /** What tells of a family and the rows that it has; nothing where a reader cannot see its cells. */
  #entering(family: Family): readonly FeedEvent[] {
    if (!isCellFamily(family) || family.layout === undefined) return []
    // One that lives elsewhere is only shown here.
    if (family.slab !== this.#registry.slab) return []
    const number = this.#nextFamily++
    this.#numbers.set(family, number)
    const { layout, createdAt, table } = family
    const { shape } = table
    const head = { ...this.#placeOf(table.head.place), serial: table.head.serial }
    return [
      { kind: 'family', family: number, header: headerOf(family), layout, shape, createdAt, head },
      ...table.chunks.map((rows) => this.#rowsEvent(number, rows)),
    ]
  }

  #familyLeft(family: Family): void {
    const number = this.#numbers.get(family)
    if (number === undefined) return
    this.#numbers.delete(family)
    this.#send([{ kind: 'family-left', family: number }])
  }

  #rowsAdded(family: CellFamily, rows: RowChunk): void {
    const number = this.#numbers.get(family)
    if (number !== undefined) this.#send([this.#rowsEvent(number, rows)])
  }

  #rowsEvent(family: number, { place, first, end }: RowChunk): FeedEvent {
    return { kind: 'rows', family, first, end, ...this.#placeOf(place) }
  }

  #placeOf(cells: Cells): Place {
    return { chunk: this.#registry.slab.chunkOf(cells), at: cells.at }
  }
}

function* changedExemplars(number: number, { exemplars, table, createdAt }: CellFamily) {
  if (exemplars === undefined) return
  const { retentionSeconds } = exemplars
  for (const row of exemplars.takeChanged()) {
    const { birth, cells, at } = table.seatOf(row)
    const began = createdAt === undefined ? undefined : cells[at + createdAt]
    yield { family: number, row, birth, began, exemplars: exemplars.of(row), retentionSeconds }
  }
}

function isCellFamily(family: Family): family is CellFamily {
  return 'layout' in family && 'table' in family
}

function headerOf({ name, help, type, role, unit, across, labelNames, lines }: Family): FamilyHeader {
  return { name, help, type, role, unit, across, labelNames, lines }
}
