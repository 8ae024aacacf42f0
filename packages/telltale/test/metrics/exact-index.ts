/** Bucket indexes by whole-number arithmetic alone: no logarithm, no power of doubles, no table. */
export function exactIndex(value: number, schema: number): number {
  const { mantissa, exponent } = exactDouble(value)
  // The sum turns -0 into 0.
  if (schema < 0) return Math.ceil(exactIndex(value, 0) / 2 ** -schema) + 0
  // value ≤ 2^(i / 2^schema) says the same as value^(2^schema) ≤ 2^i.
  const power = mantissa ** (1n << BigInt(schema))
  return ceilLog2(power) + exponent * 2 ** schema
}

/** A positive double as whole number × 2^exponent. */
export function exactDouble(value: number): { mantissa: bigint; exponent: number } {
  const bits = bitsOf(value)
  const biased = Number(bits >> 52n)
  const fraction = bits & (2n ** 52n - 1n)
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction + 2n ** 52n, exponent: biased - 1075 }
}

/** The positive double that is `steps` further on. */
export function doubleAfter(value: number, steps: number): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigInt64(0, bitsOf(value) + BigInt(steps))
  return view.getFloat64(0)
}

function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigInt64(0)
}

function ceilLog2(whole: bigint): number {
  const digits = whole.toString(16)
  const bits = (digits.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(digits[0]!, 16)))
  return whole === 1n << BigInt(bits - 1) ? bits - 1 : bits
}
