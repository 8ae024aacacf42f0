import type { RequestHandler } from 'express'
import type { Log } from './log.js'

/** One line for each request, when it is over. */
export function logRequests(log: Log): RequestHandler {
  return (req, res, next) => {
    const start = performance.now()
    const { method, path } = req
    res.once('close', () => {
      const outcome = res.writableFinished ? String(res.statusCode) : 'aborted'
      log.info(`${method} ${path} ${outcome} ${(performance.now() - start).toFixed(1)} ms`)
    })
    next()
  }
}
