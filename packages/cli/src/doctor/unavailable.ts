import type { Localised } from '../language.js'

/** Something that a check needs cannot be had, and why: the check is left out, which is no finding. */
export class Unavailable extends Error {
  /** What could not be looked at. */
  readonly subject: string
  readonly why: Localised

  constructor(subject: string, why: Localised) {
    super(`${subject}: ${why.en}`)
    this.name = 'Unavailable'
    this.subject = subject
    this.why = why
  }
}
