import type { LabelSchema } from '../model/label-schema.js'
import type { Home } from './home.js'

/** What every metric is defined by. */
export interface FamilyOptions<L extends LabelSchema> {
  /** For example `http_requests_total`. */
  readonly name: string
  /** One sentence that says what is measured. */
  readonly help: string
  /** The base unit that the name ends in (before `_total`), such as `seconds` or `bytes`; OpenMetrics states it. */
  readonly unit?: string
  /**
   * How the values of several processes become one where a group of processes is scraped as one: `sum` (the default)
   * adds them up, `all` shows those of each process, with its number in the label `worker`.
   */
  readonly across?: 'sum' | 'all'
  /** Label names in order, or names with the values that each may take. */
  readonly labels?: L
  /** Where the metric lives; the default registry of the process when left out. */
  readonly registry?: Home
  /** How many series there may be, 10,000 by default; what is beyond goes to one overflow series. */
  readonly seriesLimit?: number
}
