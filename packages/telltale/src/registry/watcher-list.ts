import type { Family } from '../metrics/sample-line.js'
import type { CellFamily, SeriesWatcher } from '../metrics/series-watcher.js'

/** Several watchers as one. */
export class WatcherList implements SeriesWatcher {
  readonly watchers: readonly SeriesWatcher[]

  constructor(watchers: readonly SeriesWatcher[]) {
    this.watchers = watchers
  }

  familyEntered(family: Family): void {
    for (const watcher of this.watchers) watcher.familyEntered(family)
  }

  familyLeft(family: Family): void {
    for (const watcher of this.watchers) watcher.familyLeft(family)
  }

  seriesEntered(family: CellFamily, row: number): void {
    for (const watcher of this.watchers) watcher.seriesEntered(family, row)
  }

  seriesLeft(family: CellFamily, row: number): void {
    for (const watcher of this.watchers) watcher.seriesLeft(family, row)
  }

  seriesBegan(family: CellFamily, row: number): void {
    for (const watcher of this.watchers) watcher.seriesBegan(family, row)
  }
}
