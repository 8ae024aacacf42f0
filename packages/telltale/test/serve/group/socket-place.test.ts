import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { linkSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Claim } from '../../../src/serve/group/meeting-place.js'
import { SocketPlace } from '../../../src/serve/group/socket-place.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tt-place-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const meeting = () => join(folder, 'meeting')
const place = () => new SocketPlace('key', [meeting()])

async function claimed(): Promise<Claim> {
  return (await (await place().look()).claim())!
}

/** A socket whose process is gone, as one that was killed leaves it. */
async function leaveStale(): Promise<void> {
  const { server } = await claimed()
  await new Promise((resolve) => server.close(resolve))
}

test('the folder is for the user alone, and who leads is found in it', async () => {
  const claim = await claimed()
  expect((await stat(meeting())).mode & 0o777).toBe(0o700)
  expect(await readdir(meeting())).toEqual(['key.1'])
  const { socket } = await place().look()
  expect(socket?.readyState).toBe('open')
  socket!.destroy()
  claim.release()
  expect(await readdir(meeting())).toEqual([])
})

test('a socket that nobody listens on any longer is replaced, and removed', async () => {
  await leaveStale()
  await leaveStale()
  const claim = await claimed()
  expect(await readdir(meeting())).toEqual(['key.3'])
  claim.release()
})

test('of many that find a stale socket at once, one takes its place', async () => {
  for (let round = 0; round < 20; round++) {
    await leaveStale()
    const found = await Promise.all(Array.from({ length: 20 }, () => place().look()))
    const claims = await Promise.all(found.map((one) => one.claim()))
    const held = claims.filter((claim) => claim !== undefined)
    expect(held).toHaveLength(1)
    const late = await place().look()
    expect(await late.claim()).toBeUndefined()
    late.socket?.destroy()
    held[0]!.release()
  }
})

test('who looked long ago and claims now, does not lead beside the one that leads', async () => {
  const early = await place().look()
  await leaveStale()
  const claim = await claimed()
  expect(await early.claim()).toBeUndefined()
  expect(await claim.renew()).toBe(true)
  claim.release()
})

test('who leads is found, whatever is removed beside it or cannot be', async () => {
  await mkdir(join(meeting(), 'key.1'), { recursive: true })
  // Of processes that come in the same moment, one removes its first file while another one looks at it.
  await symlink(join(folder, 'gone'), join(meeting(), 'key.0123456789ab.new'))
  const claim = await claimed()
  const { socket } = await place().look()
  expect(socket?.readyState).toBe('open')
  socket!.destroy()
  claim.release()
})

test('a leader that is stopped is led beside by nobody, however many have knocked at it', async () => {
  await mkdir(meeting(), { mode: 0o700 })
  const seat = join(meeting(), 'key.1')
  const program = 'net.createServer().listen({ path: process.argv[1], backlog: 4 }, () => console.log())'
  const leader = spawn(process.execPath, ['-e', program, seat], { stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void leader.kill('SIGKILL'))
  await once(leader.stdout, 'data')
  leader.kill('SIGSTOP')
  // What has been closed stays in the queue of who is stopped.
  while (await knocked(seat));
  expect(await (await place().look()).claim()).toBeUndefined()
  const exit = once(leader, 'exit')
  leader.kill('SIGKILL')
  await exit
  const claim = await (await place().look()).claim()
  expect(claim).toBeDefined()
  claim!.release()
})

/** Whether a process that listens there can be connected to. */
async function knocked(path: string): Promise<boolean> {
  const socket = connect(path)
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  })
  socket.destroy()
  return isConnected
}

test('a leader whose file was removed is found again', async () => {
  const claim = await claimed()
  let connected = 0
  claim.server.on('connection', (socket) => {
    connected++
    socket.destroy()
  })
  await rm(meeting(), { recursive: true })
  expect(await claim.renew()).toBe(true)
  const { socket } = await place().look()
  await new Promise((resolve) => socket!.on('close', resolve))
  expect(connected).toBe(1)
  claim.release()
})

test('of two that lead because the folder was removed the first goes on, and the other one hears that it has lost', async () => {
  const first = await claimed()
  await rm(meeting(), { recursive: true })
  const other = await claimed()
  let connected = 0
  first.server.on('connection', (socket) => {
    connected++
    socket.destroy()
  })
  expect(await first.renew()).toBe(true)
  expect(await other.renew()).toBe(false)
  other.leaveToOthers()
  const { socket } = await place().look()
  await new Promise((resolve) => socket!.on('close', resolve))
  expect(connected).toBeGreaterThan(0)
  first.release()
})

test('who leaves does not remove the socket of another one that came in its place', async () => {
  const first = await claimed()
  await rm(meeting(), { recursive: true })
  const other = await claimed()
  first.release()
  const { socket } = await place().look()
  expect(socket?.readyState).toBe('open')
  socket!.destroy()
  other.release()
})

test('of a leader that is gone is known who may know what it knew; where that could not be written, nothing is', async () => {
  const claim = await claimed()
  claim.nameWitnesses(['5000001-1'])
  claim.nameWitnesses(['5000001-1', '5000002-1'])
  expect((await readdir(meeting())).sort()).toEqual(['key.1', 'key.1.witnesses'])
  await new Promise((resolve) => claim.server.close(resolve))
  expect((await place().look()).witnesses).toEqual(['5000001-1', '5000002-1'])
  // As on a full disk: what is there names too few by now.
  await mkdir(join(meeting(), 'key.1.witnesses.new'))
  claim.nameWitnesses(['5000001-1', '5000002-1', '5000003-1'])
  expect((await place().look()).witnesses).toBeUndefined()
  await rm(join(meeting(), 'key.1.witnesses.new'), { recursive: true })
  claim.nameWitnesses(['5000004-1'])
  const next = await claimed()
  expect(await readdir(meeting())).toEqual(['key.2'])
  next.nameWitnesses(['5000004-1'])
  next.release()
  expect(await readdir(meeting())).toEqual([])
})

test('a leader hears that it has lost to one with a later number', async () => {
  const claim = await claimed()
  const other = (await (await new SocketPlace('other', [meeting()]).look()).claim())!
  other.server.on('connection', (socket) => socket.destroy())
  linkSync(join(meeting(), 'other.1'), join(meeting(), 'key.7'))
  expect(await claim.renew()).toBe(false)
  claim.release()
  other.release()
})

test.each([
  ['a file', /meeting: it is no folder/, () => writeFile(meeting(), '')],
  ['a link to another folder', /meeting: it is no folder/, () => symlink(folder, meeting())],
  ['below a file', /below: ENOTDIR/, () => writeFile(meeting(), ''), 'below'],
])(
  'a folder that is %s is not used; the message says so and what to do',
  async (_, reason, make, below = '') => {
    await make()
    const claim = new SocketPlace('key', [join(meeting(), below)]).look().then((found) => found.claim())
    await expect(claim).rejects.toMatchObject({ code: 'TELLTALE_GROUP' })
    await expect(claim).rejects.toThrow(reason)
    await expect(claim).rejects.toThrow(/Set TMPDIR to such a folder/)
  },
)

test('where the first folder cannot be used, all meet in the second', async () => {
  const folders = ['/proc/telltale', meeting()]
  const claim = await (await new SocketPlace('key', folders).look()).claim()
  const { socket } = await new SocketPlace('key', folders).look()
  expect(socket).toBeDefined()
  socket!.destroy()
  claim!.release()
})

test('a folder of the user in which nothing can be made is named, with what to do', async () => {
  const claim = new SocketPlace('key', ['/proc/self/fd']).look().then((found) => found.claim())
  await expect(claim).rejects.toThrow(
    /got no folder for their socket \(\/proc\/self\/fd: E[A-Z]+\), expected one that/,
  )
  await expect(claim).rejects.toThrow(/Set TMPDIR to such a folder for all of them, free space on its disk/)
})

test('a path that is too long for a socket is not tried', async () => {
  const long = join(folder, 'x'.repeat(80))
  const claim = new SocketPlace('key', [long]).look().then((found) => found.claim())
  await expect(claim).rejects.toThrow(/too long for a socket/)
})

test('what the last process of another group left long ago is removed, and what is in use stays', async () => {
  const other = await (await new SocketPlace('living', [meeting()]).look()).claim()
  const dead = await (await new SocketPlace('dead', [meeting()]).look()).claim()
  await new Promise((resolve) => dead!.server.close(resolve))
  // Who keeps a journal writes it only when something changes.
  await writeFile(join(meeting(), 'living.journal'), '')
  other!.nameWitnesses(['5000001-1'])
  for (const file of ['dead.1.witnesses.new', 'gone.1.witnesses']) await writeFile(join(meeting(), file), '')
  for (const file of await readdir(meeting())) await utimes(join(meeting(), file), 1, 1)
  const claim = await claimed()
  const kept = ['key.1', 'living.1', 'living.1.witnesses', 'living.journal']
  // What is about a socket goes with the next sweep, when the socket has gone.
  const files = async () => (await readdir(meeting())).sort().join()
  while ((await files()) !== ['dead.1.witnesses.new', ...kept].join())
    await new Promise((resolve) => setImmediate(resolve))
  claim.release()
  other!.release()
})
