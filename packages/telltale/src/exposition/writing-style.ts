import type { EscapingScheme } from '../model/name-escaping.js'

/** What the families of one scrape are written with, whatever they are. */
export interface WritingStyle {
  /** Labels of every sample that has no label of that name itself. */
  readonly defaultLabels: Readonly<Record<string, string>>
  /** How names are written that are not legacy ones. */
  readonly escaping: EscapingScheme
}
