import { isCount, type RunningGroup } from './running-group.js'

/** Scrapes a group again and again, and knows what fell that must not. */
export class CountWatch {
  readonly #group: RunningGroup
  readonly #seen = new Map<string, number>()
  readonly #falls: string[] = []
  readonly #scraping: Promise<void>
  #waiting: ((samples: ReadonlyMap<string, number>) => void)[] = []
  #scrapes = 0
  #isOver = false

  constructor(group: RunningGroup) {
    this.#group = group
    this.#scraping = this.#scrape()
  }

  /** The samples of the next scrape that begins from now on. */
  async next(): Promise<ReadonlyMap<string, number>> {
    await this.#following()
    return this.#following()
  }

  /** Resolves when the last scrape is there. */
  async end(): Promise<{ readonly scrapes: number; readonly falls: readonly string[] }> {
    this.#isOver = true
    await this.#scraping
    return { scrapes: this.#scrapes, falls: this.#falls }
  }

  #following(): Promise<ReadonlyMap<string, number>> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  async #scrape(): Promise<void> {
    while (!this.#isOver) {
      const samples = await this.#group.scrape()
      this.#scrapes++
      for (const [sample, value] of samples) if (isCount(sample)) this.#compare(sample, value)
      for (const resolve of this.#waiting.splice(0)) resolve(samples)
    }
  }

  #compare(sample: string, value: number): void {
    const before = this.#seen.get(sample) ?? 0
    if (value < before) this.#falls.push(`${sample}: ${before} to ${value}`)
    this.#seen.set(sample, value)
  }
}
