import {
  DEFAULT_ESCAPING,
  type EscapingScheme,
  isEscapingScheme,
  type NameRule,
} from '../model/name-escaping.js'
import { parseAccept } from './accept.js'
import { defaultFormat, type ExpositionFormat, formats } from './formats.js'

/** What one scrape is answered with. */
export interface Negotiated {
  readonly format: ExpositionFormat
  readonly escaping: EscapingScheme
  /** To be sent exactly so. */
  readonly contentType: string
}

/**
 * The format that an `Accept` header asks for: the first of its entries, the most wanted first, that can be
 * written. No header, one that takes anything and one that asks for nothing of ours get text 0.0.4. The content type
 * says `escaping` where the request named it or where names may need it.
 */
export function negotiate(
  accept: string | undefined,
  names: NameRule = 'legacy',
  candidates: readonly ExpositionFormat[] = formats,
): Negotiated {
  for (const entry of parseAccept(accept ?? '')) {
    if (entry.weight === 0) continue
    const format = candidates.find((candidate) => candidate.matches(entry))
    if (format !== undefined) return answered(format, entry.parameters.get('escaping'), names)
  }
  return answered(defaultFormat, undefined, names)
}

function answered(format: ExpositionFormat, asked: string | undefined, names: NameRule): Negotiated {
  const known = isEscapingScheme(asked)
  const escaping = known ? asked : DEFAULT_ESCAPING
  const stated = known || names === 'utf-8' ? `; escaping=${escaping}` : ''
  return { format, escaping, contentType: format.contentType + stated }
}
