// Odd, with bits that follow no pattern.
const SPREAD_1 = 0x9e3779b1
const SPREAD_2 = 0x85ebca6b
const SPREAD_3 = 0xc2b2ae35
const SPREAD_4 = 0x27d4eb2f
/** So far from the end of a text its characters are looked at. */
const FARTHEST = 48
const LENGTH_SHIFT = 7

/**
 * A hash of label values that looks at no more of a text than its length and one character, and one more of the label
 * that has most texts. Which, counted from the end, is chosen by what there is, so that they differ as much as they can.
 */
export class ValueHash {
  #at1 = 1
  #at2 = 1
  #at3 = 1
  #widest = 0
  #atWidest = 2

  /** The hash of three values. */
  of(value1: unknown, value2: unknown, value3: unknown): number {
    const widest = this.#widest === 0 ? value1 : this.#widest === 1 ? value2 : value3
    return (
      (Math.imul(sample(value1, this.#at1), SPREAD_1) +
        Math.imul(sample(value2, this.#at2), SPREAD_2) +
        Math.imul(sample(value3, this.#at3), SPREAD_3) +
        Math.imul(sample(widest, this.#atWidest), SPREAD_4)) |
      0
    )
  }

  /** Chooses anew: `values` are the values of each label. */
  learn(values: readonly (readonly unknown[])[]): void {
    const texts = values.map(textsOf)
    const at = texts.map((some) => mostTelling(some, (text, distance) => sample(text, distance)))
    ;[this.#at1 = 1, this.#at2 = 1, this.#at3 = 1] = at
    const most = Math.max(...texts.map(({ size }) => size))
    this.#widest = texts.findIndex(({ size }) => size === most)
    const known = at[this.#widest]!
    this.#atWidest = mostTelling(
      texts[this.#widest]!,
      (text, distance) => sample(text, known) * 65_536 + sample(text, distance),
    )
  }
}

function sample(value: unknown, distance: number): number {
  if (typeof value !== 'string') return typeof value === 'number' ? value | 0 : 0
  const at = value.length - distance
  return (value.length << LENGTH_SHIFT) + (at < 0 ? 0 : value.charCodeAt(at))
}

function textsOf(values: readonly unknown[]): ReadonlySet<string> {
  return new Set(values.filter((value) => typeof value === 'string'))
}

/** The distance from the end with which most samples differ; the smallest of several. */
function mostTelling(texts: ReadonlySet<string>, sampleAt: (text: string, at: number) => number): number {
  let most = 0
  let found = 1
  for (let at = 1; at <= FARTHEST && most < texts.size; at++) {
    const samples = new Set<number>()
    for (const text of texts) samples.add(sampleAt(text, at))
    if (samples.size <= most) continue
    most = samples.size
    found = at
  }
  return found
}
