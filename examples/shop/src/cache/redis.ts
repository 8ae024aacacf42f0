import type { Redis } from 'ioredis'
import type { CacheStore } from './cache.js'

const PREFIX = 'shop:cache:'

/** In a Redis. Its size is all that this Redis uses for data: it cannot tell one application's share. */
export class RedisStore implements CacheStore {
  readonly name = 'redis'
  readonly #redis: Redis

  /** Owns the connection. */
  constructor(redis: Redis) {
    this.#redis = redis
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#redis.get(PREFIX + key)) ?? undefined
  }

  async set(key: string, value: string, seconds: number): Promise<void> {
    await this.#redis.set(PREFIX + key, value, 'EX', seconds)
  }

  async delete(key: string): Promise<void> {
    await this.#redis.del(PREFIX + key)
  }

  async sizeInBytes(): Promise<number> {
    const [, bytes] = /^used_memory_dataset:(\d+)/m.exec(await this.#redis.info('memory')) ?? []
    return Number(bytes ?? 0)
  }

  async close(): Promise<void> {
    this.#redis.disconnect()
  }
}
