import type { Rival } from '../rival.js'

/** One thing that is measured. Smaller is better everywhere. */
export interface Question {
  readonly title: string
  readonly unit: string
  /** What we want: how many times Telltale's value a library's should be, or a value not to exceed. */
  readonly goal?: { readonly library: string; readonly times: number } | { readonly atMost: number }
  /** Titles of what `measure` gives beside the value. */
  readonly beside?: readonly string[]
  /**
   * Measures once, in a process of its own: the value, or the value and what is beside it; `undefined` when the library
   * cannot do it.
   */
  measure(create: () => Promise<Rival>): Promise<number | readonly number[] | undefined>
}

export const PROM_CLIENT = 'prom-client'

/** Of nothing where Node.js does not permit it. */
export function collectGarbage(): void {
  globalThis.gc?.()
}
