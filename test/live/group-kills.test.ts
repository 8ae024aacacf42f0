import { expect, test } from 'vitest'
import { CountWatch } from './group/count-watch.js'
import { RunningGroup } from './group/running-group.js'

const KILLS = 100
const WORKERS = 8
const INTERVAL_SECONDS = 1
const ROUNDS = 5

test('100 workers are killed under load, leaders among them: no count falls, and no more is lost than an interval', async () => {
  await using group = await RunningGroup.open({ intervalSeconds: INTERVAL_SECONDS, runtime: true })
  for (let i = 0; i < WORKERS; i++) (await group.start()).tell({ do: 'work', everyMs: 2 })

  const watch = new CountWatch(group)
  let leaders = 0
  for (let i = 0; i < KILLS; i++) {
    const { leader, living } = group
    const victim = i % 3 === 0 && leader !== undefined ? leader : living[(i * 5) % living.length]!
    if (victim === leader) leaders++
    await victim.kill()
    ;(await group.start()).tell({ do: 'work', everyMs: 2 })
  }
  for (const member of group.living) member.tell({ do: 'rest' })
  await new Promise((resolve) => setTimeout(resolve, INTERVAL_SECONDS * 2000))
  const { scrapes, falls } = await watch.end()
  const shown = (await group.scrape()).get('jobs_total')!
  // A timer and a scheduler that are late on a busy machine are late here, too.
  const kept = group.members.reduce((sum, member) => sum + member.countedBefore(INTERVAL_SECONDS + 0.5), 0)
  console.log(`${scrapes} scrapes, ${leaders} leaders killed, at least ${kept} to be there, ${shown} shown`)
  expect(falls).toEqual([])
  expect(leaders).toBeGreaterThan(20)
  expect(shown).toBeGreaterThanOrEqual(kept)
  expect(scrapes).toBeGreaterThan(KILLS)
}, 600_000)

test('the leader and both deputies are killed in one moment: nothing that was shown or that ended ones had counted is lost', async () => {
  await using group = await RunningGroup.open({ intervalSeconds: INTERVAL_SECONDS })
  const start = async () => (await group.start()).tell({ do: 'work', everyMs: 5 })
  for (let i = 0; i < WORKERS; i++) await start()
  const watch = new CountWatch(group)
  for (let round = 0; round < ROUNDS; round++) {
    // One that ended before is only known to those who are killed now.
    await group.living.at(-1)!.kill()
    await watch.next()
    // Deputies are those that came first.
    await Promise.all(group.living.slice(0, 3).map((member) => member.kill()))
    await watch.next()
    while (group.living.length < WORKERS) await start()
    while ((await watch.next()).get('telltale_group_members') !== WORKERS);
  }
  for (const member of group.living) member.tell({ do: 'rest' })
  await new Promise((resolve) => setTimeout(resolve, INTERVAL_SECONDS * 2000))
  const { falls } = await watch.end()
  const shown = (await group.scrape()).get('jobs_total')!
  const kept = group.members.reduce((sum, member) => sum + member.countedBefore(INTERVAL_SECONDS + 0.5), 0)
  const counted = group.members.reduce((sum, member) => sum + member.counted, 0)
  console.log(`at least ${kept} to be there, ${shown} shown, ${counted} counted`)
  expect(falls).toEqual([])
  expect(shown).toBeGreaterThanOrEqual(kept)
  expect(shown).toBeLessThanOrEqual(counted)
})

test('the leader and its only deputy are killed while a third process comes: what was shown stays', async () => {
  await using group = await RunningGroup.open({ intervalSeconds: 60 })
  for (let i = 0; i < 3; i++) (await group.start()).tell({ do: 'count', times: 10 })
  while ((await group.scrape()).get('jobs_total') !== 30);
  await group.living.at(-1)!.kill()
  while ((await group.scrape()).get('telltale_group_members') !== 2);
  // It has been welcomed, and may not have said or been told anything yet.
  await group.start()
  await Promise.all(group.living.slice(0, 2).map((member) => member.kill()))
  expect((await group.scrape()).get('jobs_total')).toBe(30)
})

test('when all processes of a group are killed, those that start next begin at zero', async () => {
  await using group = await RunningGroup.open({ intervalSeconds: 0.1 })
  for (let i = 0; i < 5; i++) (await group.start()).tell({ do: 'count', times: 10 })
  while ((await group.scrape()).get('jobs_total') !== 50);
  await Promise.all(group.living.map((member) => member.kill()))
  for (let i = 0; i < 5; i++) (await group.start()).tell({ do: 'count', times: 1 })
  while ((await group.scrape()).get('telltale_group_members') !== 5);
  expect((await group.scrape()).get('jobs_total')).toBeLessThanOrEqual(5)
})
