import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GroupLedger } from '../../../src/aggregate/group/group-ledger.js'
import { messageBytes } from '../../../src/serve/group/group-message.js'
import { LedgerJournal } from '../../../src/serve/group/ledger-journal.js'
import { processIdOf } from '../../../src/serve/group/process-id.js'
import { SimulatedProcess } from '../../aggregate/group/simulated-process.js'
import { scraped, TestGroup, type TestMember, until } from './test-group.js'

const own = processIdOf({}, 'leader')
/** No process of a machine has a number as high. */
const dead = '5000001-1-0.0'
const total = 'jobs_total{kind="mail"}'

let folder: string
let warnings: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tt-journal-'))
  warnings = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const memory = () => join(folder, 'memory')
const path = () => join(memory(), 'key.journal')
const journal = (process = own) =>
  new LedgerJournal(process, { key: 'key', folders: [memory()] }, (message) => warnings.push(message))

/** A ledger with what one process counted, in a journal that its leader has left. */
async function leaveJournal(process: string, counted: number): Promise<void> {
  const simulated = new SimulatedProcess(process)
  const ledger = new GroupLedger()
  const kept = journal(process)
  ledger.apply({ kind: 'entered', process, worker: 0 })
  kept.keep(ledger)
  await until(() => exists(path()))
  simulated.jobs.labels('mail').inc(counted)
  for (const event of simulated.changes()) {
    ledger.apply(event)
    kept.note(messageBytes({ kind: 'event', event }))
  }
  kept.flush(ledger)
  kept.leave()
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}

/** What the next leader finds of the process that counted. */
function taken(): number | undefined {
  const family = journal()
    .take(() => {})
    ?.view()
    .find(({ name }) => name === 'jobs_total')
  const values: number[] = []
  family?.emit({ family() {}, sample: (_series, _line, value) => values.push(value) }, 0, family.size)
  return values[0]
}

test('a leader that comes without knowing anything goes on with what is in the journal', async () => {
  await leaveJournal(own, 7)
  expect((await stat(path())).mode & 0o777).toBe(0o600)
  expect((await stat(memory())).mode & 0o777).toBe(0o700)
  expect(taken()).toBe(7)
})

test('a journal whose leader was killed while it wrote has all but the last words', async () => {
  await leaveJournal(own, 7)
  await appendFile(path(), Buffer.from([0, 0, 1, 0, 1, 2, 3]))
  expect(taken()).toBe(7)
})

test('the journal of a group that has ended is removed, and the next group begins at zero', async () => {
  await leaveJournal(dead, 7)
  expect(taken()).toBeUndefined()
  expect(await readdir(memory())).toEqual([])
})

test.each([
  ['nothing', ''],
  ['nonsense', 'GET / HTTP/1.1'],
  ['what another version wrote', frame('{"kind":"hello","protocol":0,"values":15,"process":"1-1-0.0"}')],
])('of a file with %s nothing is taken', async (_, content) => {
  await mkdir(memory(), { mode: 0o700 })
  await writeFile(path(), content)
  expect(taken()).toBeUndefined()
})

test('it does not grow for ever: what it says is written anew', async () => {
  const simulated = new SimulatedProcess(own)
  const ledger = new GroupLedger()
  const kept = journal()
  ledger.apply({ kind: 'entered', process: own, worker: 0 })
  kept.keep(ledger)
  await until(() => exists(path()))
  const sizes: number[] = []
  for (let i = 0; i < 60; i++) {
    for (let series = 0; series < 1000; series++) simulated.jobs.labels(`${series}`).inc()
    for (const event of simulated.changes()) {
      ledger.apply(event)
      kept.note(messageBytes({ kind: 'event', event }))
    }
    kept.flush(ledger)
    await new Promise((resolve) => setTimeout(resolve, 5))
    sizes.push((await stat(path())).size)
  }
  expect(Math.max(...sizes)).toBeLessThan(2 ** 21)
  expect(sizes.some((size, i) => size < sizes[i - 1]!)).toBe(true)
  kept.close()
  expect(await readdir(memory())).toEqual([])
})

test('on a full disk there is one warning that says so, and no journal', async () => {
  await mkdir(memory(), { mode: 0o700 })
  // Whatever is written there finds no room.
  await symlink('/dev/full', `${path()}.${own}.1.new`)
  const kept = journal()
  for (let i = 0; i < 3; i++) {
    kept.keep(new GroupLedger())
    await until(() => warnings.length > 0)
  }
  expect(warnings).toEqual([
    expect.stringMatching(/keeps no journal: got .*ENOSPC.*expected a folder.*free space/),
  ])
  expect(await readdir(memory())).toEqual([])
})

test('where its folder cannot be had, the group has no journal and all else', async () => {
  await using group = await TestGroup.open()
  const members: TestMember[] = []
  for (let i = 0; i < 5; i++) members.push(await group.join({ memoryFolders: ['/proc/telltale'] }))
  for (const { jobs } of members) jobs.labels('mail').inc()
  await until(async () => (await scraped(members[4]!.group, total)) === 5)
  await until(() => members[0]!.warnings.length > 0)
  expect(members[0]!.warnings).toEqual([
    expect.stringMatching(/keeps no journal: got .*\/proc\/telltale: ENOENT/),
  ])
})

test('a group has a journal while a process would be left without the leader and both deputies', async () => {
  await using group = await TestGroup.open()
  const options = { memoryFolders: [memory()] }
  const members: TestMember[] = []
  for (let i = 0; i < 3; i++) members.push(await group.join(options))
  await until(async () => (await scraped(members[0]!.group, 'telltale_group_members')) === 3)
  expect(await exists(memory())).toBe(false)
  await mkdir(memory(), { mode: 0o700 })
  const fourth = await group.join(options)
  await until(async () => (await readdir(memory())).length === 1)
  await fourth.group.stop()
  await until(async () => (await readdir(memory())).length === 0)
})

test('the journal that a leader leaves to the others is removed when they need none', async () => {
  await using group = await TestGroup.open()
  const options = { memoryFolders: [memory()] }
  const members: TestMember[] = []
  for (let i = 0; i < 4; i++) members.push(await group.join(options))
  await until(() => exists(memory()))
  await until(async () => (await readdir(memory())).length === 1)
  await members[0]!.group.stop()
  await until(async () => (await readdir(memory())).length === 0)
  expect(await scraped(members[3]!.group, 'telltale_group_members')).toBe(3)
})

test('what a killed leader of another group left long ago is removed, and what is kept stays', async () => {
  await mkdir(memory(), { mode: 0o700 })
  const hello = (process: string) => frame(`{"kind":"hello","protocol":2,"values":15,"process":"${process}"}`)
  const files = { 'dead.journal': hello(dead), 'living.journal': hello(own), 'broken.journal.x.new': '' }
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(memory(), file), content)
    await utimes(join(memory(), file), 1, 1)
  }
  await writeFile(join(memory(), 'young.journal'), hello(dead))
  await leaveJournal(own, 1)
  expect((await readdir(memory())).sort()).toEqual(['key.journal', 'living.journal', 'young.journal'])
  expect(await readFile(join(memory(), 'young.journal'), 'utf8')).toContain(dead)
})

function frame(text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, Buffer.from(text)])
}
