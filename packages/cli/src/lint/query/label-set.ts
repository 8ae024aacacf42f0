/** Which labels series can have: exactly some, or all but some. */
export class LabelSet {
  readonly #closed: boolean
  readonly #names: ReadonlySet<string>

  private constructor(closed: boolean, names: Iterable<string>) {
    this.#closed = closed
    this.#names = new Set(names)
  }

  /** Only these. */
  static of(names: Iterable<string>): LabelSet {
    return new LabelSet(true, names)
  }

  /** Any but these. */
  static allBut(names: Iterable<string>): LabelSet {
    return new LabelSet(false, names)
  }

  /** Those that there can be at most; undefined when there is no end to them. */
  get names(): ReadonlySet<string> | undefined {
    return this.#closed ? this.#names : undefined
  }

  /** Whether a series can have this label. */
  has(name: string): boolean {
    return this.#names.has(name) === this.#closed
  }

  with(names: Iterable<string>): LabelSet {
    const more = [...names]
    if (this.#closed) return LabelSet.of([...this.#names, ...more])
    return LabelSet.allBut([...this.#names].filter((name) => !more.includes(name)))
  }

  without(names: Iterable<string>): LabelSet {
    const less = [...names]
    if (!this.#closed) return LabelSet.allBut([...this.#names, ...less])
    return LabelSet.of([...this.#names].filter((name) => !less.includes(name)))
  }

  /** Those of these names that series can have. */
  only(names: Iterable<string>): LabelSet {
    return LabelSet.of([...names].filter((name) => this.has(name)))
  }

  /** What a series of one or of the other can have. */
  or(other: LabelSet): LabelSet {
    if (this.#closed && other.#closed) return LabelSet.of([...this.#names, ...other.#names])
    const open = this.#closed ? other : this
    const second = open === this ? other : this
    return LabelSet.allBut([...open.#names].filter((name) => !second.has(name)))
  }
}
