export type TextType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped'

/** One sample line, its label values unescaped. */
export interface TextSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly timestamp?: number
  /** The line of the text it stands in, from 1. */
  readonly line: number
}

/** One family: its metadata and its samples in the order of the text. */
export interface TextFamily {
  readonly name: string
  readonly type: TextType
  readonly help: string | undefined
  readonly samples: readonly TextSample[]
}

/** What the text breaks, and in which line. */
export class TextFormatError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.name = 'TextFormatError'
    this.line = line
  }
}

/** Names a sample: its labels sorted, and those without a value left out, since Prometheus does not store them. */
export function sampleKey(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '')
  return name + JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}
