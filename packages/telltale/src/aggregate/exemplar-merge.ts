import type { Exemplar } from '../metrics/exemplar.js'

const MOST_OF_A_SERIES = 4

/** The exemplars of two processes for the same lines: the newer one of each line. */
export function mergeLineExemplars(
  a: readonly (Exemplar | null)[] | undefined,
  b: readonly (Exemplar | null)[] | undefined,
): readonly (Exemplar | null)[] | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a.map((exemplar, line) => newerExemplar(exemplar, b[line] ?? null))
}

/** The newest exemplars of two processes, the oldest of them first. */
export function mergeSpreadExemplars(
  a: readonly Exemplar[] | undefined,
  b: readonly Exemplar[] | undefined,
): readonly Exemplar[] | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return [...a, ...b].sort(byAge).slice(-MOST_OF_A_SERIES)
}

/** The newer one of two exemplars. */
export function newerExemplar(a: Exemplar | null, b: Exemplar | null): Exemplar | null {
  if (a === null || b === null) return a ?? b
  return byAge(a, b) > 0 ? a : b
}

/** A total order, so that merging in any order gives the same. */
function byAge(a: Exemplar, b: Exemplar): number {
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp
  const [x, y] = [textOf(a), textOf(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

function textOf({ value, labels }: Exemplar): string {
  return JSON.stringify([value, Object.entries(labels).sort()])
}
