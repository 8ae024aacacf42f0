import { quotedName } from './label-text.js'
import { isLegacyName, type NameKind } from './legacy-name.js'

/** How names that older readers do not know are written for them; a scrape asks for one by `escaping=`. */
export type EscapingScheme = 'allow-utf-8' | 'underscores' | 'dots' | 'values'

/** Which names may be defined: those that every version of Prometheus knows, or any text that is not empty. */
export type NameRule = 'legacy' | 'utf-8'

/** The scheme of a reader that names none. */
export const DEFAULT_ESCAPING: EscapingScheme = 'underscores'

const schemes: readonly string[] = [
  'allow-utf-8',
  'underscores',
  'dots',
  'values',
] satisfies readonly EscapingScheme[]

export function isEscapingScheme(text: string | undefined): text is EscapingScheme {
  return text !== undefined && schemes.includes(text)
}

/**
 * The name under a scheme. Only `allow-utf-8` keeps every name apart; under the others two names can become one,
 * which a registry refuses where they are defined.
 */
export function escapeName(name: string, kind: NameKind, scheme: EscapingScheme): string {
  switch (scheme) {
    case 'allow-utf-8':
      return name
    case 'underscores':
      return isLegacyName(name, kind) ? name : runes(name, kind, '_', () => '_')
    case 'dots':
      // Underscores are doubled in legacy names too, so that `_dot_` can only mean a dot.
      return runes(name, kind, '__', (rune) => (rune === '.' ? '_dot_' : '__'))
    case 'values':
      if (isLegacyName(name, kind)) return name
      return `U__${runes(name, kind, '__', (rune) => `_${rune.codePointAt(0)!.toString(16)}_`)}`
  }
}

/** Rewrites underscores, and the code points that are not legal where they stand. */
function runes(name: string, kind: NameKind, underscore: string, replace: (rune: string) => string): string {
  let written = ''
  for (const rune of name) {
    const legal = isLegacyName(written === '' ? rune : `_${rune}`, kind)
    if (rune === '_') written += underscore
    else written += legal ? rune : replace(rune)
  }
  return written
}

/** The name as it stands in a text: escaped, and quoted where it is still not a legacy one. */
export function writtenName(name: string, kind: NameKind, scheme: EscapingScheme): string {
  const escaped = escapeName(name, kind, scheme)
  return isLegacyName(escaped, kind) ? escaped : quotedName(escaped)
}
