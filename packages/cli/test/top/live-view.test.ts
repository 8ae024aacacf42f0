import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BundledCommand } from '../bundled-command.js'
import { type TerminalOptions, TerminalSession } from '../terminal-session.js'

let command: BundledCommand
let server: Server
let address = ''
let count = 0

beforeAll(async () => {
  command = await BundledCommand.make()
  server = createServer((_, response) => {
    count += 5
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(
      `# TYPE clicks_total counter\nclicks_total{page="/"} ${count}\n` +
        `# TYPE failures_total counter\nfailures_total ${count}\n# TYPE level gauge\nlevel 1\n`,
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)

afterAll(() => {
  server?.closeAllConnections()
  server?.close()
  command.remove()
})

function top(args: string, options?: TerminalOptions): TerminalSession {
  return new TerminalSession(`${process.execPath} ${command.program} top ${args}`, options)
}

/** Wrapping, cursor and the first screen are back, and nothing comes after. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal is told
const restored = /\u001b\[\?7h\u001b\[\?25h\u001b\[\?1049l\s*$/

describe('in a terminal', () => {
  test('it draws the views that are asked for, holds the picture, and gives the terminal back', async () => {
    const session = top(`${address} --interval 0.1`)
    const first = await session.until(/clicks_total/)
    expect(first).toContain('\u001b[?1049h\u001b[?25l')
    expect(first).toContain(`http://${address}/metrics`)
    await session.until(/per second[\s\S]*\d/)
    session.press('3')
    await session.until(/share[\s\S]*failures_total/)
    session.press('\u001b[C')
    await session.until(/since start[\s\S]*level/)
    session.press(' ')
    await session.until(/paused/)
    session.press('q')
    expect(await session.ended).toBe(0)
    expect(session.text).toMatch(restored)
  })

  test('Ctrl-C gives the terminal back, and is told by the exit code', async () => {
    const session = top(`${address} --interval 0.1`)
    await session.until(/clicks_total/)
    session.press('\u0003')
    expect(await session.ended).toBe(130)
    expect(session.text).toMatch(restored)
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s gives the terminal back, too', async (signal, code) => {
    const session = top(`${address} --interval 0.1`)
    await session.until(/clicks_total/)
    session.signal(signal)
    expect(await session.ended).toBe(code)
    expect(session.text).toMatch(restored)
  })

  test('with 40 columns no line is longer than the terminal', async () => {
    const session = top(`${address} --interval 0.1`, { columns: 40, env: { NO_COLOR: '1' } })
    await session.until(/1049h/)
    const shown = await session.until(/clicks_total[\s\S]*2026l/)
    const lines = stripVTControlCharacters(shown).split(/\r*\n/)
    expect(lines.filter((line) => line.length > 40)).toEqual([])
    session.press('q')
    await session.ended
  })

  test('an endpoint that goes away is told, and looked at again', async () => {
    const passing = createServer((_, response) => response.end('# TYPE gone_total counter\ngone_total 1\n'))
    passing.listen(0, '127.0.0.1')
    await once(passing, 'listening')
    const session = top(`127.0.0.1:${(passing.address() as AddressInfo).port} --interval 0.1`)
    await session.until(/gone_total/)
    passing.closeAllConnections()
    passing.close()
    const shown = await session.until(/no answer[\s\S]*ECONNREFUSED[\s\S]*gone_total/)
    expect(shown).not.toContain('1049l')
    session.press('q')
    expect(await session.ended).toBe(0)
  })

  test('without colours nothing is coloured, and the view is in brackets', async () => {
    const session = top(`${address} --interval 0.1`, { env: { NO_COLOR: '1' } })
    const shown = await session.until(/\[1 Busiest\][\s\S]*clicks_total/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal is told
    expect(shown).not.toMatch(/\u001b\[[\d;]*m/)
    session.press('q')
    await session.ended
  })

  test('an address without metrics is an error in the first screen', async () => {
    const passing = createServer().listen(0, '127.0.0.1')
    await once(passing, 'listening')
    const { port } = passing.address() as AddressInfo
    passing.close()
    await once(passing, 'close')
    const session = top(`127.0.0.1:${port}`)
    expect(await session.ended).toBe(1)
    expect(session.text).toContain('ECONNREFUSED')
    expect(session.text).not.toContain('1049h')
  })
})

test('in a pipe it prints the tables once', async () => {
  const child = spawn(process.execPath, [command.program, 'top', address, '--interval', '0.1', '--rows', '2'])
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  expect(printed).not.toContain('\u001b')
  expect(printed).toMatch(
    /BUSIEST[\s\S]*clicks_total\{page="\/"\}[\s\S]*FAILING[\s\S]*failures_total[\s\S]*GROWING/,
  )
})

test('--json has the same as data', async () => {
  const child = spawn(process.execPath, [command.program, 'top', address, '--interval', '0.1', '--json'])
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  await once(child, 'close')
  const { series, busiest } = JSON.parse(printed) as {
    series: number
    busiest: { name: string; rate: number }[]
  }
  expect(series).toBe(3)
  expect(busiest.find(({ name }) => name === 'clicks_total')?.rate).toBeGreaterThan(0)
})
