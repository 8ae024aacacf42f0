import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../../examples/shop/dist/esm/main.js', import.meta.url))
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

class Run {
  readonly child: ChildProcess
  readonly ended: Promise<unknown>
  output = ''

  constructor(variables: Record<string, string>, args: readonly string[]) {
    const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ...variables }
    this.child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(this.child)
    this.ended = once(this.child, 'close')
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        this.child.emit('output')
      })
    }
  }

  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) await Promise.race([once(this.child, 'output'), this.#early(text)])
  }

  async exitCode(): Promise<number | null> {
    await this.ended
    return this.child.exitCode
  }

  async #early(text: string): Promise<never> {
    await this.ended
    throw new Error(`ended without saying ${JSON.stringify(text)}: ${this.output}`)
  }
}

const run = (variables: Record<string, string>, ...args: string[]) => new Run(variables, args)
/** Nothing listens there. */
const NO_DATABASE = { DATABASE_URL: 'postgres://127.0.0.1:1/none' }

describe('the shop as a program', () => {
  it('explains itself', async () => {
    const shop = run({}, '--help')
    expect(await shop.exitCode()).toBe(0)
    expect(shop.output).toContain('--error-rate R')
    expect(shop.output).toContain('DATABASE_URL')
  })

  it('refuses wrong settings, all of them at once', async () => {
    const shop = run({ PORT: 'abc' }, '--traffic', '--error-rate', '7')
    expect(await shop.exitCode()).toBe(2)
    expect(shop.output).toContain('PORT: expected a port number')
    expect(shop.output).toContain('--error-rate: expected a ratio from 0 to 1, got "7".')
    expect(shop.output).not.toContain('    at ')
  })

  it('ends with 1 when its port is taken, and says which and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const shop = run({ ...NO_DATABASE, PORT: String(port) })
    expect(await shop.exitCode()).toBe(1)
    expect(shop.output).toContain(`Port ${port} of 127.0.0.1 is in use.`)
    expect(shop.output).toContain(`PORT=${port + 1}`)
    other.close()
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s while it is busy', async (signal) => {
    const shop = run({}, '--traffic', '--rate', '50')
    await shop.says('Database: up.')
    const begin = performance.now()
    shop.child.kill(signal)
    expect(await shop.exitCode()).toBe(0)
    expect(performance.now() - begin).toBeLessThan(6_000)
    expect(shop.output).toContain(`${signal}: closing.`)
    expect(shop.output).not.toMatch(/did not close|Not closed/)
  })

  it('ends cleanly while its database is away', async () => {
    const shop = run(NO_DATABASE)
    await shop.says('ECONNREFUSED')
    shop.child.kill('SIGTERM')
    expect(await shop.exitCode()).toBe(0)
  })

  it('ends cleanly while its Redis is away', async () => {
    const shop = run({ ...NO_DATABASE, REDIS_URL: 'redis://127.0.0.1:1' })
    await shop.says('Queue worker: Redis at 127.0.0.1:1 is away')
    shop.child.kill('SIGTERM')
    expect(await shop.exitCode()).toBe(0)
  })
})
