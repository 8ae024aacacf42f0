import type { ErrorRequestHandler } from 'express'
import { HttpError } from './http-error.js'
import type { Log } from './log.js'

const RETRY_SECONDS = '2'

/** Every error as JSON. What the client did not cause is logged, and told without its inner details. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error)
    const statusCode = statusOf(error)
    if (statusCode === 503) res.set('retry-after', RETRY_SECONDS)
    if (statusCode >= 500 && !(error instanceof HttpError))
      log.warn(`${req.method} ${req.path}: ${textOf(error)}`)
    const details = error instanceof HttpError ? error.details : undefined
    res.status(statusCode).json({ error: messageOf(error, statusCode), details })
  }
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : 500
}

function messageOf(error: unknown, statusCode: number): string {
  const tellable = error instanceof HttpError || statusCode < 500
  return tellable && error instanceof Error ? error.message : 'Internal server error'
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
