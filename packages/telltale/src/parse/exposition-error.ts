import { TelltaleError } from '../model/error.js'

/** Where a fault is, what was found there and what should have been. */
export interface ExpositionFault {
  /** From 1; in protobuf the number of the message. */
  readonly line: number
  /** From 1, in UTF-16 units; in protobuf the byte within the message. */
  readonly column: number
  readonly got: string
  readonly expected: string
}

/** An exposition that cannot be read: code `TELLTALE_EXPOSITION`. */
export class ExpositionError extends TelltaleError implements ExpositionFault {
  readonly line: number
  readonly column: number
  readonly got: string
  readonly expected: string

  constructor({ line, column, got, expected }: ExpositionFault, where = 'line') {
    super('TELLTALE_EXPOSITION', `${where} ${line}, column ${column}: got ${got}, expected ${expected}`)
    this.name = 'ExpositionError'
    this.line = line
    this.column = column
    this.got = got
    this.expected = expected
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return TelltaleError[Symbol.hasInstance](value) && (value as TelltaleError).code === 'TELLTALE_EXPOSITION'
  }
}
