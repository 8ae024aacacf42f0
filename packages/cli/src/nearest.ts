/** With more, a long name is another name. */
const MOST_MISTAKES = 4

/** The name that a user most likely meant; `undefined` when none is close. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined
  const written = name.toLowerCase()
  const most = Math.min(MOST_MISTAKES, Math.max(1, Math.floor(name.length / 3)))
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) > most) continue
    const distance = editDistance(written, candidate.toLowerCase())
    if (best === undefined || distance < best.distance) best = { name: candidate, distance }
  }
  return best !== undefined && best.distance <= most ? best.name : undefined
}

/** Letters to replace, insert, leave out or swap with the next one. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const [row, next] = [rows[i - 1]!, [i]]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped))
    }
    rows.push(next)
  }
  return rows[a.length]![b.length]!
}
