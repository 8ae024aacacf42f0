import { expect, test } from 'vitest'
import { Gauge } from '../../../src/metrics/gauge.js'
import { roleOf, scraped, TestGroup, until } from './test-group.js'

const total = 'jobs_total{kind="mail"}'

test('every member answers for the whole group', async () => {
  await using group = await TestGroup.open()
  const members = [await group.join(), await group.join(), await group.join()]
  members.forEach(({ jobs }, i) => {
    jobs.labels('mail').inc(10 ** i)
  })
  for (const member of members) expect(await scraped(member.group, total)).toBe(111)
  expect(members.map((member) => member.group.role)).toEqual(['leader', 'member', 'member'])
  expect(await scraped(members[0]!.group, 'telltale_group_members')).toBe(3)
})

test('a process that was always alone shows its metrics as they are', async () => {
  await using group = await TestGroup.open()
  const { group: alone, registry } = await group.join()
  new Gauge({ name: 'process_own', help: 'Own.', across: 'all', registry }).set(4)
  expect(await scraped(alone, 'process_own')).toBe(4)
  expect(await scraped(alone, 'telltale_group_members')).toBeUndefined()
})

test('when the leader leaves another takes over, and what was counted stays', async () => {
  await using group = await TestGroup.open()
  const [first, second, third] = [await group.join(), await group.join(), await group.join()]
  for (const { jobs } of [first, second, third]) jobs.labels('mail').inc(5)
  expect(await scraped(third.group, total)).toBe(15)
  await first.group.stop()
  await until(() => [second, third].some((member) => member.group.role === 'leader'))
  expect(await scraped(third.group, total)).toBe(15)
  third.jobs.labels('mail').inc()
  expect(await scraped(second.group, total)).toBe(16)
})

test('a process that left and joins again is counted once', async () => {
  await using group = await TestGroup.open()
  const [first, second] = [await group.join(), await group.join()]
  second.jobs.labels('mail').inc(5)
  expect(await scraped(first.group, total)).toBe(5)
  await second.group.stop()
  const again = await group.join({ source: second.registry })
  expect(await roleOf(again.group)).toBe(false)
  expect(await scraped(first.group, total)).toBe(5)
})
