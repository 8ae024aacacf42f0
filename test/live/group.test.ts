import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from './group/member-message.js'
import { RunningGroup } from './group/running-group.js'

const WORKERS = 8

test('a scrape of eight workers, one of them blocked, is complete within 250 ms', async () => {
  await using group = await RunningGroup.open()
  for (let i = 0; i < WORKERS; i++) (await group.start()).tell({ do: 'count', times: 10 })
  while ((await group.scrape()).get('jobs_total') !== WORKERS * 10);
  const blocked = group.members[1]!
  blocked.tell({ do: 'block', seconds: 20 })
  await blocked.next('blocking')
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    group.members[2]!.tell({ do: 'count', times: 1 })
    const start = performance.now()
    const samples = await group.scrape()
    times.push(performance.now() - start)
    expect(samples.get('jobs_total')).toBeGreaterThanOrEqual(WORKERS * 10)
    expect(samples.get('connections')).toBe(WORKERS)
    expect(samples.get('telltale_group_members')).toBe(WORKERS)
  }
  expect((await group.scrape()).get('telltale_group_silent_members')).toBe(1)
  console.log(`scrapes with a blocked worker took ${times.map(Math.round).join(', ')} ms`)
  // The best one says how long the group waits; others may have waited for a processor of a busy machine.
  expect(Math.min(...times)).toBeLessThan(250)
  expect(Math.max(...times)).toBeLessThan(5000)
})

test('a blocked deputy that the leader dies under is counted once when it comes back', async () => {
  await using group = await RunningGroup.open()
  for (let i = 0; i < 4; i++) (await group.start()).tell({ do: 'count', times: 10 })
  while ((await group.scrape()).get('jobs_total') !== 40);
  group.members[1]!.tell({ do: 'block', seconds: 2 })
  await group.members[1]!.next('blocking')
  await group.members[0]!.kill()
  expect((await group.scrape()).get('jobs_total')).toBe(40)
  while ((await group.scrape()).get('telltale_group_members') !== 3);
  group.members[1]!.tell({ do: 'count', times: 1 })
  while ((await group.scrape()).get('jobs_total') !== 41);
})

test('what a process counted in its last moment is in the group when it exits in order', async () => {
  await using group = await RunningGroup.open({ intervalSeconds: 60 })
  const [first, second] = [await group.start(), await group.start()]
  for (const member of [second, first]) {
    // Whoever leads may be answering to its beginning, and what is not read yet goes with a connection that breaks.
    while ((await group.scrape()).get('telltale_group_members') !== 2);
    const exit = once(member.child, 'exit')
    member.tell({ do: 'count', times: 7 })
    member.tell({ do: 'exit' })
    await exit
    if (member === second) await group.start()
  }
  expect((await group.scrape()).get('jobs_total')).toBe(14)
})

test('the metrics of each process are shown once for each of them, and never added up', async () => {
  await using group = await RunningGroup.open({ runtime: true })
  for (let i = 0; i < 3; i++) await group.start()
  while ((await group.scrape()).get('telltale_group_members') !== 3);
  const samples = [...(await group.scrape()).keys()]
  const resident = samples.filter((sample) => sample.startsWith('process_resident_memory_bytes'))
  expect(resident.sort()).toEqual([0, 1, 2].map((i) => `process_resident_memory_bytes{worker="${i}"}`))
  const workers = samples.filter((sample) => sample.startsWith('telltale_group_worker_info'))
  expect(workers).toHaveLength(3)
})

test('processes find each other by what they inherit, and those of another application are not among them', async () => {
  const env = { ...process.env, TELLTALE_GROUP: 'shop' }
  const pm2 = { ...process.env, pm_id: '1', name: 'api', PM2_HOME: '/home/shop/.pm2' }
  await using group = await RunningGroup.open({ name: undefined })
  for (const surroundings of [env, pm2, env, { ...pm2, pm_id: '2' }]) await group.start(surroundings)
  expect(group.members.map(({ role }) => role)).toEqual(['leader', 'leader', 'member', 'member'])
})

test('the workers of a cluster are one group without being told', async () => {
  await using group = await RunningGroup.open({ name: undefined })
  const program = join(group.folder, 'primary.mjs')
  await writeFile(
    program,
    `import cluster from 'node:cluster'
cluster.setupPrimary({ exec: process.argv[2], args: [process.argv[3]] })
for (let i = 0; i < 3; i++) cluster.fork().on('message', (report) => process.send(report))
`,
  )
  const primary = fork(program, [join(group.folder, 'member.mjs'), JSON.stringify(group.settings)])
  try {
    const roles: string[] = []
    primary.on('message', (report: Report) => {
      if (report.kind === 'role') roles.push(report.role)
    })
    while (roles.length < 3) await once(primary, 'message')
    expect(roles.sort()).toEqual(['leader', 'member', 'member'])
    while ((await group.scrape()).get('telltale_group_members') !== 3);
  } finally {
    const exit = once(primary, 'exit')
    primary.kill('SIGKILL')
    await exit
  }
})
