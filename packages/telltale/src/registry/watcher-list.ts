import type { Family } from '../metrics/sample-line.js'
import type { Series } from '../metrics/series.js'
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

  seriesEntered(family: CellFamily, series: Series): void {
    for (const watcher of this.watchers) watcher.seriesEntered(family, series)
  }

  seriesLeft(family: CellFamily, series: Series): void {
    for (const watcher of this.watchers) watcher.seriesLeft(family, series)
  }

  seriesBegan(family: CellFamily, series: Series): void {
    for (const watcher of this.watchers) watcher.seriesBegan(family, series)
  }
}
