import type { ErrorCode } from './error-code.js'

const brand = Symbol.for('telltale.error')

/**
 * The one class of error that Telltale throws.
 *
 * `code` is stable and safe to compare; the message is for people: what went wrong, what was got, what was
 * expected and the remedy. `instanceof` holds across several loaded copies of the package.
 */
export class TelltaleError extends Error {
  /** Stable code; the table is `errorCodes`. */
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TelltaleError'
    this.code = code
    Object.defineProperty(this, brand, { value: true })
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }
}
