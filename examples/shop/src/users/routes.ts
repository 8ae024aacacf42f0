import { type RequestHandler, Router } from 'express'
import type { MetricsCollectionService } from 'telltale'
import { z } from 'zod'
import type { Cache } from '../cache/cache.js'
import { identifier, page, parse, source, text } from '../input.js'
import { UserRepository } from './repository.js'

const newUser = z.object({ name: text(100), email: z.email().max(254), source })
const CACHE_SECONDS = 60

export interface UserParts {
  readonly metrics: MetricsCollectionService
  readonly cache: Cache
  readonly faults: RequestHandler
}

export function userRoutes({ metrics, cache, faults }: UserParts): Router {
  const router = Router()

  router.get('/', faults, async (req, res) => {
    const users = await new UserRepository(req.db).list(parse(page, req.query))
    metrics.recordCustomMetric('user_query_total', 1, { operation: 'SELECT', table: 'users' })
    res.json(users)
  })

  router.post('/', faults, async (req, res) => {
    const registration = parse(newUser, req.body)
    try {
      const user = await new UserRepository(req.db).create(registration.name, registration.email)
      metrics.recordUserRegistration(registration.source, 'success')
      res.status(201).location(`${req.baseUrl}/${user.id}`).json(user)
    } catch (error) {
      metrics.recordUserRegistration(registration.source, 'failed')
      throw error
    }
  })

  router.get('/:id', faults, async (req, res) => {
    const id = parse(identifier, req.params.id)
    const cached = await cache.get('user:*', id)
    if (cached !== undefined) return void res.type('json').send(cached)
    const user = await new UserRepository(req.db).find(id)
    if (user === undefined) return void res.status(404).json({ error: `There is no user ${id}` })
    await cache.set('user:*', id, JSON.stringify(user), CACHE_SECONDS)
    res.json(user)
  })

  return router
}
