import { labelText } from '../model/label-text.js'

type Branch<S> = Map<unknown, Branch<S> | S>

/**
 * Finds a series by its label values: one map for each label, never a joined string, so that no two label sets
 * can share an entry. A hit costs one look-up for each label and allocates nothing.
 *
 * Keys are texts; a number is remembered beside its text, so that status codes are converted once.
 */
export class LabelTree<S extends { readonly values: readonly string[] }> {
  readonly #depth: number
  readonly #root: Branch<S> = new Map()

  constructor(depth: number) {
    this.#depth = depth
  }

  /** The series of these values as they were given, if each was seen before in this form. */
  findByPosition(values: readonly unknown[]): S | undefined {
    let node: Branch<S> | S | undefined = this.#root
    for (let i = 0; i < this.#depth; i++) {
      node = (node as Branch<S>).get(values[i])
      if (node === undefined) return undefined
    }
    return node as unknown as S
  }

  /** The same, with the values taken from an object by label name. */
  findByName(names: readonly string[], labels: Readonly<Record<string, unknown>>): S | undefined {
    let node: Branch<S> | S | undefined = this.#root
    for (let i = 0; i < this.#depth; i++) {
      node = (node as Branch<S>).get(labels[names[i]!])
      if (node === undefined) return undefined
    }
    return node as unknown as S
  }

  /** Adds a series under its texts, and under the numbers that it was asked for with. */
  add(series: S, asked: readonly unknown[]): void {
    let branch = this.#root
    const last = this.#depth - 1
    for (let i = 0; i <= last; i++) {
      const text = series.values[i]!
      let next: Branch<S> | S | undefined = branch.get(text)
      if (next === undefined) {
        next = i === last ? series : new Map()
        branch.set(text, next)
      }
      if (typeof asked[i] === 'number') branch.set(asked[i], next)
      branch = next as Branch<S>
    }
  }

  delete(series: S): void {
    this.#deleteBelow(this.#root, series.values, 0)
  }

  #deleteBelow(branch: Branch<S>, values: readonly string[], level: number): void {
    const text = values[level]!
    if (level < this.#depth - 1) {
      const next = branch.get(text) as Branch<S>
      this.#deleteBelow(next, values, level + 1)
      if (next.size > 0) return
    }
    branch.delete(text)
    const number = Number(text)
    if (labelText(number) === text) branch.delete(number)
  }
}
