import { nativeBounds } from './native-bounds.js'

/** The schema with the widest buckets: each bound is 65,536 times the one before. */
export const COARSEST_SCHEMA = -4
/** The schema with the narrowest buckets: 256 for each doubling. */
export const FINEST_SCHEMA = 8

const PER_DOUBLING = 256
/** The index, at the finest schema, of the bucket that ends at 2^1024. */
const LAST_FINITE = 1024 * PER_DOUBLING
const EXPONENT_BIAS = 1023
const MANTISSA_SIZE = 2 ** 52
const LOW_WORD_SIZE = 2 ** 32
/** Slots are narrower than any bucket, so at most one bound lies in a slot. */
const SLOTS = 512

/** What the bounds from 1 to 2 have after the leading one, as whole numbers; then one that nothing exceeds. */
const mantissas = Float64Array.from([...nativeBounds.map((bound) => (bound - 1) * MANTISSA_SIZE), Infinity])

/** For each slot of mantissas, how many bounds are below its start. */
const firstInSlot = new Uint16Array(SLOTS)
for (let slot = 0, bound = 0; slot < SLOTS; slot++) {
  while (mantissas[bound]! < (slot / SLOTS) * MANTISSA_SIZE) bound++
  firstInSlot[slot] = bound
}

// A double and its bits. Written and read within one call, so it holds nothing from one call to the next.
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0
const LOW = 1 - HIGH

/**
 * The index of the bucket, at the finest schema, that holds a magnitude above 0; the sign is not looked at. Exact,
 * since it compares bits and takes no logarithm.
 */
export function finestIndex(magnitude: number): number {
  double[0] = magnitude
  const high = words[HIGH]!
  const exponent = (high >>> 20) & 0x7ff
  if (exponent === 0 || exponent === 0x7ff) return extremeIndex(Math.abs(magnitude))
  const mantissa = (high & 0xfffff) * LOW_WORD_SIZE + words[LOW]!
  const bound = firstInSlot[(high >>> 11) & (SLOTS - 1)]!
  return (exponent - EXPONENT_BIAS) * PER_DOUBLING + bound + (mantissa > mantissas[bound]! ? 1 : 0)
}

/** Subnormal numbers, which have no leading one until they are scaled, and what is not finite. */
function extremeIndex(magnitude: number): number {
  if (!(magnitude < Infinity)) return LAST_FINITE + 1
  return finestIndex(Math.max(magnitude, Number.MIN_VALUE) * MANTISSA_SIZE) - 52 * PER_DOUBLING
}

/** The index of the bucket of a coarser schema that holds a bucket of a finer one, `steps` schemas below. */
export function coarserIndex(index: number, steps: number): number {
  return (index + (1 << steps) - 1) >> steps
}

/**
 * The index of the bucket of a native histogram that holds a magnitude above 0, at a schema from -4 to 8. Bucket `i`
 * ends at, and includes, 2^(i / 2^schema).
 */
export function nativeIndex(magnitude: number, schema: number): number {
  return coarserIndex(finestIndex(magnitude), FINEST_SCHEMA - schema)
}

/**
 * Where bucket `index` of a schema ends, the nearest double to 2^(index / 2^schema), and the largest finite double in
 * place of 2^1024. It begins, exclusively, where bucket `index - 1` ends.
 */
export function nativeBound(index: number, schema: number): number {
  const finest = index * 2 ** (FINEST_SCHEMA - schema)
  if (finest === LAST_FINITE) return Number.MAX_VALUE
  if (finest > LAST_FINITE) return Infinity
  return nativeBounds[finest & (PER_DOUBLING - 1)]! * powerOfTwo(Math.floor(finest / PER_DOUBLING))
}

/** The coarsest schema whose bounds grow by no more than `factor`, a number above 1; the finest when none does. */
export function nativeSchema(factor: number): number {
  let schema = FINEST_SCHEMA
  while (schema > COARSEST_SCHEMA && nativeBound(1, schema - 1) <= factor) schema--
  return schema
}

/** Exact, or 0 where it is too small for a double. */
function powerOfTwo(exponent: number): number {
  if (exponent <= -EXPONENT_BIAS) return powerOfTwo(exponent + 52) / MANTISSA_SIZE
  words[HIGH] = (exponent + EXPONENT_BIAS) << 20
  words[LOW] = 0
  return double[0]!
}
