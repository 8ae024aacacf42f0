/** Ids beyond this length count as equal when they begin alike and are equally long. */
const lengthLimit = 1024

/**
 * A keyed hash of a text in two 32-bit halves, without BigInt: one multiply-rotate lane per half over the
 * UTF-16 code units, closed by MurmurHash3's 32-bit finaliser (Appleby, public domain) with the lanes
 * crossed before and after, so that each half depends on all of the text. It spreads; it is not cryptographic.
 */
export class UserHash {
  readonly #seed: readonly [number, number]
  /** First half of the last `update`, as a signed 32-bit integer. */
  high = 0
  /** Second half of the last `update`, as a signed 32-bit integer. */
  low = 0

  constructor(seed: readonly [number, number]) {
    this.#seed = seed
  }

  /** Hashes the text into `high` and `low`; allocates nothing. */
  update(text: string): void {
    const length = Math.min(text.length, lengthLimit)
    let a = this.#seed[0] | 0
    let b = this.#seed[1] | 0
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      a = Math.imul(a ^ unit, 0xcc9e2d51)
      a = (a << 15) | (a >>> 17)
      b = Math.imul(b ^ unit, 0x1b873593)
      b = (b << 13) | (b >>> 19)
    }
    a = finalise((a ^ text.length) + b)
    b = finalise(b + a)
    this.high = (a + b) | 0
    this.low = (b + this.high) | 0
  }
}

function finalise(value: number): number {
  let mixed = value | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
