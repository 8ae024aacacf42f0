import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
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
import { journalIn } from '../../../src/serve/group/journal-file.js'
import { LedgerJournal } from '../../../src/serve/group/ledger-journal.js'
import { processIdOf } from '../../../src/serve/group/process-id.js'
import { newestLedger } from '../../../src/serve/group/succession.js'
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
  await kept.written
  simulated.jobs.labels('mail').inc(counted)
  for (const event of simulated.changes()) {
    ledger.apply(event)
    kept.note(messageBytes({ kind: 'event', event }))
  }
  kept.leave()
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}

/** Those that are finished; while one is written anew, there is another file beside it. */
async function journalsIn(where: string): Promise<readonly string[]> {
  return (await readdir(where).catch(() => [])).filter((file) => file.endsWith('.journal'))
}

/** What the next leader finds of the process that counted. */
function taken(): number | undefined {
  return countedIn(journal().take(() => {}))
}

function takenFrom(file: string): number | undefined {
  return countedIn(journalIn(file, () => {})?.ledger)
}

function countedIn(ledger: GroupLedger | undefined): number | undefined {
  const family = ledger?.view().find(({ name }) => name === 'jobs_total')
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
  ['what another version wrote', frame('{"kind":"hello","protocol":0,"values":15,"process":"1-1-0.0"}')],
])('of a file with %s nothing is taken', async (_, content) => {
  await mkdir(memory(), { mode: 0o700 })
  await writeFile(path(), content)
  expect(taken()).toBeUndefined()
  expect(warnings).toEqual([])
})

test.each([
  ['at its beginning', 4],
  ['in its middle', 200],
])('a journal with nonsense %s is removed, with a warning that says so', async (_, at) => {
  await leaveJournal(own, 7)
  const bytes = await readFile(path())
  await writeFile(path(), bytes.fill('GET / HTTP/1.1', at, at + 40))
  expect(taken()).toBeUndefined()
  expect(warnings).toEqual([
    expect.stringMatching(/journal of the process group cannot be read: got .*Error/),
  ])
  expect(await readdir(memory())).toEqual([])
})

test('of a journal in a folder that somebody else can have made nothing is taken', async () => {
  await leaveJournal(own, 7)
  await rename(memory(), join(folder, 'elsewhere'))
  await symlink(join(folder, 'elsewhere'), memory())
  expect(taken()).toBeUndefined()
  expect(await readdir(join(folder, 'elsewhere'))).toEqual(['key.journal'])
})

test('what is in the way of a journal and cannot be removed costs the journal alone', async () => {
  await using group = await TestGroup.open()
  const options = { memoryFolders: [memory()] }
  const first = await group.join(options)
  await group.join(options)
  await until(async () => (await journalsIn(memory())).length === 1)
  const [file] = await journalsIn(memory())
  for (const { group: one } of group.members) await one.stop()
  await mkdir(join(memory(), file!))
  const [third, fourth] = [await group.join(options), await group.join(options)]
  third.jobs.labels('mail').inc(2)
  expect(await scraped(fourth.group, total)).toBe(2)
  await until(() => third.warnings.length > 1)
  expect(third.warnings).toEqual([
    expect.stringMatching(/journal of the process group cannot be read: got .*EISDIR/),
    expect.stringMatching(/keeps no journal: got .*EISDIR/),
  ])
  expect(first.warnings).toEqual([])
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
    kept.refresh(ledger)
    await new Promise((resolve) => setTimeout(resolve, 5))
    sizes.push((await stat(path())).size)
  }
  expect(Math.max(...sizes)).toBeLessThan(2 ** 21)
  expect(sizes.some((size, i) => size < sizes[i - 1]!)).toBe(true)
  kept.close()
  expect(await readdir(memory())).toEqual([])
})

test.each([
  ['was removed', () => rm(memory(), { recursive: true })],
  ['another one has been put in the place of', () => leaveJournal(own, 3)],
])('a journal that %s is there again', async (_, interfere) => {
  await leaveJournal(own, 7)
  const kept = journal()
  const ledger = kept.take(() => {})!
  kept.keep(ledger)
  await kept.written
  await interfere()
  kept.refresh(ledger)
  await kept.written
  expect(taken()).toBe(7)
  kept.close()
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

test('a process by itself has no journal, a group has one, and the last that leaves removes it', async () => {
  await using group = await TestGroup.open()
  const options = { memoryFolders: [memory()] }
  const first = await group.join(options)
  expect(await scraped(first.group, 'telltale_group_members')).toBeUndefined()
  expect(await exists(memory())).toBe(false)
  const second = await group.join(options)
  await until(() => exists(memory()))
  await until(async () => (await journalsIn(memory())).length === 1)
  await first.group.stop()
  expect(await journalsIn(memory())).toHaveLength(1)
  await second.group.stop()
  expect(await readdir(memory())).toEqual([])
})

test.each([
  ['in a cluster go on', { process: own, endsInOrder: false }, 12],
  ['under PM2 begin at zero', { process: own, endsInOrder: true }, 5],
])('when all have left in order, those that come next %s', async (_, anchor, shown) => {
  await using group = await TestGroup.open()
  // These are not the anchor itself, though they are in its process.
  const options = { memoryFolders: [memory()], anchor: { ...anchor, process: `${anchor.process}-parent` } }
  for (let i = 0; i < 2; i++) {
    const both = [await group.join(options), await group.join(options)]
    both[0]!.jobs.labels('mail').inc(i === 0 ? 7 : 5)
    await until(async () => (await scraped(both[1]!.group, total)) === (i === 0 ? 7 : shown))
    for (const { group } of both) await group.stop()
  }
  expect(await readdir(memory())).toHaveLength(anchor.endsInOrder ? 0 : 1)
})

test('what a scrape shows is in the journal before it is answered', async () => {
  await using group = await TestGroup.open()
  const options = { memoryFolders: [memory()], anchor: { process: `${own}-parent`, endsInOrder: false } }
  const { group: first, jobs, registry } = await group.join({ ...options, intervalSeconds: 3600 })
  jobs.labels('mail').inc(3)
  expect(await scraped(first, total)).toBe(3)
  expect(registry.families).toHaveLength(1)
  const [file] = await readdir(memory())
  expect(takenFrom(join(memory(), file!))).toBe(3)
})

test('the journal is that of the later leader, even if a deputy of an earlier one has the lead', () => {
  const [older, newer] = [new GroupLedger(), new GroupLedger()]
  older.apply({ kind: 'reign', reign: 2 })
  newer.apply({ kind: 'reign', reign: 3 })
  expect(newestLedger(newer, older)).toBe(newer)
  expect(newestLedger(older, newer)).toBe(newer)
  expect(newestLedger(undefined, older)).toBe(older)
  const copy = new GroupLedger()
  for (const event of newer.events()) copy.apply(event)
  expect(newestLedger(copy, newer)).toBe(copy)
})

test('what a killed leader of another group left long ago is removed, and what is kept stays', async () => {
  await mkdir(memory(), { mode: 0o700 })
  const hello = (process: string, anchor = dead) =>
    frame(`{"kind":"hello","protocol":3,"values":15,"process":"${process}","anchor":"${anchor}"}`)
  const files = {
    'dead.journal': hello(dead),
    'living.journal': hello(own),
    'primary-lives.journal': hello(dead, own),
    'broken.journal.x.new': '',
  }
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(memory(), file), content)
    await utimes(join(memory(), file), 1, 1)
  }
  await writeFile(join(memory(), 'young.journal'), hello(dead))
  await leaveJournal(own, 1)
  const kept = ['key.journal', 'living.journal', 'primary-lives.journal', 'young.journal']
  expect((await readdir(memory())).sort()).toEqual(kept)
  expect(await readFile(join(memory(), 'young.journal'), 'utf8')).toContain(dead)
})

function frame(text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, Buffer.from(text)])
}
