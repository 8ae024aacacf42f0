import { ChangeTracker } from '../../aggregate/group/change-tracker.js'
import type { ProcessUpdate } from '../../aggregate/group/process-update.js'
import { writeInSlices } from '../../exposition/slices.js'
import { systemClock } from '../../model/clock.js'
import { Registry } from '../../registry/registry.js'
import type { Gathering, ScrapeSource } from '../../registry/scrape-source.js'

/** The metrics of one process, as they go to its group. */
export interface LocalSource extends ScrapeSource {
  /** What it has now, without running collectors. When left out, collectors run at every interval. */
  gathering?(): Gathering
}

/** What changed in this process since it was asked before. One look after the other, each in slices. */
export class LocalChanges {
  readonly source: LocalSource
  #tracker = newTracker()
  readonly #failed: (error: unknown) => void
  #turn: Promise<unknown> = Promise.resolve()
  /** Looks that have not told yet what they found. */
  #looks = 0
  /** Families that the last collection left out, because their collector failed. */
  #leftOut = new Set<string>()

  /** `failed` hears why metrics could not be read. */
  constructor(source: LocalSource, failed: (error: unknown) => void) {
    this.source = source
    this.#failed = failed
  }

  /** The next changes are all that there is. */
  restart(): Promise<void> {
    return this.#alone(async () => this.#tracker.restart())
  }

  /** Without running collectors. */
  async peek(): Promise<readonly ProcessUpdate[]> {
    return this.#changes(async () => {
      const now = this.#now()
      return now === undefined ? this.#written(await this.source.gather(), true) : this.#written(now, false)
    })
  }

  /** After running collectors for at most `seconds`. */
  async refresh(seconds: number): Promise<readonly ProcessUpdate[]> {
    const gathered = await this.source.gather(seconds).catch(this.#failed)
    if (!gathered) return []
    const names = new Set(gathered.families.map(({ name }) => name))
    const now = this.#now()?.families ?? []
    this.#leftOut = new Set(now.map(({ name }) => name).filter((name) => !names.has(name)))
    return this.#changes(() => this.#written(gathered, true))
  }

  /** What was told has not arrived: the last changes are all that there is. */
  forget(): void {
    this.#tracker.restart()
  }

  /** The last changes of a process that ends, made in one go. */
  last(): readonly ProcessUpdate[] {
    const now = this.#now()
    if (now === undefined) return []
    // One that is in the middle of a look would go on with it.
    if (this.#looks > 0) this.#tracker = newTracker()
    this.#tracker.start(now.defaultLabels)
    for (const family of now.families) {
      if (this.#leftOut.has(family.name)) continue
      this.#tracker.family(family)
      family.emit(this.#tracker, 0, family.size)
    }
    return this.#tracker.finish({ isComplete: false })
  }

  #now(): Gathering | undefined {
    const { source } = this
    if (source.gathering !== undefined) return source.gathering()
    return source instanceof Registry
      ? { families: source.families, defaultLabels: source.defaultLabels }
      : undefined
  }

  async #written(
    { families, defaultLabels }: Gathering,
    isComplete: boolean,
  ): Promise<readonly ProcessUpdate[]> {
    this.#tracker.start(defaultLabels)
    const shown = isComplete ? families : families.filter(({ name }) => !this.#leftOut.has(name))
    await writeInSlices(shown, this.#tracker)
    for (const family of shown) if (family.size === 0) this.#tracker.family(family)
    return this.#tracker.finish({ isComplete })
  }

  /** What cannot be read costs that look, and never the application. */
  #changes(look: () => Promise<readonly ProcessUpdate[]>): Promise<readonly ProcessUpdate[]> {
    this.#looks++
    const found = this.#alone(look).catch((error: unknown) => {
      this.#tracker.restart()
      this.#failed(error)
      return []
    })
    return found.finally(() => this.#looks--)
  }

  #alone<T>(look: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(look)
    this.#turn = mine.catch(() => {})
    return mine
  }
}

function newTracker(): ChangeTracker {
  return new ChangeTracker(() => systemClock.wall())
}
