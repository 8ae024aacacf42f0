import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { exposeJson } from '../../packages/telltale/src/exposition/expose.js'
import { Registry } from '../../packages/telltale/src/registry/registry.js'
import { Connection } from '../../packages/telltale/src/serve/group/connection.js'
import { helloOf } from '../../packages/telltale/src/serve/group/group-message.js'
import { groupKey } from '../../packages/telltale/src/serve/group/group-name.js'
import { ProcessGroup } from '../../packages/telltale/src/serve/group/process-group.js'
import { SocketPlace } from '../../packages/telltale/src/serve/group/socket-place.js'
import { SimulatedProcess } from '../../packages/telltale/test/aggregate/group/simulated-process.js'

const PROCESSES = 10_000
const AT_ONCE = 50
/** No process of a machine has a number as high. */
const FIRST_PID = 5_000_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

test('10,000 processes that came and went: all they counted is there, and the memory is what it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tt-group-'))
  const meeting = join(folder, 'meeting')
  const group = ProcessGroup.join({ name: 'many', source: new Registry(), folders: [meeting] })
  await new Promise<boolean>((resolve) => group.onLeadership(resolve))
  const place = new SocketPlace(groupKey('many'), [meeting])

  /** A process from its beginning to its end, on the socket, as a real one. */
  const live = async (pid: number) => {
    const simulated = new SimulatedProcess(`${pid}-1-0.0`)
    const { socket } = await place.look()
    const connection = new Connection(socket!)
    connection.send(helloOf(simulated.id))
    expect((await connection.first(10))?.kind).toBe('welcome')
    simulated.jobs.labels(`kind-${pid % 10}`).inc(3)
    for (const event of simulated.changes()) {
      if (event.kind === 'updated') connection.send({ kind: 'update', update: event.update })
    }
    connection.end()
    await connection.closed
  }
  const liveAll = async (from: number, to: number) => {
    for (let pid = from; pid < to; pid += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => live(FIRST_PID + pid + i)))
    }
  }
  const heap = async () => {
    await until(async () => (await shown(group, 'telltale_group_members')) === 1)
    collectGarbage()
    return process.memoryUsage().heapUsed
  }

  await liveAll(0, PROCESSES / 10)
  const before = await heap()
  await liveAll(PROCESSES / 10, PROCESSES)
  const after = await heap()
  console.log(`heap after ${PROCESSES / 10} processes ${before} bytes, after ${PROCESSES} ${after} bytes`)
  expect(await shown(group, 'jobs_total')).toBe(PROCESSES * 3)
  expect(await shown(group, 'telltale_group_worker_info')).toBe(1)
  // What the test itself leaves: compiled code, and what its framework keeps of 10,000 expectations.
  expect(after - before).toBeLessThan(4e6)
  await group.stop()
  await rm(folder, { recursive: true })
})

/** The sum of a family's values in a scrape. */
async function shown(group: ProcessGroup, name: string): Promise<number> {
  const family = (await exposeJson(group)).find((one) => one.name === name)
  return family?.values.reduce((sum, { value }) => sum + value, 0) ?? 0
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10))
}
