/** An answer other than success. Its message goes to the client; `name` is the `type` label of errors_total. */
export class HttpError extends Error {
  readonly statusCode: number
  readonly details?: readonly ErrorDetail[]

  constructor(statusCode: number, name: string, message: string, options: HttpErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = name
    this.statusCode = statusCode
    this.details = options.details
  }
}

export interface HttpErrorOptions {
  readonly details?: readonly ErrorDetail[]
  readonly cause?: unknown
}

export interface ErrorDetail {
  /** Where in the input, such as `email`. */
  readonly path: string
  readonly message: string
}

export function validationError(details: readonly ErrorDetail[]): HttpError {
  return new HttpError(400, 'ValidationError', 'The request is not valid', { details })
}
