import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
let folder = ''
let program = ''
let server: Server
let address = ''
let count = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'telltale-top-'))
  program = join(folder, 'telltale.mjs')
  await build({
    entryPoints: [join(root, 'packages/cli/src/command.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    alias: {
      'telltale/testing': join(root, 'packages/telltale/src/testing/index.ts'),
      'telltale/monitoring': join(root, 'packages/telltale/src/monitoring/index.ts'),
      'telltale/push': join(root, 'packages/telltale/src/push/index.ts'),
      telltale: join(root, 'packages/telltale/src/index.ts'),
    },
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire('/');",
    },
    logLevel: 'silent',
  })
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
})

afterAll(() => {
  server?.closeAllConnections()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A program in a real pseudo terminal, as `script` makes one. */
class TerminalSession {
  #text = ''
  readonly ended: Promise<number | null>
  readonly #child
  #wake: () => void = () => undefined

  constructor(args: string, env: NodeJS.ProcessEnv = {}) {
    const line = `stty cols 120 rows 20; exec ${process.execPath} ${program} ${args}`
    this.#child = spawn('script', ['-qefc', line, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm-256color', FORCE_COLOR: '', ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text
      this.#wake()
    })
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
  }

  get text(): string {
    return this.#text
  }

  /** Waits until what was written since the last call matches. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#text)
      if (match !== null) {
        const seen = this.#text
        this.#text = this.#text.slice(match.index + match[0].length)
        return seen
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  press(keys: string): void {
    this.#child.stdin.write(keys)
  }

  interrupt(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }
}

/** Wrapping, cursor and the first screen are back, and nothing comes after. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal is told
const restored = /\u001b\[\?7h\u001b\[\?25h\u001b\[\?1049l\s*$/

describe('in a terminal', () => {
  test('it draws the views that are asked for, holds the picture, and gives the terminal back', async () => {
    const session = new TerminalSession(`top ${address} --interval 0.1`)
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

  test('Ctrl-C gives the terminal back', async () => {
    const session = new TerminalSession(`top ${address} --interval 0.1`)
    await session.until(/clicks_total/)
    session.press('\u0003')
    expect(await session.ended).toBe(0)
    expect(session.text).toMatch(restored)
  })

  test('an endpoint that goes away is told, and looked at again', async () => {
    const passing = createServer((_, response) => response.end('# TYPE gone_total counter\ngone_total 1\n'))
    passing.listen(0, '127.0.0.1')
    await once(passing, 'listening')
    const session = new TerminalSession(
      `top 127.0.0.1:${(passing.address() as AddressInfo).port} --interval 0.1`,
    )
    await session.until(/gone_total/)
    passing.closeAllConnections()
    passing.close()
    const shown = await session.until(/no answer[\s\S]*ECONNREFUSED[\s\S]*gone_total/)
    expect(shown).not.toContain('1049l')
    session.press('q')
    expect(await session.ended).toBe(0)
  })

  test('without colours nothing is coloured, and the view is in brackets', async () => {
    const session = new TerminalSession(`top ${address} --interval 0.1`, { NO_COLOR: '1' })
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
    const session = new TerminalSession(`top 127.0.0.1:${port}`)
    expect(await session.ended).toBe(1)
    expect(session.text).toContain('ECONNREFUSED')
    expect(session.text).not.toContain('1049h')
  })
})

test('in a pipe it prints the tables once', async () => {
  const child = spawn(process.execPath, [program, 'top', address, '--interval', '0.1', '--rows', '2'])
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
  const child = spawn(process.execPath, [program, 'top', address, '--interval', '0.1', '--json'])
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
