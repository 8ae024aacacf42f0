import { afterAll, beforeAll, expect, it } from 'vitest'
import { EmbeddedDatabase } from '../src/database/embedded.js'
import { migrate } from '../src/database/migration.js'
import type { FulfilmentJob } from '../src/orders/fulfilment.js'
import { Recovery } from '../src/orders/recovery.js'
import { OrderRepository } from '../src/orders/repository.js'
import { MemoryQueue } from '../src/queue/memory.js'
import { UserRepository } from '../src/users/repository.js'

const database = new EmbeddedDatabase()

beforeAll(async () => {
  await database.loaded()
  await migrate(database)
  await migrate(database) // as often as one likes
}, 60_000)

afterAll(() => database.close())

it('orders that the queue lost are put back once they are overdue', async () => {
  const user = await new UserRepository(database).create('Yuna', 'yuna@example.com')
  const orders = new OrderRepository(database)
  const [lost, fresh, unpaid] = [
    await orders.create({ userId: user.id, product: 'tea', quantity: 1 }),
    await orders.create({ userId: user.id, product: 'mug', quantity: 1 }),
    await orders.create({ userId: user.id, product: 'mug', quantity: 1 }),
  ]
  for (const { id } of [lost, fresh]) await orders.markPaid(id, 'payment')
  const longAgo = "UPDATE orders SET created_at = now() - interval '2 minutes' WHERE id = ANY($1)"
  await database.query(longAgo, [[lost.id, unpaid.id]])

  const done: number[] = []
  const queue = new MemoryQueue<FulfilmentJob>(async ({ orderId }) => {
    done.push(orderId)
    await orders.markFulfilled(orderId)
  })
  const recovery = new Recovery(database, queue)
  expect(await recovery.recover()).toBe(1)
  await queue.close(5_000)
  expect(done).toEqual([lost.id])
  expect((await orders.find(lost.id))?.state).toBe('fulfilled')
  expect(await recovery.recover()).toBe(0)
})
