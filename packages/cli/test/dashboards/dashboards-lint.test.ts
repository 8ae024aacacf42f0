import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run } from '../../src/dashboards/command.js'
import { runLint } from '../../src/lint/index.js'
import { parseVersion } from '../../src/promql/index.js'
import { Terminal } from '../../src/terminal.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-dashboards-'))
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

async function findingsOf(names: readonly string[], version: string): Promise<readonly string[]> {
  const { findings, looked } = await runLint({
    names,
    directory: folder,
    stdin: Readable.from([]),
    as: undefined,
    prometheus: parseVersion(version)!,
    alertmanager: parseVersion('0.34')!,
    scrapeInterval: 5,
    headers: {},
    limit: 1e8,
    timeout: 10,
  })
  expect(looked).toHaveLength(8)
  return findings.map(({ id, text }) => `${id}: ${text.en.what}`)
}

test.each([
  ['in English', [], '2.42'],
  ['in Korean', ['--language', 'ko'], '2.42'],
  ['for one prefix and two jobs', ['--environment', 'production', '--job', 'web', '--job', 'worker'], '2.42'],
  ['for Prometheus 3', ['--target', '3.x'], '3.14'],
])('telltale lint has nothing to say about the dashboards %s', async (_, args, version) => {
  await run(['--folder', folder, ...args], new Terminal(process.stdout))
  expect(await findingsOf([join(folder, 'dashboards')], version)).toEqual([])
})

test('the dashboards of deploy/ are what the command writes', async () => {
  const shown: string[] = []
  vi.mocked(process.stdout.write).mockImplementation((text) => shown.push(String(text)) > 0)
  const args = ['--folder', 'deploy/grafana', '--job', 'nodejs-app', '--check']
  expect(await run(args, new Terminal(process.stdout)), shown.join('')).toBe(0)
})
