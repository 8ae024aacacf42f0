import type { RowChunk } from '../metrics/row-chunk.js'
import type { CellFamily, RowWatcher } from '../metrics/row-watcher.js'
import type { Family } from '../metrics/sample-line.js'

/** Several watchers as one. */
export class WatcherList implements RowWatcher {
  readonly watchers: readonly RowWatcher[]

  constructor(watchers: readonly RowWatcher[]) {
    this.watchers = watchers
  }

  familyEntered(family: Family): void {
    for (const watcher of this.watchers) watcher.familyEntered(family)
  }

  familyLeft(family: Family): void {
    for (const watcher of this.watchers) watcher.familyLeft(family)
  }

  rowsAdded(family: CellFamily, rows: RowChunk): void {
    for (const watcher of this.watchers) watcher.rowsAdded(family, rows)
  }
}
