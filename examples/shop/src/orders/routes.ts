import { type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Cache } from '../cache/cache.js'
import { identifier, page, parse, source } from '../input.js'
import { PRODUCTS } from './catalogue.js'
import type { Checkout } from './checkout.js'
import type { Funnel } from './funnel.js'
import { OrderRepository } from './repository.js'

const newOrder = z.object({
  userId: identifier,
  product: z.enum(PRODUCTS),
  quantity: z.int().min(1).max(100).default(1),
  source,
})
const CACHE_SECONDS = 60

export interface OrderParts {
  readonly checkout: Checkout
  readonly funnel: Funnel
  readonly cache: Cache
  readonly faults: RequestHandler
}

export function orderRoutes({ checkout, funnel, cache, faults }: OrderParts): Router {
  const router = Router()

  router.get('/', faults, async (req, res) => {
    res.json(await new OrderRepository(req.db).list(parse(page, req.query)))
  })

  router.post('/', faults, async (req, res) => {
    const input = parse(newOrder, req.body)
    const order = await checkout.place(req.db, input, input.source)
    funnel.purchase(clientOf(req), segmentOf(req))
    res.status(201).location(`${req.baseUrl}/${order.id}`).json(order)
  })

  router.get('/:id', faults, async (req, res) => {
    const id = parse(identifier, req.params.id)
    const cached = await cache.get('order:*', id)
    if (cached !== undefined) return void res.type('json').send(cached)
    const order = await new OrderRepository(req.db).find(id)
    if (order === undefined) return void res.status(404).json({ error: `There is no order ${id}` })
    await cache.set('order:*', id, JSON.stringify(order), CACHE_SECONDS)
    res.json(order)
  })

  return router
}

/** Everyone who uses the API is a visitor. */
export function countVisits(funnel: Funnel): RequestHandler {
  return (req, _res, next) => {
    funnel.visit(clientOf(req), segmentOf(req))
    next()
  }
}

function clientOf(req: Request): string {
  return req.ip ?? 'unknown'
}

function segmentOf(req: Request): 'guest' | 'registered' {
  return req.user ? 'registered' : 'guest'
}
