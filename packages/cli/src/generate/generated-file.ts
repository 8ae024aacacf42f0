/** One file as it should be. */
export interface GeneratedFile {
  /** From the folder of the project, with `/`. */
  readonly path: string
  readonly text: string
}
