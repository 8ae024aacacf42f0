import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client, until } from './pm2/client.js'
import { RunningPm2 } from './pm2/running-pm2.js'

// PM2 comes from the npm registry while the test runs, through npm's cache: about ten seconds, and at most two minutes.

let pm2: RunningPm2
beforeAll(async () => {
  pm2 = await RunningPm2.open()
})
afterAll(() => pm2?.[Symbol.asyncDispose]())

test('in cluster mode all processes are one scrape, and a reload loses nothing of what they counted', async () => {
  const client = await Client.of(1)
  await pm2.start({ name: 'shop', mode: 'cluster', instances: 4, env: client.env })
  await client.members(4)
  await until(async () => {
    await client.ask(10)
    return client.pids.size === 4
  })
  // Nobody has scraped since they began to count: what they counted, only they know when they are reloaded.
  await pm2.run('reload', 'shop')
  await client.members(4)
  const counted = (await client.scrape()).get('answers_total')
  expect(counted).toBe(client.answered)
  expect([...client.pids].filter((pid) => isThere(Number(pid)))).toEqual([])

  const falls = await client.underLoad(async () => {
    await pm2.run('reload', 'shop')
    await pm2.run('scale', 'shop', '2')
    await pm2.run('scale', 'shop', '3')
  })
  expect(falls).toEqual([])
  await client.members(3)
  const shown = (await client.scrape()).get('answers_total')
  expect(shown).toBeGreaterThan(counted!)
  expect(shown).toBeLessThanOrEqual(client.asked)

  const last = await pm2.pids('shop')
  await pm2.run('delete', 'shop')
  expect(last.filter(isThere)).toEqual([])
  expect(await pm2.meeting()).toEqual([])
  expect(await client.isServed()).toBe(false)
})

test('in fork mode two processes are one scrape, and a killed one is started again without a count being lost', async () => {
  const client = await Client.of(2)
  await pm2.start({ name: 'stall', mode: 'fork', instances: 2, env: client.env })
  await client.members(2)
  await client.ask(20)
  expect(client.pids.size).toBe(2)
  expect((await client.scrape()).get('answers_total')).toBe(client.answered)

  const [first] = await pm2.pids('stall')
  process.kill(first!, 'SIGKILL')
  await until(async () => !isThere(first!))
  await client.members(2)
  expect((await client.scrape()).get('answers_total')).toBe(client.answered)

  // PM2 starts both again: as long as its daemon is there, so is what they counted.
  const both = await pm2.pids('stall')
  for (const pid of both) process.kill(pid, 'SIGKILL')
  await until(async () => !both.some(isThere))
  await client.members(2)
  expect((await client.scrape()).get('answers_total')).toBe(client.answered)

  await client.ask(20)
  // Where all processes leave in order at once, as in a reload of two in fork mode, the application has ended.
  for (const id of await pm2.ids('stall')) {
    await pm2.run('restart', id)
    await client.members(2)
  }
  expect((await client.scrape()).get('answers_total')).toBe(client.answered)
  await pm2.run('delete', 'stall')
  expect(await pm2.meeting()).toEqual([])
  expect(await client.isServed()).toBe(false)
})

test('two applications of one PM2 are two scrapes, and none of their processes has anything to warn of', async () => {
  const [one, two] = [await Client.of(1), await Client.of(1)]
  await pm2.start({ name: 'one', mode: 'cluster', instances: 2, env: one.env })
  await pm2.start({ name: 'two', mode: 'cluster', instances: 2, env: two.env })
  await Promise.all([one.members(2), two.members(2)])
  await one.ask(3)
  await two.ask(5)
  expect((await one.scrape()).get('answers_total')).toBe(3)
  expect((await two.scrape()).get('answers_total')).toBe(5)
  expect(await pm2.output()).not.toMatch(/Warning|Error/)
  await pm2.run('delete', 'all')
  expect(await pm2.meeting()).toEqual([])
})

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
