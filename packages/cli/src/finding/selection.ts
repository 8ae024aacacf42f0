import { CommandError } from '../command-error.js'

/** Which checks are asked for: an id, an area (`rules`, `rules/`), or a beginning with a star (`rules/no-*`). */
export class Selection {
  readonly #only: readonly string[]
  readonly #skip: readonly string[]

  /** Throws TELLTALE_USAGE for a pattern that none of `ids` fits: a typing error would select nothing in silence. */
  constructor(only: readonly string[], skip: readonly string[], ids: readonly string[]) {
    for (const [flag, patterns] of [
      ['--only', only],
      ['--skip', skip],
    ] as const) {
      const unknown = patterns.find((pattern) => !ids.some((id) => fits(id, pattern)))
      if (unknown === undefined) continue
      const areas = [...new Set(ids.map((id) => id.slice(0, id.indexOf('/'))))].join(', ')
      throw new CommandError(
        'TELLTALE_USAGE',
        `${flag} is "${unknown}", which no check fits; give an id such as ${ids[0]}, or an area: ${areas}`,
      )
    }
    this.#only = only
    this.#skip = skip
  }

  /** Whether findings with this id are wanted. */
  has(id: string): boolean {
    const chosen = this.#only.length === 0 || this.#only.some((pattern) => fits(id, pattern))
    return chosen && !this.#skip.some((pattern) => fits(id, pattern))
  }
}

/** Whether an id is meant by a pattern, as {@link Selection} takes them. */
export function fits(id: string, pattern: string): boolean {
  if (pattern.endsWith('*')) return id.startsWith(pattern.slice(0, -1))
  return id === pattern || id.startsWith(pattern.endsWith('/') ? pattern : `${pattern}/`)
}
