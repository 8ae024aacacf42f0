import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { HttpError } from '../http-error.js'
import type { Faults } from './faults.js'

/** Stands in front of a route's handler, behind the matching, so that the fault is counted for that route. */
export function injectFaults(faults: Faults): RequestHandler {
  return async (_req, res, next) => {
    const fault = faults.draw()
    if (fault === 'error') throw new HttpError(500, 'InjectedFault', 'This request failed on purpose')
    if (fault === 'slow') {
      const gone = new AbortController()
      res.once('close', () => gone.abort())
      await sleep(faults.rates.slowSeconds * 1000, undefined, { signal: gone.signal }).catch(() => {})
      if (gone.signal.aborted) return
    }
    next()
  }
}
