import { CommandError } from '../command-error.js'
import {
  bytesPerSeries,
  EMPTY_SERVER_BYTES,
  HEAD_SECONDS,
  QUERY_ROOM,
  type Storage,
  storageOf,
} from './cost-formulas.js'
import { targetHash, targetsByShard } from './hashmod.js'
import type { InstanceShape } from './instance-shape.js'

export interface Fleet {
  readonly instances: number
  /** host:port of every instance, where they are known. */
  readonly targets: readonly string[]
  /** Seconds between scrapes. */
  readonly interval: number
  /** Seconds. */
  readonly retention: number
  /** How often a day every instance is replaced by one with another address. */
  readonly releases: number
  readonly bytesPerSample: number
  /** Bytes of memory that one Prometheus may use. */
  readonly memory: number
  /** Servers that scrape the same targets. */
  readonly replicas: number
}

/** What one interval would cost. */
export interface IntervalCost {
  /** Seconds. */
  readonly interval: number
  readonly samplesPerSecond: number
  /** Bytes. */
  readonly disk: number
}

export interface Shards {
  readonly count: number
  /** Targets of each shard, where they are known. */
  readonly spread: readonly number[] | undefined
  /** Targets of the shard that has the most: counted, or as it is to be expected. */
  readonly mostTargets: number
  /** Bytes that its Prometheus needs. */
  readonly memory: number
  /** Bytes of its disk. */
  readonly disk: number
}

/** What a fleet costs its Prometheus, all shards and one replica of them. */
export interface FleetPlan {
  readonly series: number
  /** Series in memory at most: those of instances that were just replaced are still there. */
  readonly headSeries: number
  readonly samplesPerSecond: number
  /** Bytes of memory of one series. */
  readonly bytesPerSeries: number
  /** Bytes, with room for queries. */
  readonly memory: number
  readonly storage: Storage
  /** Bytes a second on the network, not compressed. */
  readonly network: number
  readonly shards: Shards
  readonly intervals: readonly IntervalCost[]
}

const INTERVALS = [5, 10, 15, 30, 60]

/** Plans for a fleet of instances that all expose what this one does. Throws TELLTALE_USAGE when no server holds one. */
export function planFleet(shape: InstanceShape, fleet: Fleet): FleetPlan {
  const { instances, interval } = fleet
  const series = shape.series * instances
  const perSeries = bytesPerSeries(shape.labels, shape.textBytes)
  const samplesPerSecond = series / interval
  return {
    series,
    headSeries: series * generations(fleet),
    samplesPerSecond,
    bytesPerSeries: perSeries,
    memory: memoryFor(instances, shape, fleet),
    storage: storageOf({ ...fleet, samplesPerSecond }),
    network: (shape.bytes * instances) / interval,
    shards: shardsFor(shape, fleet),
    intervals: INTERVALS.map((seconds) => {
      const rate = series / seconds
      return {
        interval: seconds,
        samplesPerSecond: rate,
        disk: storageOf({ ...fleet, samplesPerSecond: rate }).disk,
      }
    }),
  }
}

/** How many sets of series of one instance the head has at most: the living one, and those replaced lately. */
function generations({ releases }: Fleet): number {
  return 1 + Math.ceil((releases * HEAD_SECONDS) / 86_400)
}

function memoryFor(targets: number, shape: InstanceShape, fleet: Fleet): number {
  const series = targets * shape.series * generations(fleet)
  return EMPTY_SERVER_BYTES + QUERY_ROOM * series * bytesPerSeries(shape.labels, shape.textBytes)
}

function shardsFor(shape: InstanceShape, fleet: Fleet): Shards {
  const { instances, memory } = fleet
  const hashes = fleet.targets.map(targetHash)
  for (let count = 1; count <= instances; count++) {
    const spread = hashes.length === 0 ? undefined : targetsByShard(hashes, count)
    const targets = spread === undefined ? mostTargetsOf(instances, count) : Math.max(...spread)
    const need = memoryFor(targets, shape, fleet)
    if (need > memory) continue
    const samplesPerSecond = (targets * shape.series) / fleet.interval
    return {
      count,
      spread,
      mostTargets: targets,
      memory: need,
      disk: storageOf({ ...fleet, samplesPerSecond }).disk,
    }
  }
  const gibibytes = (memoryFor(1, shape, fleet) / 2 ** 30).toFixed(1)
  throw new CommandError(
    'TELLTALE_USAGE',
    `one instance alone needs ${gibibytes} GiB of memory for its ${shape.series} series, and --memory is less; raise ` +
      '--memory, or see with telltale optimize what its series are good for',
  )
}

/**
 * Targets of the fullest of `shards`: a hash spreads them like balls thrown into bins, where the fullest one is about
 * the square root of 2 m ln k above the mean m.
 */
export function mostTargetsOf(targets: number, shards: number): number {
  if (shards === 1) return targets
  const mean = targets / shards
  return Math.min(targets, Math.ceil(mean + Math.sqrt(2 * mean * Math.log(shards))))
}
