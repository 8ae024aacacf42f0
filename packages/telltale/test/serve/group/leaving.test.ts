import { expect, test } from 'vitest'
import { expose } from '../../../src/exposition/expose.js'
import { Counter } from '../../../src/metrics/counter.js'
import { Registry } from '../../../src/registry/registry.js'
import { scraped, TestGroup, until } from './test-group.js'

const total = 'jobs_total{kind="mail"}'
/** Nothing reaches the group because time went by. */
const rarely = { intervalSeconds: 3600 }

test('processes that leave at the same moment, the leader among them, lose nothing that they counted', async () => {
  await using group = await TestGroup.open()
  const members = await Promise.all([1, 2, 3, 4, 5].map(() => group.join(rarely)))
  const last = members.at(-1)!
  await until(async () => (await scraped(last.group, 'telltale_group_members')) === 5)
  for (const { jobs } of members) jobs.labels('mail').inc(7)
  await Promise.all(members.slice(0, 4).map((member) => member.group.stop()))
  expect(await scraped(last.group, total)).toBe(35)
})

test('a process that comes while the leader leaves does not take its place with nothing', async () => {
  await using group = await TestGroup.open()
  let leader = await group.join(rarely)
  let other = await group.join(rarely)
  for (let round = 1; round <= 10; round++) {
    for (const { jobs } of [leader, other]) jobs.labels('mail').inc(5)
    const [newcomer] = await Promise.all([group.join(rarely), leader.group.stop()])
    expect(await scraped(newcomer.group, total)).toBe(10 * round)
    leader = other
    other = newcomer
  }
})

test('a process that has left others answers no scrape with its own counts alone', async () => {
  await using group = await TestGroup.open()
  const [first, second] = [await group.join(), await group.join()]
  await until(async () => (await scraped(first.group, 'telltale_group_members')) === 2)
  await first.group.stop()
  await expect(expose(first.group)).rejects.toMatchObject({ code: 'TELLTALE_GROUP' })
  await expect(expose(first.group)).rejects.toThrow(/has left its process group.*at another process/)
  await second.group.stop()
})

test('a process that was always alone is shown after it has stopped', async () => {
  await using group = await TestGroup.open()
  const alone = await group.join()
  alone.jobs.labels('mail').inc(3)
  await alone.group.stop()
  expect(await scraped(alone.group, total)).toBe(3)
})

test('what a process showed by itself is in the first scrape of its group that it answers, however much it has', async () => {
  await using group = await TestGroup.open()
  await group.join()
  const registry = new Registry()
  for (let site = 0; site < 10; site++) {
    const pages = new Counter({ name: `pages_${site}_total`, help: 'Pages.', labels: ['page'], registry })
    for (let page = 0; page < 4000; page++) pages.labels(`${page}`).inc()
  }
  const jobs = new Counter({ name: 'jobs_total', help: 'Jobs.', labels: ['kind'], registry })
  jobs.labels('mail').inc(3)
  expect(await scraped(registry, total)).toBe(3)
  const member = await group.join({ source: registry })
  expect(await scraped(member.group, total)).toBe(3)
})
