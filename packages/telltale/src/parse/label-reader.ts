import type { Cursor } from './cursor.js'
import type { ParsedLabels } from './exposition-model.js'

const COMMA = 44
const EQUALS = 61
const QUOTE = 34
const CLOSE = 125

/** What a format allows between the parts of a label set. */
export interface LabelGrammar {
  /** Skips what may stand between two parts. */
  gap(cursor: Cursor): void
  /** Whether a comma may stand before the closing brace. */
  readonly trailingComma: boolean
}

/** The labels of one sample, and its name where it stands between the braces. */
export interface LabelSet {
  readonly quotedName: string | undefined
  readonly labels: ParsedLabels
}

export const noLabels: ParsedLabels = Object.freeze({})

/** Reads labels after their opening brace, up to and with the closing one. */
export function readLabels(cursor: Cursor, grammar: LabelGrammar): LabelSet {
  const labels: Record<string, string> = {}
  let quotedName: string | undefined
  let first = true
  for (;;) {
    grammar.gap(cursor)
    if (cursor.skip(CLOSE)) return { quotedName, labels }
    const start = cursor.at
    const isQuoted = cursor.code === QUOTE
    const name = isQuoted ? cursor.quoted('a name') : cursor.name('label')
    if (name === '') cursor.fail('a label name: letters, digits and "_", not starting with a digit', start)
    grammar.gap(cursor)
    if (cursor.skip(EQUALS)) {
      grammar.gap(cursor)
      if (Object.hasOwn(labels, name)) cursor.fail('each label once', start)
      setLabel(labels, name, cursor.quoted('a label value'))
    } else if (isQuoted && first) quotedName = name
    else cursor.fail('"=" after the label name')
    first = false
    grammar.gap(cursor)
    if (!cursor.skip(COMMA)) {
      if (cursor.skip(CLOSE)) return { quotedName, labels }
      cursor.fail('"," or "}" after a label')
    } else if (!grammar.trailingComma && cursor.code === CLOSE) cursor.fail('a label after ","')
  }
}

/** Sets a label of any name; `__proto__` is a legal one, and would set something else. */
export function setLabel(labels: Record<string, string>, name: string, value: string): void {
  if (name !== '__proto__') labels[name] = value
  else Object.defineProperty(labels, name, { value, enumerable: true, configurable: true, writable: true })
}
