/** 2^12 registers of one byte: a standard error of 1.04 / sqrt(4096) = 1.6 %. */
export const registerCount = 4096
const registerBits = 12
/** Bits of the hash that the ranks are taken from: 64 − 12. */
const rankBits = 52

/**
 * Counts distinct hashes in 4096 bytes: HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007). The estimate is
 * Ertl's (2017, "New cardinality estimation algorithms for HyperLogLog sketches", section 4): it needs neither
 * the original's switch to linear counting for small numbers nor a table of corrections, and is unbiased in
 * between. Each register keeps a maximum, so the union of two sketches is the sketch of the union.
 */
export class CardinalitySketch {
  readonly #registers: Uint8Array

  /** Over registers of its own, or over the given ones, which it changes. */
  constructor(registers = new Uint8Array(registerCount)) {
    this.#registers = registers
  }

  /** Adds a hash given as two 32-bit halves. */
  add(high: number, low: number): void {
    const index = high >>> (32 - registerBits)
    const rest = high << registerBits
    const rank = rest === 0 ? 33 - registerBits + Math.clz32(low) : Math.clz32(rest) + 1
    if (rank > this.#registers[index]!) this.#registers[index] = rank
  }

  /** Adds all that the other sketch has seen. */
  merge(other: CardinalitySketch): void {
    const mine = this.#registers
    const theirs = other.#registers
    for (let i = 0; i < registerCount; i++) if (theirs[i]! > mine[i]!) mine[i] = theirs[i]!
  }

  clear(): void {
    this.#registers.fill(0)
  }

  /** The estimated number of distinct hashes, as a whole number; exactly 0 for an empty sketch. */
  estimate(): number {
    const withRank = new Uint32Array(rankBits + 2)
    for (const rank of this.#registers) withRank[rank]! += 1
    let sum = registerCount * tau(1 - withRank[rankBits + 1]! / registerCount)
    for (let rank = rankBits; rank >= 1; rank--) sum = (sum + withRank[rank]!) / 2
    sum += registerCount * sigma(withRank[0]! / registerCount)
    return Math.round(registerCount ** 2 / (2 * Math.LN2 * sum))
  }
}

/** x + Σ x^(2^k) · 2^(k−1): the share of the registers that are still empty. */
function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY
  let power = share
  let weight = 1
  let sum = share
  for (let previous = Number.NaN; sum !== previous; weight *= 2) {
    previous = sum
    power *= power
    sum += power * weight
  }
  return sum
}

/** (1 − x − Σ (1 − x^(2^−k))² · 2^−k) / 3: the share of the registers that are full. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0
  let root = share
  let weight = 1
  let sum = 1 - share
  for (let previous = Number.NaN; sum !== previous; ) {
    previous = sum
    root = Math.sqrt(root)
    weight /= 2
    sum -= (1 - root) ** 2 * weight
  }
  return sum / 3
}
