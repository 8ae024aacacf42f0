import type { FamilyHeader } from '../metrics/sample-line.js'
import type { FamilyText } from './line-text.js'
import type { WritingStyle } from './writing-style.js'

/** Ways to write that are kept at a time: a format with an escaping and default labels. */
const MOST_STYLES = 4
/** Lines that are kept for one of them; a line takes some 200 bytes. */
const MOST_LINES = 5000

/** What a text format writes of a family but for its samples. */
export interface PreparedFamily {
  readonly metadata: string
  readonly text: FamilyText
}

/** What one style has prepared. */
export class PreparedStyle<P extends PreparedFamily> {
  #kept = new WeakMap<FamilyHeader, { readonly header: FamilyHeader; readonly prepared: P }>()
  #lines = 0

  /** What was made of a family before, as long as it is defined as it was then; else what `make` makes. */
  of(family: FamilyHeader, make: (header: FamilyHeader) => P): P {
    const known = this.#kept.get(family)
    if (known !== undefined && isSame(known.header, family)) return known.prepared
    const prepared = make(family)
    this.#lines += family.lines.length
    if (this.#lines > MOST_LINES) {
      this.#kept = new WeakMap()
      this.#lines = 0
    }
    this.#kept.set(family, { header: headerOf(family), prepared })
    return prepared
  }
}

/**
 * What the text formats prepare of families, kept from one scrape to the next: for a few hundred series it takes longer
 * than writing them. At most 1 MB for each of four ways to write.
 */
export class PreparedFamilies {
  readonly #styles = new Map<string, PreparedStyle<PreparedFamily>>()

  /** What a format has prepared that is written so. Each format has its own kind of preparation. */
  style<P extends PreparedFamily>(
    format: string,
    { defaultLabels, escaping }: WritingStyle,
  ): PreparedStyle<P> {
    const key = JSON.stringify([format, escaping, defaultLabels])
    const known = this.#styles.get(key)
    // The format is in the key, and each has one kind.
    if (known !== undefined) return known as PreparedStyle<P>
    if (this.#styles.size >= MOST_STYLES) this.#styles.clear()
    const style = new PreparedStyle<P>()
    this.#styles.set(key, style as unknown as PreparedStyle<PreparedFamily>)
    return style
  }
}

function headerOf({ name, help, type, role, unit, labelNames, lines }: FamilyHeader): FamilyHeader {
  return { name, help, type, role, unit, labelNames, lines }
}

function isSame(a: FamilyHeader, b: FamilyHeader): boolean {
  return (
    a.name === b.name &&
    a.help === b.help &&
    a.type === b.type &&
    a.role === b.role &&
    a.unit === b.unit &&
    a.labelNames === b.labelNames &&
    a.lines === b.lines
  )
}
