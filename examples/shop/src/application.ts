import cors from 'cors'
import express, { type Express, type RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import type { MetricsMiddleware } from 'telltale'
import type { Cache } from './cache/cache.js'
import type { Database, DatabaseHandle } from './database/database.js'
import type { DatabaseWatch } from './database/watch.js'
import { answerErrors } from './error-answer.js'
import type { Faults } from './faults/faults.js'
import { injectFaults } from './faults/injection.js'
import { faultRoutes } from './faults/routes.js'
import { health } from './health.js'
import { identify } from './identity.js'
import type { Log } from './log.js'
import type { Checkout } from './orders/checkout.js'
import type { Funnel } from './orders/funnel.js'
import { countVisits, orderRoutes } from './orders/routes.js'
import { logRequests } from './request-log.js'
import './request.js'
import type { Settings } from './settings/settings.js'
import { userRoutes } from './users/routes.js'

export interface ApplicationParts {
  readonly settings: Settings
  readonly log: Log
  readonly middleware: MetricsMiddleware
  readonly database: Database
  readonly watch: DatabaseWatch
  readonly cache: Cache
  readonly checkout: Checkout
  readonly funnel: Funnel
  readonly faults: Faults
}

const BODY_LIMIT = '100kb'

/** The shop as an Express application. It listens nowhere yet. */
export function createApplication(parts: ApplicationParts): Express {
  const { settings, log, middleware, database, watch, cache, checkout, funnel } = parts
  const faults = injectFaults(parts.faults)
  const app = express()
  app.set('trust proxy', 'loopback') // a proxy on this machine may say whom it speaks for; nobody else

  app.use(middleware.collectHTTPMetrics()) // first, so that refused requests are counted too
  if (settings.logRequests) app.use(logRequests(log))
  app.use(helmet())
  app.use(cors())
  app.use('/api/', limitRequests(settings))
  app.use(express.json({ limit: BODY_LIMIT }))
  app.use(express.urlencoded({ extended: true, limit: BODY_LIMIT }))
  app.use(identify)
  app.use(connectRequest(database))
  app.use(middleware.collectDatabaseMetrics())
  app.use(middleware.collectUserBehaviorMetrics())

  app.get('/health', health(watch))
  app.use('/api/', countVisits(funnel))
  app.use('/api/users', userRoutes({ metrics: middleware.getMetricsService(), cache, faults }))
  app.use('/api/orders', orderRoutes({ checkout, funnel, cache, faults }))
  if (settings.faultRoutes) app.use('/faults', faultRoutes(parts.faults, database))

  app.use((_req, res) => void res.status(404).json({ error: 'Not found' }))
  app.use(middleware.collectErrorMetrics())
  app.use(answerErrors(log))
  return app
}

function limitRequests({ rateLimit: { max, windowSeconds } }: Settings): RequestHandler {
  return rateLimit({
    windowMs: windowSeconds * 1000,
    limit: max,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    message: { error: 'Too many requests from this address', retryAfter: windowSeconds },
  })
}

/** One handle for all requests, apart from the database itself: what asks whether it is alive is not measured. */
function connectRequest(database: Database): RequestHandler {
  const handle: DatabaseHandle = { query: (sql, parameters) => database.query(sql, parameters) }
  return (req, _res, next) => {
    req.db = handle
    next()
  }
}
