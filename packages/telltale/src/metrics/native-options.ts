import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { COARSEST_SCHEMA, FINEST_SCHEMA, nativeSchema } from './native-index.js'

/** How a native histogram counts. All are optional: `native: true` takes every default. */
export interface NativeOptions {
  /**
   * How much a bucket's bound may be above the one before, a ratio above 1; 1.1 when left out, which gives buckets
   * 9 % wide (schema 3). The resolution is the coarsest that is at least as fine.
   */
  readonly factor?: number
  /** The same as Prometheus numbers it, from -4 (coarse) to 8 (fine): 2^schema buckets for each doubling. */
  readonly schema?: number
  /**
   * How many buckets one series may have, the zero bucket not counted; 160 when left out. With more it starts again,
   * widens its zero bucket or halves its resolution: the first that the options below allow.
   */
  readonly maxBuckets?: number
  /** Values whose magnitude is at most this count as zero; 2^-128 when left out. */
  readonly zeroThreshold?: number
  /** How far the zero bucket may be widened to keep to `maxBuckets`; not at all when left out. */
  readonly maxZeroThreshold?: number
  /**
   * When buckets run out, a series that has counted for at least this many seconds starts again at zero, its classic
   * buckets too, which brings the full resolution back; never when left out.
   */
  readonly minResetSeconds?: number
}

/** The options of a native histogram, checked and complete. */
export interface NativePlan {
  readonly schema: number
  readonly maxBuckets: number
  readonly zeroThreshold: number
  readonly maxZeroThreshold: number
  readonly minResetSeconds: number
}

const DEFAULT_FACTOR = 1.1
const DEFAULT_MAX_BUCKETS = 160
const MOST_BUCKETS = 65_536
const DEFAULT_ZERO_THRESHOLD = 2 ** -128

/** Reads the options. Throws `TELLTALE_OPTION`. */
export function planNative(metric: string, given: NativeOptions | true): NativePlan {
  const options = given === true ? {} : given
  if (typeof options !== 'object' || options === null) {
    throw wrong(metric, 'native', options, 'true or an object of options')
  }
  const zeroThreshold = checkThreshold(
    metric,
    'zeroThreshold',
    options.zeroThreshold ?? DEFAULT_ZERO_THRESHOLD,
  )
  return {
    schema: checkResolution(metric, options),
    maxBuckets: checkMaxBuckets(metric, options.maxBuckets ?? DEFAULT_MAX_BUCKETS),
    zeroThreshold,
    maxZeroThreshold: checkThreshold(metric, 'maxZeroThreshold', options.maxZeroThreshold ?? zeroThreshold),
    minResetSeconds: checkSeconds(metric, options.minResetSeconds ?? 0),
  }
}

function checkResolution(metric: string, { factor, schema }: NativeOptions): number {
  if (factor !== undefined && schema !== undefined) {
    throw wrong(
      metric,
      'native.factor',
      `${shown(factor)} and native.schema ${shown(schema)}`,
      'one of the two',
    )
  }
  if (schema === undefined) {
    const ratio = factor ?? DEFAULT_FACTOR
    if (typeof ratio === 'number' && ratio > 1) return nativeSchema(ratio)
    throw wrong(metric, 'native.factor', ratio, 'a ratio above 1, for example 1.1')
  }
  if (Number.isInteger(schema) && schema >= COARSEST_SCHEMA && schema <= FINEST_SCHEMA) return schema
  throw wrong(metric, 'native.schema', schema, `a whole number from ${COARSEST_SCHEMA} to ${FINEST_SCHEMA}`)
}

function checkMaxBuckets(metric: string, buckets: number): number {
  if (Number.isInteger(buckets) && buckets > 0 && buckets <= MOST_BUCKETS) return buckets
  throw wrong(metric, 'native.maxBuckets', buckets, `a whole number from 1 to ${MOST_BUCKETS}`)
}

function checkThreshold(metric: string, option: string, threshold: number): number {
  if (typeof threshold === 'number' && threshold >= 0 && threshold < Infinity) return threshold
  throw wrong(metric, `native.${option}`, threshold, 'a finite number that is not negative')
}

function checkSeconds(metric: string, seconds: number): number {
  if (typeof seconds === 'number' && seconds >= 0) return seconds
  throw wrong(metric, 'native.minResetSeconds', seconds, 'a number of seconds that is not negative')
}

function wrong(metric: string, option: string, got: unknown, expected: string): TelltaleError {
  return new TelltaleError(
    'TELLTALE_OPTION',
    `metric "${metric}": got ${option} ${typeof got === 'string' ? got : shown(got)}, expected ${expected}`,
  )
}
