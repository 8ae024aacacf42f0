/** A file, what lint finds in it, and whether the tool of the server refuses it. */
export interface Case {
  readonly what: string
  readonly text: string
  /** The ids that are found, without those of `usual`. */
  readonly finds: readonly string[]
  /** Whether promtool 2.42 or amtool 0.25 refuses it. */
  readonly refused: boolean
}
