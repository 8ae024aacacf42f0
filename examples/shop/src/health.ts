import type { RequestHandler } from 'express'
import type { DatabaseWatch } from './database/watch.js'

/** 200 while the shop can do its work, 503 while it cannot. */
export function health(watch: DatabaseWatch): RequestHandler {
  return (_req, res) => {
    const working = watch.state === 'up'
    res.status(working ? 200 : 503).json({
      status: working ? 'ok' : 'degraded',
      database: watch.state,
      timestamp: new Date().toISOString(),
      uptime: process.uptime(),
    })
  }
}
