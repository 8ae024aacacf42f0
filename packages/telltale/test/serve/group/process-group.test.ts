import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expose } from '../../../src/exposition/expose.js'
import { Counter } from '../../../src/metrics/counter.js'
import { Gauge } from '../../../src/metrics/gauge.js'
import { Histogram } from '../../../src/metrics/histogram.js'
import { Registry } from '../../../src/registry/registry.js'
import { Connection } from '../../../src/serve/group/connection.js'
import { GROUP_PROTOCOL, helloOf, VALUES_FORMAT } from '../../../src/serve/group/group-message.js'
import { groupKey } from '../../../src/serve/group/group-name.js'
import { processIdOf } from '../../../src/serve/group/process-id.js'
import { SocketPlace } from '../../../src/serve/group/socket-place.js'
import { roleOf, scraped, TestGroup, type TestMember, until } from './test-group.js'

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

test('a member of another version is refused with a message on both sides, and serves its own metrics', async () => {
  await using group = await TestGroup.open()
  const { folder } = group
  const leader = await group.join()
  leader.jobs.labels('mail').inc(5)
  const socket = (await new SocketPlace(groupKey('test'), [join(folder, 'meeting')]).look()).socket!
  const stranger = new Connection(socket)
  stranger.send({ ...helloOf('77-1-0.0'), protocol: GROUP_PROTOCOL + 1 })
  expect(await stranger.first(5)).toMatchObject({ kind: 'refused', reason: 'version' })
  await stranger.closed
  expect(leader.warnings).toHaveLength(1)
  expect(leader.warnings[0]).toMatch(
    /process 77 cannot join the process group: got protocol 4 .* expected protocol 3/,
  )

  const meeting = join(folder, 'other')
  const claim = (await (await new SocketPlace(groupKey('test'), [meeting]).look()).claim())!
  claim.server.on('connection', (accepted) => {
    const refusal = {
      kind: 'refused',
      reason: 'version',
      process: '88-1-0.0',
      protocol: 9,
      values: 1,
    } as const
    new Connection(accepted).send(refusal)
  })
  const refused = await group.join({ folders: [meeting] })
  refused.jobs.labels('mail').inc(2)
  expect(refused.group.role).toBe('alone')
  expect(refused.warnings).toHaveLength(1)
  expect(refused.warnings[0]).toMatch(/serves its own metrics: process 88 leads it with protocol 9/)
  expect(await scraped(refused.group, total)).toBe(2)
  claim.release()
})

test('where there is no folder to meet in, each process serves its own metrics and says why', async () => {
  await using group = await TestGroup.open()
  const alone = await group.join({ folders: ['/proc/telltale'] })
  alone.jobs.labels('mail').inc(2)
  expect(await roleOf(alone.group)).toBe(true)
  expect(await scraped(alone.group, total)).toBe(2)
  expect(alone.warnings).toEqual([expect.stringMatching(/cannot meet: got no folder .*\/proc\/telltale/)])
})

test('of two definitions of one metric the first is shown, with a count and one warning of the other', async () => {
  await using group = await TestGroup.open()
  const [first, second] = [await group.join(), await group.join()]
  const { registry } = first
  new Counter({ name: 'orders_total', help: 'O.', labels: ['shop'], registry }).labels('a').inc(3)
  await until(async () => (await scraped(second.group, 'orders_total{shop="a"}')) === 3)
  new Gauge({ name: 'orders_total', help: 'O.', registry: second.registry }).set(50)
  const clashes = 'telltale_group_definition_clashes_total{metric="orders_total"}'
  await until(async () => (await scraped(second.group, clashes)) === 1)
  second.jobs.labels('mail').inc()
  const { body } = await expose(second.group)
  expect(body).toContain('orders_total{shop="a"} 3')
  expect(body).toContain('jobs_total{kind="mail"} 1')
  expect(body).not.toContain('orders_total 50')
  expect(body.match(/^# TYPE orders_total .*/gm)).toEqual(['# TYPE orders_total counter'])
  expect(first.warnings).toHaveLength(1)
  expect(first.warnings[0]).toMatch(
    /metric "orders_total" .* a counter with labels .*shop.* and a gauge .* the first one is shown. Give one of them another name/,
  )
  expect(second.warnings).toEqual([])
})

test('a process of a Node.js that writes values otherwise is refused, and both sides say so', async () => {
  await using group = await TestGroup.open()
  const leader = await group.join()
  const place = new SocketPlace(groupKey('test'), [join(group.folder, 'meeting')])
  const stranger = new Connection((await place.look()).socket!)
  stranger.send({ ...helloOf('77-1-0.0'), values: VALUES_FORMAT + 1 })
  expect(await stranger.first(5)).toMatchObject({ kind: 'refused', reason: 'version', values: VALUES_FORMAT })
  await stranger.closed
  expect(leader.warnings).toEqual([
    expect.stringMatching(
      /process 77 cannot join .* run all processes of the group with one version of telltale/,
    ),
  ])
})

test('a process that was refused joins when it can, without being started again', async () => {
  await using group = await TestGroup.open()
  const meeting = join(group.folder, 'other')
  const claim = (await (await new SocketPlace(groupKey('test'), [meeting]).look()).claim())!
  const format = { protocol: GROUP_PROTOCOL + 1, values: VALUES_FORMAT }
  claim.server.on('connection', (accepted) =>
    new Connection(accepted).send({ kind: 'refused', reason: 'version', process: '88-1-0.0', ...format }),
  )
  const refused = await group.join({ folders: [meeting] })
  expect(refused.group.role).toBe('alone')
  claim.release()
  await until(() => refused.group.role === 'leader')
  expect(refused.warnings).toHaveLength(1)
})

test.each([
  ['takes nobody in', 'joining'],
  ['answers no scrape', 'member'],
] as const)('while a leader %s, no scrape shows the counts of one process alone', async (_, role) => {
  await using group = await TestGroup.open()
  const place = new SocketPlace(groupKey('test'), [join(group.folder, 'meeting')])
  const claim = (await (await place.look()).claim())!
  claim.server.on('connection', (accepted) => {
    const connection = new Connection(accepted)
    if (role === 'member') connection.send({ kind: 'welcome', process: '88-1-0.0', worker: 1 })
  })
  const member = group.begin()
  await until(() => member.group.role === role)
  member.jobs.labels('mail').inc(2)
  const scrape = expose(member.group, { seconds: 0.2 })
  await expect(scrape).rejects.toMatchObject({ code: 'TELLTALE_GROUP' })
  await expect(scrape).rejects.toThrow(/got no answer from the process that leads .* within 0.2 s, expected/)
  claim.release()
})

test('who finds the place of a dead leader leads at once when nobody who knew what it knew is alive', async () => {
  await using group = await TestGroup.open()
  const witnesses = { living: processIdOf({}, 'witness'), dead: '5000001-1-0.0' }
  for (const [folder, witness] of Object.entries(witnesses)) {
    const place = new SocketPlace(groupKey('test'), [join(group.folder, folder)])
    const claim = (await (await place.look()).claim())!
    claim.nameWitnesses([witness])
    await new Promise((resolve) => claim.server.close(resolve))
  }
  const waiting = Object.keys(witnesses).map(async (folder) => {
    await group.join({ folders: [join(group.folder, folder)] })
    return folder
  })
  expect(await Promise.race(waiting)).toBe('dead')
  expect(await Promise.all(waiting)).toEqual(['living', 'dead'])
})

test('a leader says who may know what it knows, before they do', async () => {
  await using group = await TestGroup.open()
  const members: TestMember[] = []
  const named = async () => {
    const text = await readFile(join(group.folder, 'meeting', `${groupKey('test')}.1.witnesses`), 'utf8')
    return JSON.parse(text) as unknown
  }
  for (let i = 0; i < 4; i++) {
    members.push(await group.join())
    await until(
      async () =>
        (await scraped(members[i]!.group, 'telltale_group_members')) === (i > 0 ? i + 1 : undefined),
    )
    const deputies = members.slice(0, 3).map(({ registry }) => processIdOf(registry, undefined))
    expect(await named()).toEqual(deputies)
  }
  await members[1]!.group.stop()
  const now = [members[0]!, members[2]!, members[3]!].map(({ registry }) => processIdOf(registry, undefined))
  await until(async () => JSON.stringify(await named()) === JSON.stringify(now))
})

test('nonsense on the socket costs its own connection only', async () => {
  await using group = await TestGroup.open()
  const leader = await group.join()
  const member = await group.join()
  member.jobs.labels('mail').inc(4)
  const place = new SocketPlace(groupKey('test'), [join(group.folder, 'meeting')])
  for (const bytes of [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.from([0, 0, 0, 2, 0x7b, 0x7d]),
    Buffer.alloc(64, 255),
  ]) {
    const { socket } = await place.look()
    socket!.end(bytes)
    socket!.resume()
    await new Promise((resolve) => socket!.on('close', resolve))
  }
  expect(await scraped(leader.group, total)).toBe(4)
})

test('the same metrics joined twice are counted once; the second one is told', async () => {
  await using group = await TestGroup.open()
  const leader = await group.join()
  leader.jobs.labels('mail').inc(4)
  const again = await group.join({ source: leader.registry })
  expect(again.group.role).toBe('alone')
  expect(again.warnings[0]).toMatch(/these metrics are in it already/)
  expect(await scraped(leader.group, total)).toBe(4)
})

test('gauges become one as they declare, and those of processes that are not there go', async () => {
  await using group = await TestGroup.open()
  const modes = ['sum', 'min', 'max', 'average', 'mostrecent', 'livemostrecent', 'all'] as const
  const members = [await group.join(), await group.join()]
  const gauges = members.map(({ registry }) =>
    modes.map((across) => new Gauge({ name: `gauge_${across}`, help: 'G.', across, registry })),
  )
  const shown = async () => {
    const samples = modes.map((mode) => scraped(members[0]!.group, `gauge_${mode}`))
    return Object.fromEntries((await Promise.all(samples)).map((value, i) => [modes[i]!, value]))
  }
  for (const gauge of gauges[0]!) gauge.set(2)
  await shown()
  for (const gauge of gauges[1]!) gauge.set(6)
  expect(await shown()).toEqual({
    sum: 8,
    min: 2,
    max: 6,
    average: 4,
    mostrecent: 6,
    livemostrecent: 6,
    all: undefined,
  })
  expect(await scraped(members[0]!.group, 'gauge_all{worker="1"}')).toBe(6)
  await members[1]!.group.stop()
  await until(async () => (await shown()).sum === 2)
  expect(await shown()).toMatchObject({ min: 2, max: 2, average: 2, mostrecent: 6, livemostrecent: 2 })
  expect(await scraped(members[0]!.group, 'gauge_all{worker="1"}')).toBeUndefined()
})

test('exemplars, native buckets and beginnings of all processes are in the scrape of the group', async () => {
  await using group = await TestGroup.open()
  const members = await Promise.all(
    [1, 2].map(async (i) => {
      const registry = new Registry({ createdTimes: true })
      const latency = new Histogram({ name: 'latency', help: 'L.', buckets: [1], native: true, registry })
      registry.withExemplar({ trace_id: `t${i}` }, () => latency.observe(i - 0.5))
      return (await group.join({ source: registry })).group
    }),
  )
  await until(async () => (await scraped(members[0]!, 'telltale_group_members')) === 2)
  const { body } = await expose(members[1]!, { accept: 'application/openmetrics-text;version=1.0.0' })
  expect(body).toMatch(/latency_bucket\{le="1.0"\} 1 # \{trace_id="t1"\} 0.5/)
  expect(body).toMatch(/latency_bucket\{le="\+Inf"\} 2 # \{trace_id="t2"\} 1.5/)
  expect(body).toMatch(/latency_created \d+/)
  const { families } = await members[0]!.gather()
  const natives: unknown[] = []
  const family = families.find(({ name }) => name === 'latency')!
  family.emit({ family() {}, sample() {}, native: (_, native) => natives.push(native) }, 0, 1)
  expect(natives).toEqual([expect.objectContaining({ count: 2, sum: 2 })])
})
