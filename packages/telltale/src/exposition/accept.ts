/** One entry of an `Accept` or `Accept-Encoding` header. */
export interface AcceptEntry {
  /** In lower case: `text/plain`, `text/*`, `gzip`. */
  readonly value: string
  /** Parameters but for `q`; names in lower case, values without quotes. */
  readonly parameters: ReadonlyMap<string, string>
  /** From 0, not acceptable, to 1. */
  readonly weight: number
}

/**
 * The entries of a header, the most wanted first: by weight, then what is named before what has a `*`, then as they
 * stand. An entry whose weight is no number is left out. Cost: linear in the header's length, but for the sorting.
 */
export function parseAccept(header: string): readonly AcceptEntry[] {
  const entries = splitOutsideQuotes(header, ',').flatMap((text) => parseEntry(text) ?? [])
  return entries.sort((a, b) => b.weight - a.weight || wildcards(a.value) - wildcards(b.value))
}

function parseEntry(text: string): AcceptEntry | undefined {
  const [value = '', ...rest] = splitOutsideQuotes(text, ';').map((part) => part.trim())
  if (value === '') return undefined
  const parameters = new Map<string, string>()
  for (const part of rest) {
    const at = part.indexOf('=')
    if (at > 0) parameters.set(part.slice(0, at).trim().toLowerCase(), unquoted(part.slice(at + 1).trim()))
  }
  const weight = weightOf(parameters.get('q') ?? '1')
  parameters.delete('q')
  return weight === undefined ? undefined : { value: value.toLowerCase(), parameters, weight }
}

function weightOf(text: string): number | undefined {
  return /^\d*\.?\d+$|^\d+\.$/.test(text) ? Math.min(Number(text), 1) : undefined
}

function wildcards(value: string): number {
  return value.split('*').length - 1
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '\\') i++
    else if (text[i] === '"') quoted = !quoted
    else if (text[i] === separator && !quoted) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text
}
