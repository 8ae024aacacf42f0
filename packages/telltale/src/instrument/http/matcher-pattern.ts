import { UNKNOWN_PREFIX, withoutTrailingSlash } from './express-path.js'

/** What a matcher of router 2 answers. */
export interface PathMatch {
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
}

export type PathMatcher = (path: string) => PathMatch | false

/** A value that no application has in its paths, and that every parameter accepts. */
const PROBE = 'telltale7probe'

interface Piece {
  readonly text: string
  /** The parameter that this piece of the path is the value of. */
  readonly param?: { readonly name: string; readonly wildcard: boolean }
}

/** How many forms of one pattern are kept: each combination of its optional parts is one. */
const MAX_FORMS = 8

/**
 * The pattern that a matcher was made from, found by asking it: each part of a path that it accepts is replaced
 * by a probe, and the parameter that receives the probe is the one that stands there. A part that accepts no
 * probe is fixed text. A parameter that is not found this way makes the whole pattern unknown, so that a
 * value is never taken for fixed text.
 *
 * The forms found are kept, and known again by putting the values of a match into them.
 */
export class MatcherPattern {
  readonly #matcher: PathMatcher
  readonly #sensitive: boolean
  readonly #forms: Form[] = []

  constructor(matcher: PathMatcher, sensitive: boolean) {
    this.#matcher = matcher
    this.#sensitive = sensitive
  }

  /** The path taken off the front and its pattern; `undefined` when the matcher does not accept the path. */
  enter(path: string): { readonly consumed: string; readonly pattern: string } | undefined {
    const match = this.#matcher(path)
    return match ? { consumed: match.path, pattern: this.#patternOf(match) } : undefined
  }

  #patternOf(match: PathMatch): string {
    if (isExpressionMatch(match)) return UNKNOWN_PREFIX
    const consumed = withoutTrailingSlash(match.path)
    const known = this.#forms.find(({ pieces }) => filledIn(pieces, match) === consumed)
    if (known !== undefined) return known.pattern
    const pieces = inverted(this.#matcher, consumed, match)
    if (pieces === undefined) return UNKNOWN_PREFIX
    const pattern = written(pieces, this.#sensitive)
    const recurs = filledIn(pieces, match) === consumed
    if (recurs && this.#forms.length < MAX_FORMS) this.#forms.push({ pieces, pattern })
    return pattern
  }
}

interface Form {
  readonly pieces: readonly Piece[]
  readonly pattern: string
}

function filledIn(pieces: readonly Piece[], { params }: PathMatch): string | undefined {
  let path = ''
  for (const { text, param } of pieces) {
    if (param?.wildcard) return undefined
    path += param === undefined ? text : params[param.name]
  }
  return path
}

/** The parts of a path that the matcher accepted; `undefined` when a parameter is not found among them. */
function inverted(matcher: PathMatcher, consumed: string, match: PathMatch): readonly Piece[] | undefined {
  let pieces: Piece[] = consumed
    .split(/(\/)/)
    .filter((text) => text !== '')
    .map((text) => ({ text }))
  const names = Object.keys(match.params)
  if (names.length === 0) return pieces
  pieces = pieces.map((piece, at) => (piece.text === '/' ? piece : probed(matcher, pieces, at)))
  for (const name of names) {
    if (!pieces.some((piece) => piece.param?.name === name)) {
      pieces = splitAtValue(matcher, pieces, name, match.params[name])
    }
  }
  const found = new Set(pieces.map((piece) => piece.param?.name))
  return names.every((name) => found.has(name)) ? pieces : undefined
}

/** Parameters of a path have no prototype; those of an application's own regular expression have. */
function isExpressionMatch(match: PathMatch): boolean {
  return Object.getPrototypeOf(match.params) !== null
}

function probed(matcher: PathMatcher, pieces: readonly Piece[], at: number): Piece {
  const text = pieces[at]!.text
  const path = pieces.map((piece, index) => (index === at ? PROBE : piece.text)).join('')
  const answer = matcher(path)
  if (!answer || answer.path !== path) return { text }
  for (const [name, value] of Object.entries(answer.params)) {
    if (value === PROBE) return { text, param: { name, wildcard: false } }
    if (Array.isArray(value) && value.includes(PROBE)) return { text, param: { name, wildcard: true } }
  }
  return { text }
}

/** Finds a parameter that shares its segment with fixed text or another parameter, as in `/v:version`. */
function splitAtValue(matcher: PathMatcher, pieces: Piece[], name: string, value: unknown): Piece[] {
  if (typeof value !== 'string' || value === '') return pieces
  for (const raw of new Set([value, encodeURIComponent(value)])) {
    for (let at = 0; at < pieces.length; at += 1) {
      if (pieces[at]!.param !== undefined) continue
      const split = splitPiece(matcher, pieces, at, name, raw)
      if (split !== undefined) return split
    }
  }
  return pieces
}

function splitPiece(
  matcher: PathMatcher,
  pieces: readonly Piece[],
  at: number,
  name: string,
  raw: string,
): Piece[] | undefined {
  const { text } = pieces[at]!
  for (let from = text.indexOf(raw); from !== -1; from = text.indexOf(raw, from + 1)) {
    const split = [
      ...pieces.slice(0, at),
      { text: text.slice(0, from) },
      { text: raw },
      { text: text.slice(from + raw.length) },
      ...pieces.slice(at + 1),
    ]
    const candidate = probed(matcher, split, at + 1)
    if (candidate.param?.name === name) {
      split[at + 1] = candidate
      return split.filter((piece) => piece.text !== '')
    }
  }
  return undefined
}

function written(pieces: readonly Piece[], sensitive: boolean): string {
  return pieces
    .filter((_, at) => !continuesWildcard(pieces, at))
    .map(({ text, param }) => {
      if (param === undefined) return fixedText(text, sensitive)
      return `${param.wildcard ? '*' : ':'}${param.name}`
    })
    .join('')
}

/** A wildcard over several segments is written once: neither its further segments nor the slashes between. */
function continuesWildcard(pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1]
  const next = pieces[at]!.text === '/' ? pieces[at + 1] : pieces[at]
  const previous = pieces[at]!.text === '/' ? before : pieces[at - 2]
  if (!next?.param?.wildcard) return false
  return previous?.param?.name === next.param.name
}

/** Where case does not matter, all spellings are one series. */
function fixedText(text: string, sensitive: boolean): string {
  return sensitive ? text : text.toLowerCase()
}
