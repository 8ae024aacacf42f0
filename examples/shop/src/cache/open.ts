import type { Log } from '../log.js'
import { openRedis } from '../redis-connection.js'
import type { CacheStore } from './cache.js'
import { MemoryStore } from './memory.js'
import { RedisStore } from './redis.js'

/** A store in Redis, or in this process when there is none. Nothing is awaited: Redis may be away. */
export function openStore(redisUrl: URL | undefined, log: Log): CacheStore {
  if (redisUrl === undefined) return new MemoryStore()
  const purpose = {
    name: 'Cache',
    without: 'The shop keeps serving without its cache.',
    commands: 'fail-fast',
  } as const
  return new RedisStore(openRedis(redisUrl, purpose, log))
}
