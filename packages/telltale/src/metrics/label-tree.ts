import { labelText } from '../model/label-text.js'

interface Leaf {
  readonly values: readonly string[]
}

type Branch<S> = Map<unknown, Branch<S> | S>

/**
 * Finds a series by its label values: one map for each label, never a joined string, so that no two label sets
 * can share an entry. A value that only one series has leads straight to it, without maps for the labels that
 * follow. A hit costs at most one look-up for each label and allocates nothing.
 *
 * Keys are texts; a number is remembered beside its text, so that status codes are converted once.
 */
export class LabelTree<S extends Leaf> {
  readonly #depth: number
  readonly #root: Branch<S> = new Map()

  constructor(depth: number) {
    this.#depth = depth
  }

  /** The series of these values, as texts or as numbers that were asked for before. */
  findByPosition(values: readonly unknown[]): S | undefined {
    let node: Branch<S> | S | undefined = this.#root
    for (let i = 0; i < this.#depth; i++) {
      node = below(node, values[i], i)
      if (node === undefined) return undefined
    }
    // A tree without labels has nothing below its root.
    return node instanceof Map ? undefined : node
  }

  /**
   * The same, with the values taken from an object by label name. The first three labels have a line of their own
   * each: V8 remembers one property name for a line, and in a loop over the names that took twice the time.
   */
  findByName(names: readonly string[], labels: Readonly<Record<string, unknown>>): S | undefined {
    let node = below<S>(this.#root, labels[names[0]!], 0)
    if (node === undefined || this.#depth === 1) return node as S | undefined
    node = below(node, labels[names[1]!], 1)
    if (node === undefined || this.#depth === 2) return node as S | undefined
    node = below(node, labels[names[2]!], 2)
    for (let i = 3; i < this.#depth && node !== undefined; i++) node = below(node, labels[names[i]!], i)
    return node as S | undefined
  }

  /** Adds a series under its texts, and under the numbers that it was asked for with. Adding again adds numbers. */
  add(series: S, asked: readonly unknown[]): void {
    let branch = this.#root
    for (let i = 0; i < this.#depth; i++) {
      const text = series.values[i]!
      const existing = branch.get(text)
      if (existing === undefined || existing === series) {
        put(branch, text, series, asked[i])
        return
      }
      const next = existing instanceof Map ? existing : new Map([[existing.values[i + 1], existing]])
      put(branch, text, next, asked[i])
      branch = next
    }
  }

  delete(series: S): void {
    this.#deleteBelow(this.#root, series, 0)
  }

  #deleteBelow(branch: Branch<S>, series: S, level: number): void {
    const text = series.values[level]!
    const next = branch.get(text)
    if (next instanceof Map) {
      this.#deleteBelow(next, series, level + 1)
      if (next.size > 0) return
    }
    branch.delete(text)
    const number = numberOf(text)
    if (number !== undefined) branch.delete(number)
  }
}

/** Sets a text, and the number that it was asked for with; one that it was asked for with before follows. */
function put<S>(branch: Branch<S>, text: string, next: Branch<S> | S, asked: unknown): void {
  const number = typeof asked === 'number' ? asked : numberOf(text)
  if (number !== undefined && (typeof asked === 'number' || branch.has(number))) branch.set(number, next)
  branch.set(text, next)
}

/** The number whose text this is, if any. */
function numberOf(text: string): number | undefined {
  const number = Number(text)
  return labelText(number) === text ? number : undefined
}

/** One step down: the next map, the series that alone has this value, or the series that has it too. */
function below<S extends Leaf>(
  node: Branch<S> | S,
  value: unknown,
  level: number,
): Branch<S> | S | undefined {
  if (node instanceof Map) return node.get(value)
  return means(value, node.values[level]!) ? node : undefined
}

function means(value: unknown, text: string): boolean {
  return value === text || (typeof value === 'number' && String(value) === text)
}
