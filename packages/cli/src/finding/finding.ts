import type { Language } from '../language.js'
import type { Place } from './place.js'
import type { Severity } from './severity.js'

/** A finding in words. */
export interface FindingText {
  /** What is wrong, with the evidence: what was got and what was expected. */
  readonly what: string
  /** What to do, with the exact change. */
  readonly remedy: string
}

/** One thing that a command found. Made by a {@link CheckSet}. */
export interface Finding {
  /** Stable, in kebab-case behind its area: `rules/no-comparison`. */
  readonly id: string
  readonly severity: Severity
  readonly where: Place
  readonly text: Readonly<Record<Language, FindingText>>
  /** What tells it from others with the same id in the same place, whatever line it is on. */
  readonly subject: string
  /** Where more is said about it. */
  readonly link?: string | undefined
}
