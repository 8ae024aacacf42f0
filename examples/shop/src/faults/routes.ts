import { Router } from 'express'
import { z } from 'zod'
import type { Database } from '../database/database.js'
import { parse } from '../input.js'
import type { Faults } from './faults.js'
import { HeldMemory } from './held-memory.js'

const share = z.number().min(0).max(1)

const change = z.strictObject({
  errorRate: share.optional(),
  slowRate: share.optional(),
  slowSeconds: z.number().min(0).max(60).optional(),
  holdMegabytes: z.int().min(0).max(HeldMemory.limitInMegabytes).optional(),
  database: z.enum(['up', 'down']).optional(),
})

/** Shows and changes what goes wrong on purpose. Only for a shop that nobody depends on. */
export function faultRoutes(faults: Faults, database: Database): Router {
  const router = Router()
  const current = () => ({ ...faults.rates, holdMegabytes: faults.memory.megabytes })

  router.get('/', (_req, res) => {
    res.json(current())
  })

  router.post('/', async (req, res) => {
    const wanted = parse(change, req.body)
    faults.change(wanted)
    if (wanted.holdMegabytes !== undefined) await faults.memory.hold(wanted.holdMegabytes)
    if (wanted.database === 'down') await database.suspend()
    if (wanted.database === 'up') database.resume()
    res.json(current())
  })

  return router
}
