import { LRUCache } from 'lru-cache'
import type { CacheStore } from './cache.js'

const MAX_BYTES = 16 * 1024 * 1024

/** Inside this process, up to 16 MiB; what has not been used for longest goes first. */
export class MemoryStore implements CacheStore {
  readonly name = 'memory'
  readonly #entries = new LRUCache<string, string>({
    maxSize: MAX_BYTES,
    sizeCalculation: (value, key) => Buffer.byteLength(key) + Buffer.byteLength(value),
  })

  async get(key: string): Promise<string | undefined> {
    return this.#entries.get(key)
  }

  async set(key: string, value: string, seconds: number): Promise<void> {
    this.#entries.set(key, value, { ttl: seconds * 1000 })
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key)
  }

  async sizeInBytes(): Promise<number> {
    this.#entries.purgeStale()
    return this.#entries.calculatedSize
  }

  async close(): Promise<void> {
    this.#entries.clear()
  }
}
