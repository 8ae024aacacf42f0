import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ChildGroup } from '../../src/stack/child-group.js'
import type { ChildOptions } from '../../src/stack/child-server.js'
import { until } from '../../src/stack/until.js'

const groups: ChildGroup[] = []

afterEach(async () => {
  for (const group of groups.splice(0)) await group.stop()
})

function newGroup(): ChildGroup {
  const group = new ChildGroup()
  groups.push(group)
  return group
}

function node(script: string, more: Partial<ChildOptions> = {}): ChildOptions {
  return {
    name: 'the child',
    command: process.execPath,
    args: ['-e', script],
    ready: async () => true,
    ...more,
  }
}

const forever = 'setInterval(() => {}, 1000)'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a server that ends before it is ready is reported with its last lines', async () => {
  const started = newGroup().start(
    node('console.error("no such cellar"); process.exit(3)', { ready: async () => false }),
  )
  await expect(started).rejects.toMatchObject({
    code: 'TELLTALE_SERVER_DIED',
    message: 'the child ended with exit code 3; its last lines were:\n    no such cellar',
  })
})

test('a server that never gets ready is stopped and reported', async () => {
  const started = newGroup().start(
    node(`console.log("still thinking"); ${forever}`, { ready: async () => false, readyWithin: 600 }),
  )
  await expect(started).rejects.toMatchObject({
    code: 'TELLTALE_SERVER_NOT_READY',
    message: expect.stringContaining('still thinking'),
  })
})

test('a command that does not exist is reported', async () => {
  const started = newGroup().start({ name: 'it', command: '/nonexistent', ready: async () => false })
  await expect(started).rejects.toMatchObject({ code: 'TELLTALE_SERVER_DIED' })
})

test('a server that ignores the request to end is killed', async () => {
  const lines = `process.on('SIGTERM', () => {}); console.log('deaf'); ${forever}`
  const group = newGroup()
  const child = await group.start(node(lines, { stopWithin: 100 }))
  await until(async () => child.lastLines()[0], { what: 'it to listen to signals' })
  await child.stop()
  expect(child.running).toBe(false)
  expect(isAlive(child.pid)).toBe(false)
})

test('what a server has started ends with it', async () => {
  const spawning = `
    const { spawn } = require('node:child_process')
    const inner = spawn(process.execPath, ['-e', ${JSON.stringify(forever)}])
    console.log(inner.pid)
    process.on('SIGTERM', () => process.exit(0))
    ${forever}`
  const child = await newGroup().start(node(spawning))
  const pid = Number(await until(async () => child.lastLines()[0], { what: 'the inner process' }))
  await child.stop()
  await until(async () => (isAlive(pid) ? undefined : true), { what: 'the inner process to end' })
})

test('a line for the shell may be a whole pipeline', async () => {
  const child = await newGroup().start({
    name: 'the line',
    command: 'WORD=hello; echo "$WORD you" && sleep 60',
    shell: true,
    ready: async () => true,
  })
  expect(await until(async () => child.lastLines()[0], { what: 'its output' })).toBe('hello you')
  await child.stop()
  expect(isAlive(child.pid)).toBe(false)
})

test('an unexpected end can be told from one that was asked for', async () => {
  const group = newGroup()
  const [falling, stopped] = await Promise.all([group.start(node('')), group.start(node(forever))])
  await falling.ended
  await stopped.stop()
  expect([falling.stopRequested, stopped.stopRequested]).toEqual([false, true])
  expect(falling.obituary()).toBe('the child ended with exit code 0 and wrote nothing')
})

test('everything a server writes is in its log file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'telltale-log-'))
  const logFile = join(folder, 'child.log')
  const child = await newGroup().start(node('console.log("out"); console.error("err")', { logFile }))
  await child.ended
  const text = await until(
    async () => {
      const written = await readFile(logFile, 'utf8')
      return written.includes('out') && written.includes('err') ? written : undefined
    },
    { what: 'the log' },
  )
  expect(text.split('\n').sort()).toEqual(['', 'err', 'out'])
  await rm(folder, { recursive: true })
})

test('nothing is started any more once the group is stopping', async () => {
  const group = newGroup()
  await group.stop()
  await expect(group.start(node(forever))).rejects.toThrow('all is stopping')
})

test('a stopped group leaves no listener on the process', async () => {
  const count = () => ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((event) => process.listenerCount(event))
  const before = count()
  const group = new ChildGroup()
  expect(count()).toEqual(before.map((n) => n + 1))
  await group.stop()
  expect(count()).toEqual(before)
})

test.runIf(process.platform === 'linux')('the kernel ends a server whose parent was killed', async () => {
  const script = `
    const { spawn } = require('node:child_process')
    const child = spawn('/usr/bin/setpriv', ['--pdeathsig=SIGTERM', '--', process.execPath, '-e', ${JSON.stringify(forever)}], { detached: true })
    console.log(child.pid)
    ${forever}`
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await until(async () => (isAlive(pid) ? undefined : true), { what: 'the orphan to end' })
})
