import { Redis, type RedisOptions } from 'ioredis'
import type { Log } from './log.js'

const LAST_RETRY_MS = 2_000

/** Commands fail at once while Redis is away, so that no request waits for it. */
const FAIL_FAST: RedisOptions = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 1_000 }
/** Commands wait until Redis is there, as long as that takes. */
const PATIENT: RedisOptions = { maxRetriesPerRequest: null }

export interface RedisPurpose {
  /** What the connection is for; starts the sentences about it. */
  readonly name: string
  /** What is missing while Redis is away. */
  readonly without: string
  readonly commands: 'fail-fast' | 'patient'
}

/** Connects in the background, reconnects for ever, and says once when Redis goes away and when it comes back. */
export function openRedis(url: URL, purpose: RedisPurpose, log: Log): Redis {
  const redis = new Redis(url.href, {
    ...(purpose.commands === 'patient' ? PATIENT : FAIL_FAST),
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, LAST_RETRY_MS),
  })
  let state: 'unknown' | 'up' | 'down' = 'unknown'
  redis.on('ready', () => {
    if (state === 'down') log.info(`${purpose.name}: Redis is back.`)
    state = 'up'
  })
  const away = (reason: string) => {
    if (state !== 'down')
      log.warn(`${purpose.name}: Redis at ${url.host} is away (${reason}). ${purpose.without}`)
    state = 'down'
  }
  redis.on('error', (error) => away(error.message || error.name))
  redis.on('reconnecting', () => away('connection lost'))
  return redis
}
