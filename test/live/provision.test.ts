import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  alertmanagerServer,
  nodeExporterServer,
  type Provision,
  prometheusServer,
  provision,
  runCommand,
  type ServerKind,
} from '@telltale/cli'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testFolder } from './servers/index.js'

let folder: Awaited<ReturnType<typeof testFolder>>

beforeEach(async () => {
  folder = await testFolder('provision')
})

afterEach(() => folder.remove())

/** As on a machine that has no server installed. */
const nowhere = { path: '/nonexistent' }

async function version(found: Provision['found'], kind: ServerKind, command: string): Promise<string> {
  const installation = found.get(kind)!
  const result = await runCommand(installation.command(command), ['--version'], {
    env: installation.environment(),
  })
  expect(result.code).toBe(0)
  return result.tail.join('\n')
}

test('fetches missing servers from the distribution, says so, and they run', async () => {
  const said: string[] = []
  const options = { ...nowhere, directory: folder.path, say: (line: string) => said.push(line) }
  const { found, remedy } = await provision([nodeExporterServer, alertmanagerServer], options)
  expect(remedy).toBeUndefined()
  expect(said[0]).toContain('node_exporter and alertmanager: not on the PATH, fetching into .servers')
  expect(await version(found, nodeExporterServer, 'node_exporter')).toContain('node_exporter, version')
  expect(await version(found, alertmanagerServer, 'amtool')).toContain('amtool, version')
  const entries = await readdir(join(folder.path, '.servers'))
  expect(entries.sort()).toEqual(['.gitignore', 'alertmanager', 'node_exporter'])
})

test('fetches nothing the second time', async () => {
  await provision([nodeExporterServer], { ...nowhere, directory: folder.path })
  const said: string[] = []
  const options = { ...nowhere, directory: folder.path, say: (line: string) => said.push(line) }
  const { found } = await provision([nodeExporterServer], options)
  expect(found.has(nodeExporterServer)).toBe(true)
  expect(said).toEqual([])
})

test('two that fetch at once end with one whole copy', async () => {
  const fetchAll = () => provision([nodeExporterServer], { ...nowhere, directory: folder.path })
  const both = await Promise.all([fetchAll(), fetchAll()])
  for (const { found, remedy } of both) {
    expect(remedy).toBeUndefined()
    expect(await version(found, nodeExporterServer, 'node_exporter')).toContain('node_exporter, version')
  }
  expect((await readdir(join(folder.path, '.servers'))).sort()).toEqual(['.gitignore', 'node_exporter'])
})

test('a package that does not exist costs its own server only, and the remedy names it', async () => {
  const imaginary: ServerKind = {
    name: 'imaginary',
    commands: { imaginary: ['imaginary'] },
    packages: ['telltale-imaginary-server'],
  }
  const options = { ...nowhere, directory: folder.path }
  const { found, missing, remedy } = await provision([imaginary, nodeExporterServer], options)
  expect([...found.keys()]).toEqual([nodeExporterServer])
  expect(missing).toEqual([imaginary])
  expect(remedy).toContain('imaginary is missing (this release has no package telltale-imaginary-server)')
})

test('offline, nothing is fetched and one line says how to get what is missing', async () => {
  const options = { ...nowhere, directory: folder.path, fetch: false }
  const { missing, remedy } = await provision([prometheusServer], options)
  expect(missing).toEqual([prometheusServer])
  expect(remedy).toMatch(/^prometheus is missing \(fetching is switched off\); to have it: .*prometheus/)
  expect(await readdir(folder.path)).toEqual([])
})

test('a fetch that is given up leaves nothing behind', async () => {
  const control = new AbortController()
  const options = { ...nowhere, directory: folder.path, signal: control.signal }
  const say = () => setTimeout(() => control.abort(), 300)
  const { missing } = await provision([nodeExporterServer], { ...options, say })
  expect(missing).toEqual([nodeExporterServer])
  expect(await readdir(join(folder.path, '.servers'))).toEqual(['.gitignore'])
})

test('what a killed process had begun to fetch is removed by the next fetch', async () => {
  // Above the largest process id that Linux gives.
  const abandoned = join(folder.path, '.servers/.fetching-99999999-abc')
  await mkdir(abandoned, { recursive: true })
  await provision([nodeExporterServer], { ...nowhere, directory: folder.path })
  expect(existsSync(abandoned)).toBe(false)
})
