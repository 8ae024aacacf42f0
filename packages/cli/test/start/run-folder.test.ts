import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunFolder } from '../../src/start/run-folder.js'

let project: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'telltale-run-'))
})

afterEach(() => rm(project, { recursive: true }))

test('a run leaves only an empty folder that git ignores', async () => {
  const folder = await RunFolder.create(project, { keep: false })
  await writeFile(folder.file('prometheus.yml'), '')
  await folder.close()
  expect(await readdir(join(project, '.telltale'))).toEqual(['.gitignore'])
  expect(await readFile(join(project, '.telltale/.gitignore'), 'utf8')).toBe('*\n')
})

test('data that is to be kept is there the next time', async () => {
  const first = await RunFolder.create(project, { keep: true })
  await writeFile(first.file('data'), 'samples')
  await first.close()
  const plain = await RunFolder.create(project, { keep: false })
  await plain.close()
  const second = await RunFolder.create(project, { keep: true })
  expect(await readFile(second.file('data'), 'utf8')).toBe('samples')
})

test('what a killed run left is removed, and what a running one uses is not', async () => {
  const running = join(project, '.telltale', `run-${process.ppid}`)
  // Above the largest process id that Linux gives.
  const killed = join(project, '.telltale', 'run-99999999')
  for (const folder of [running, killed]) await mkdir(folder, { recursive: true })
  await RunFolder.create(project, { keep: false })
  expect([existsSync(running), existsSync(killed)]).toEqual([true, false])
})
