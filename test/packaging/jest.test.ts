import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// Jest runs each test file in a context and with a module registry of its own, over the built CommonJS form.
const jest = resolve('node_modules/jest/bin/jest.js')
const telltale = resolve('packages/telltale/dist/cjs/index.js')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-jest-'))
  await writeFile(join(folder, 'package.json'), '{ "name": "application" }')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

interface Run {
  readonly code: number
  readonly text: string
}

/** Runs one file of tests, in which `scrape` starts the server and resolves with the text of a scrape. */
async function run(name: string, tests: string, flags: readonly string[] = []): Promise<Run> {
  const file = join(folder, `${name}.test.js`)
  await writeFile(
    file,
    `const { Counter, MetricsServer, Registry } = require('${telltale}')
     const registry = new Registry()
     const orders = new Counter({ name: 'orders_total', help: 'Orders.', registry })
     const server = new MetricsServer(0, { registry, announce() {}, log() {} })
     const scrape = async () => {
       const { port } = await server.start()
       return (await fetch('http://127.0.0.1:' + port + '/metrics')).text()
     }
     ${tests}`,
  )
  const argv = [jest, '--ci', '--rootDir', folder, ...flags, file]
  return new Promise((settle) => {
    execFile(process.execPath, argv, { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      settle({ code, text: stdout + stderr })
    })
  })
}

const scraping = `
  orders.inc(3)
  const text = await scrape()
  expect(text).toMatch(/^orders_total 3$/m)
  expect(text).toMatch(/^telltale_event_loop_blocked_seconds /m)`

test('a suite that starts, scrapes and stops a server passes, and leaves nothing open', async () => {
  const { code, text } = await run(
    'stopping',
    `afterAll(() => server.stop())
     test('scrapes', async () => { ${scraping} })`,
    ['--detectOpenHandles'],
  )
  expect(text).toMatch(/Tests: +1 passed, 1 total/)
  expect(text).not.toMatch(/open handle|did not exit|Warning/i)
  expect(code).toBe(0)
})

test('a suite that forgets to stop its server ends all the same', async () => {
  const { code, text } = await run('forgetting', `test('scrapes', async () => { ${scraping} })`)
  expect(text).toMatch(/Tests: +1 passed, 1 total/)
  expect(text).not.toMatch(/did not exit/)
  expect(code).toBe(0)
})
