import type { MetricsCollectionService } from 'telltale'
import type { Cache, CacheStore, KeyPattern } from './cache.js'

/** Counts what the store has and has not, and stands in for one that cannot be reached. */
export class MeasuredCache implements Cache {
  readonly #store: CacheStore
  readonly #metrics: MetricsCollectionService

  constructor(store: CacheStore, metrics: MetricsCollectionService) {
    this.#store = store
    this.#metrics = metrics
  }

  async get(pattern: KeyPattern, id: number): Promise<string | undefined> {
    const value = await this.#attempt(() => this.#store.get(keyOf(pattern, id)))
    if (value === undefined) this.#metrics.recordCacheMiss(this.#store.name, pattern)
    else this.#metrics.recordCacheHit(this.#store.name, pattern)
    return value
  }

  async set(pattern: KeyPattern, id: number, value: string, seconds: number): Promise<void> {
    await this.#attempt(() => this.#store.set(keyOf(pattern, id), value, seconds))
  }

  async delete(pattern: KeyPattern, id: number): Promise<void> {
    await this.#attempt(() => this.#store.delete(keyOf(pattern, id)))
  }

  async #attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action()
    } catch {
      this.#metrics.recordError('CacheUnavailableError', 'medium', 'cache')
      return undefined
    }
  }
}

function keyOf(pattern: KeyPattern, id: number): string {
  return pattern.replace('*', String(id))
}
