import { inspect } from 'node:util'

/** Values by label name; what is left out is empty. */
export type LabelValues<T extends string> = Partial<Record<T, string | number>>

/** Throws prom-client's error for a label that the metric was not defined with. */
export function checkKnown(labelNames: readonly string[], labels: object): void {
  for (const label in labels) {
    if (!labelNames.includes(label)) {
      throw new Error(
        `Added label "${label}" is not included in initial labelset: ${inspect([...labelNames])}`,
      )
    }
  }
}

/** What `labels()` and `remove()` were given, by name or by position, as values by name. */
export function labelsByName(labelNames: readonly string[], given: readonly unknown[]): LabelValues<string> {
  const [first] = given
  // A caller without types may give any object: the engine takes what is text, and counts what is not.
  if (typeof first === 'object') return (first ?? {}) as LabelValues<string>
  if (labelNames.length !== given.length) {
    throw new Error(
      `Invalid number of arguments (${given.length}): "${given.join(', ')}" for label names ` +
        `(${labelNames.length}): "${labelNames.join(', ')}".`,
    )
  }
  return Object.fromEntries(labelNames.map((name, i) => [name, given[i] as string]))
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
