import type { LineShape } from '../metrics/sample-line.js'

/** Brings a list into another order, with `missing` for what is not there. */
export type Arrangement = <T>(list: readonly T[], missing: T) => readonly T[]

/** Leaves every list as it is. */
export const asItIs: Arrangement = (list) => list

/** From one order of names to another. */
export function arrange(from: readonly string[], to: readonly string[]): Arrangement {
  if (sameList(from, to)) return asItIs
  const places = to.map((name) => from.indexOf(name))
  return (list, missing) => places.map((place) => (place < 0 ? missing : list[place]!))
}

/** Names a line: two with the same name are the same line. */
export function lineKey({ suffix, label }: LineShape): string {
  return label === undefined ? suffix : `${suffix} ${label.name} ${label.value}`
}

/** The lines that both have. */
export function commonLines(a: readonly LineShape[], b: readonly LineShape[]): readonly LineShape[] {
  if (sameList(a.map(lineKey), b.map(lineKey))) return a
  const others = new Set(b.map(lineKey))
  return a.filter((line) => others.has(lineKey(line)))
}

/** The names that either has, sorted unless both have the same. */
export function allNames(a: readonly string[], b: readonly string[]): readonly string[] {
  return sameList(a, b) ? a : [...new Set([...a, ...b])].sort()
}

/** True when both have the same texts in the same order. */
export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
