import type { Log } from '../log.js'
import { openRedis } from '../redis-connection.js'
import type { JobQueue, Processor } from './job-queue.js'
import { MemoryQueue } from './memory.js'
import { RedisQueue } from './redis.js'

/** A queue in Redis, or in this process when there is none. Nothing is awaited: Redis may be away. */
export function openQueue<Job extends object>(
  name: string,
  processor: Processor<Job>,
  redisUrl: URL | undefined,
  log: Log,
): JobQueue<Job> {
  if (redisUrl === undefined) return new MemoryQueue(processor)
  const without = 'Orders are taken and wait for their fulfilment.'
  const producer = openRedis(redisUrl, { name: 'Queue', without, commands: 'fail-fast' }, log)
  const worker = openRedis(redisUrl, { name: 'Queue worker', without, commands: 'patient' }, log)
  return new RedisQueue(name, processor, { producer, worker })
}
