import type pc from 'picocolors'
import type { Language } from '../language.js'
import type { Report } from './report.js'
import type { FailOn } from './severity.js'

/** How a report is to be shown. */
export interface RenderOptions {
  readonly language: Language
  readonly failOn: FailOn
  /** Only the text for people uses them. */
  readonly colours: ReturnType<typeof pc.createColors>
}

/** Makes one output of a report; it ends without a line break. */
export type Render = (report: Report, options: RenderOptions) => string
