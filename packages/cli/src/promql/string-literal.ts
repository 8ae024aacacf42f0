const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

const forms: readonly (readonly [pattern: RegExp, base: number, most: number])[] = [
  [/^x([0-9a-fA-F]{2})/, 16, 0xff],
  [/^u([0-9a-fA-F]{4})/, 16, 0xffff],
  [/^U([0-9a-fA-F]{8})/, 16, 0x10ffff],
  [/^([0-7]{3})/, 8, 0xff],
]

/** What stands in a string, or where in it (from its opening quote) an escape is not valid. */
export type Unquoted = { readonly value: string } | { readonly badEscape: number }

/** Reads a string with its quotes, as Go's literals are read. */
export function unquote(literal: string): Unquoted {
  const quote = literal[0]!
  const body = literal.slice(1, -1)
  if (quote === '`') return { value: body }
  let value = ''
  let at = 0
  while (at < body.length) {
    if (body[at] !== '\\') {
      value += body[at++]
      continue
    }
    const read = escapeAt(body.slice(at + 1), quote)
    if (read === undefined) return { badEscape: at + 1 }
    value += read.value
    at += 1 + read.length
  }
  return { value }
}

function escapeAt(
  rest: string,
  quote: string,
): { readonly value: string; readonly length: number } | undefined {
  const first = rest[0]
  if (first === undefined) return undefined
  if (first === quote) return { value: quote, length: 1 }
  if (Object.hasOwn(simple, first)) return { value: simple[first]!, length: 1 }
  for (const [pattern, base, most] of forms) {
    const match = pattern.exec(rest)
    if (match === null) continue
    const code = Number.parseInt(match[1]!, base)
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    return code > most || isSurrogate
      ? undefined
      : { value: String.fromCodePoint(code), length: match[0].length }
  }
  return undefined
}
