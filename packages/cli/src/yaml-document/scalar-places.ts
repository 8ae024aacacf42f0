/**
 * The offset in the source of a character of a scalar's value: quotes, escapes, indentation and folded lines are what the
 * two differ in, and none of them changes the order of the visible characters.
 */
export function sourceOffset(source: string, value: string, offset: number): number {
  let at = startOfContent(source)
  for (let index = 0; index < Math.min(offset, value.length); index++) {
    const next = find(source, value, index, at)
    if (next !== undefined) at = next + 1
  }
  if (offset >= value.length) return Math.min(at, source.length)
  return find(source, value, offset, at) ?? at
}

function find(source: string, value: string, index: number, from: number): number | undefined {
  const character = value[index]!
  if (/\s/.test(character)) return undefined
  const found = source.indexOf(character, from)
  return found < 0 ? undefined : found
}

/** Behind the quote, or behind the line of a block's `|` or `>`. */
function startOfContent(source: string): number {
  const header = /^[|>][^\n]*\n/.exec(source)
  if (header !== null) return header[0].length
  return /^["']/.test(source) ? 1 : 0
}
