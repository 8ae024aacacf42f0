import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))

const program = `
import test from 'node:test'
import { Counter } from 'telltale'
import { assertExposition, assertLint, assertNoSample, assertSample, createTestRegistry, mark } from 'telltale/testing'

const registry = createTestRegistry()
const requests = new Counter({ name: 'requests_total', help: 'Requests answered.', labels: ['method'], registry })

test('holds', async () => {
  const since = await mark(registry)
  requests.labels('GET').inc(2)
  if ((await since.increase('requests_total')) !== 2) throw new Error('no increase')
  await assertSample(registry, 'requests_total', { method: 'GET' }, 2)
  await assertNoSample(registry, 'requests_total', { method: 'PUT' })
  await assertExposition(registry, 'requests_total{method="GET"} 2')
  await assertLint(registry)
})

test('fails', async () => {
  await assertSample(registry, 'requests_total', { method: 'PUT' })
})
`

let folder = ''
let report = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-node-test-'))
  const entry = join(folder, 'entry.mjs')
  const file = join(folder, 'shop.test.mjs')
  await writeFile(entry, program)
  await build({
    input: entry,
    platform: 'node',
    logLevel: 'silent',
    resolve: { alias: { 'telltale/testing': source('testing/index.ts'), telltale: source('index.ts') } },
    output: { file },
  })
  // Vitest's own environment would make node:test report to a parent.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(process.execPath, ['--test', '--test-reporter=spec', file], { env })
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
  report = output
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

test('the assertions hold in node:test', () => {
  expect(report).toMatch(/✔ holds/)
  expect(report).toMatch(/pass 1\n/)
})

test('node:test shows the message of an assertion that fails', () => {
  expect(report).toMatch(/✖ fails/)
  expect(report).toContain('requests_total{method="GET"} 2   (method is "GET")')
  expect(report).toContain("code: 'ERR_ASSERTION'")
})

test('nothing of a test framework is loaded', () => {
  expect(report).not.toMatch(/ERR_MODULE_NOT_FOUND/)
})
