import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { expose } from '../../../src/exposition/expose.js'
import { TestGroup } from './test-group.js'

test('a count that was shown while a process was alone stays when another joins, however late collectors are', async () => {
  await using group = await TestGroup.open()
  const leader = await group.join({ intervalSeconds: 60 })
  leader.registry.addCollector({ name: 'late', collect: () => delay(1000) })
  leader.jobs.labels('mail').inc(38)
  expect((await expose(leader.group)).body).toContain('jobs_total{kind="mail"} 38')
  leader.jobs.labels('mail').inc(2)
  const member = await group.join()
  member.jobs.labels('mail').inc(1)
  const { body } = await expose(leader.group)
  expect(Number(/jobs_total\{kind="mail"\} (\d+)/.exec(body)?.[1])).toBeGreaterThanOrEqual(40)
})
