import { isLegacyName } from './legacy-name.js'

/**
 * The text of a label value, or `undefined` for a value that is none: an object, a symbol or a function.
 * Missing, `null` and `''` are one and the same, as they are for Prometheus. Surrogates without a partner become
 * U+FFFD, because no exposition format can carry them.
 */
export function labelText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : value.toWellFormed()
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'undefined':
      return ''
    default:
      return value === null ? '' : undefined
  }
}

const ESCAPED = /[\\"\n]/g
const NEEDS_ESCAPE = /[\\"\n]/

/** Escapes a label value: backslash, double quote and line feed, the same in text 0.0.4 and OpenMetrics. */
export function escapeLabelValue(value: string): string {
  return NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, escapeCharacter) : value
}

function escapeCharacter(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`
}

/** A name between quotes, escaped as a label value is. */
export function quotedName(name: string): string {
  return `"${escapeLabelValue(name)}"`
}

/**
 * `a="x",b="y"` for the labels that are not empty; `''` when none is left. Names that are not legacy ones are
 * quoted. Serialised once for each series.
 */
export function labelPairs(names: readonly string[], values: readonly string[]): string {
  const pairs: string[] = []
  for (let i = 0; i < names.length; i++) {
    if (values[i] === '') continue
    const name = isLegacyName(names[i]!, 'label') ? names[i]! : quotedName(names[i]!)
    pairs.push(`${name}="${escapeLabelValue(values[i]!)}"`)
  }
  // Joined, not added up: a sum of strings is kept as its parts, which take several times the memory.
  return pairs.join(',')
}
