/** A parameter of an Express 4 layer, in the order of its capturing groups. */
export interface PatternKey {
  readonly name: string | number
}

/** The end that path-to-regexp 0.1 gives to mounting paths and to route paths. */
const TAILS = [/(?:\\?\/\??)?\(\?=\\?\/\|\$\)$/, /(?:\\?\/\??)?\$$/]
/** What path-to-regexp 0.1 captures for a parameter that has no expression of its own. */
const PLAIN_CAPTURE = /^(?:\[\^|\(\?:\(\?!)/

/**
 * Guesses the path that path-to-regexp 0.1 made an expression from. The caller checks the guess by making the
 * expression again.
 *
 * @param source the source of the expression, one member of an array of paths
 * @param keys the layer's parameters; those of this member are taken from the front
 */
export function guessPattern(source: string, keys: PatternKey[]): string {
  return readSequence({ text: bodyOf(source), at: 0 }, keys)
}

function bodyOf(source: string): string {
  let body = source.replace(/^\^/, '')
  for (const tail of TAILS) body = body.replace(tail, '')
  return body
}

interface Cursor {
  readonly text: string
  at: number
}

/** Reads up to the end, or to the parenthesis that closes the group the cursor is in. */
function readSequence(cursor: Cursor, keys: PatternKey[]): string {
  let pattern = ''
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== ')') {
    pattern += readItem(cursor, keys)
  }
  return pattern
}

function readItem(cursor: Cursor, keys: PatternKey[]): string {
  const { text } = cursor
  if (text.startsWith('(?:', cursor.at)) {
    cursor.at += 3
    const inner = readSequence(cursor, keys)
    cursor.at += 1
    return inner
  }
  if (text[cursor.at] === '(') return readCapture(cursor, keys)
  const escaped = text[cursor.at] === '\\'
  const item = text.slice(cursor.at, cursor.at + (escaped ? 2 : 1))
  cursor.at += item.length
  return item === '\\/' || item === '\\.' ? item.slice(1) : item
}

function readCapture(cursor: Cursor, keys: PatternKey[]): string {
  const start = cursor.at + 1
  const end = groupEnd(cursor.text, start)
  cursor.at = end + 1
  const capture = cursor.text.slice(start, end)
  const key = keys.shift()
  if (key === undefined || typeof key.name === 'number') return capture === '.*' ? '*' : `(${capture})`
  return PLAIN_CAPTURE.test(capture) ? `:${key.name}` : `:${key.name}(${capture})`
}

/** Where the group ends whose content begins at `start`. */
function groupEnd(text: string, start: number): number {
  let depth = 1
  let inClass = false
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]
    if (char === '\\') at += 1
    else if (inClass) inClass = char !== ']'
    else if (char === '[') inClass = true
    else if (char === '(') depth += 1
    else if (char === ')' && --depth === 0) return at
  }
  return text.length
}
