import { expect, test } from 'vitest'
import { isCount, RunningGroup } from './group/running-group.js'

const KILLS = 100
const WORKERS = 8
const INTERVAL_SECONDS = 1

test('100 workers are killed under load, leaders among them: no count falls, and no more is lost than an interval', async () => {
  await using group = await RunningGroup.open({ intervalSeconds: INTERVAL_SECONDS, runtime: true })
  for (let i = 0; i < WORKERS; i++) (await group.start()).tell({ do: 'work', everyMs: 2 })

  const seen = new Map<string, number>()
  const falls: string[] = []
  let scrapes = 0
  let isOver = false
  const scraping = (async () => {
    while (!isOver) {
      for (const [sample, value] of await group.scrape()) {
        if (!isCount(sample)) continue
        const before = seen.get(sample) ?? 0
        if (value < before) falls.push(`${sample}: ${before} to ${value}`)
        seen.set(sample, value)
      }
      scrapes++
    }
  })()

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
  isOver = true
  await scraping
  const shown = (await group.scrape()).get('jobs_total')!
  // A timer and a scheduler that are late on a busy machine are late here, too.
  const kept = group.members.reduce((sum, member) => sum + member.countedBefore(INTERVAL_SECONDS + 0.5), 0)
  console.log(`${scrapes} scrapes, ${leaders} leaders killed, at least ${kept} to be there, ${shown} shown`)
  expect(falls).toEqual([])
  expect(leaders).toBeGreaterThan(20)
  expect(shown).toBeGreaterThanOrEqual(kept)
  expect(scrapes).toBeGreaterThan(KILLS)
}, 600_000)
