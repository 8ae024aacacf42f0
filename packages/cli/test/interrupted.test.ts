import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePorts } from '../../../test/support/free-ports.js'
import { isPortFree } from '../src/stack/ports.js'
import { BundledCommand } from './bundled-command.js'
import { TerminalSession } from './terminal-session.js'

const deploy = fileURLToPath(new URL('../../../deploy', import.meta.url))

let command: BundledCommand
let silent: Server
let address = ''
const children: ChildProcess[] = []

beforeAll(async () => {
  command = await BundledCommand.make()
  silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
}, 60_000)

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(() => {
  silent?.closeAllConnections()
  silent?.close()
  command?.remove()
})

/** The command as a process in an empty folder. */
function run(args: readonly string[], cwd = emptyFolder(), env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [command.program, ...args], { cwd, env: { ...process.env, ...env } })
  children.push(child)
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  child.stdout.resume()
  return { child, cwd, errors: () => errors }
}

/** What a process prints, and waiting for it. */
class Said {
  #text = ''
  #wake: () => void = () => undefined

  constructor({ stdout }: { readonly stdout: Readable }) {
    stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text
      this.#wake()
    })
  }

  async until(text: string): Promise<void> {
    while (!this.#text.includes(text)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

function emptyFolder(): string {
  return mkdtempSync(join(command.folder, 'run-'))
}

function project(): string {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'package.json'), '{ "name": "shop", "main": "app.js" }\n')
  writeFileSync(join(folder, 'app.js'), "require('node:http').createServer().listen(3000)\n")
  return folder
}

/** Everything in a folder, without the drafts that a writer takes away again. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort()
}

describe.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends at once, and nothing is written or printed',
  (signal) => {
    test.each([
      ['lint', '@', '--output', 'report.txt'],
      ['doctor', '--prometheus', '@', '--metrics', '@', '--output', 'report.txt'],
      ['optimize', '@'],
      ['plan', '@', '--write', 'out'],
      ['top', '@', '--once'],
    ])('telltale %s', async (...args) => {
      const asked = once(silent, 'request')
      const { child, cwd, errors } = run(args.map((arg) => (arg === '@' ? `${address}/metrics` : arg)))
      await asked
      child.kill(signal)
      // Twice, as impatient people do.
      child.kill(signal)
      expect(await once(child, 'close')).toEqual([null, signal])
      expect(errors()).toBe('')
      expect(filesIn(cwd)).toEqual([])
    })
  },
)

describe('telltale init', () => {
  test('takes Ctrl-C at its question for an end, and writes nothing', async () => {
    const folder = project()
    const before = filesIn(folder)
    const session = new TerminalSession(`${process.execPath} ${command.program} init`, { cwd: folder })
    await session.until(/\[Y\/n\]/i)
    session.press('\u0003')
    expect(await session.ended).toBe(130)
    expect(filesIn(folder)).toEqual(before)
  })

  test('writes all of it, though nobody reads what it says', async () => {
    const folder = project()
    const { child, errors } = run(['init', '--yes'], folder)
    child.stdout.destroy()
    expect(await once(child, 'close')).toEqual([0, null])
    expect(errors()).toBe('')
    expect(filesIn(folder)).toEqual(
      expect.arrayContaining([
        'telltale.js',
        join('monitoring', 'prometheus.yml'),
        join('monitoring', 'telltale.json'),
      ]),
    )
  })

  test('leaves a file whole that cannot be replaced', async () => {
    const folder = project()
    mkdirSync(join(folder, 'telltale.js'))
    const { child, errors } = run(['init', '--yes'], folder)
    const [code] = await once(child, 'close')
    expect([code, errors()]).toEqual([1, expect.stringMatching(/^telltale: .*telltale\.js/)])
    expect(filesIn(folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })
})

/** Serves metrics, and does not hear what asks it to end. */
const deafApplication = `
process.on('SIGTERM', () => undefined)
const { createServer } = require('node:http')
createServer((_, response) => response.end('# TYPE a_total counter\\na_total 1\\n')).listen(process.env.METRICS_PORT)
`

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('a second %s does not wait for an application that does not end', async (signal, code) => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'app.cjs'), deafApplication)
  const [app, metrics] = await freePorts(2)
  const ports = ['--app-port', String(app), '--metrics-port', String(metrics)]
  const { child } = run(
    ['start', '--offline', ...ports, '--deploy', deploy, '--app', `${process.execPath} app.cjs`],
    folder,
    { TELLTALE_SERVER_PATH: folder },
  )
  const said = new Said(child)
  await said.until('Ctrl-C stops everything')
  child.kill(signal)
  await said.until('stopping')
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([code, null])
  // SIGKILL is delivered, and the system needs a moment for the rest.
  await vi.waitFor(async () => expect(await isPortFree(metrics!)).toBe(true), 10_000)
})

test('a command that prints much ends in order when its reader has seen enough', async () => {
  const { child, errors } = run(['rules'])
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await once(child, 'close')).toEqual([0, null])
  expect(errors()).toBe('')
})
