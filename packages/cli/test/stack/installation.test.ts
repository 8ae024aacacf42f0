import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findInstallation } from '../../src/stack/installation.js'
import type { ServerKind } from '../../src/stack/server-kind.js'

const kind: ServerKind = {
  name: 'alertmanager',
  commands: { alertmanager: ['alertmanager', 'prometheus-alertmanager'], amtool: ['amtool'] },
  folders: ['/usr/lib/alerting/*/bin'],
  packages: ['prometheus-alertmanager'],
}

let folder: string
const store = () => join(folder, '.servers')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-installation-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function executable(...path: string[]): Promise<string> {
  const file = join(folder, ...path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '#!/bin/sh\n')
  await chmod(file, 0o755)
  return file
}

test("a server is found under Debian's name for it", async () => {
  const server = await executable('bin', 'prometheus-alertmanager')
  const tool = await executable('other', 'amtool')
  const found = findInstallation(kind, {
    store: store(),
    path: `${join(folder, 'bin')}:${join(folder, 'other')}`,
  })
  expect([found?.command('alertmanager'), found?.command('amtool'), found?.root]).toEqual([
    server,
    tool,
    undefined,
  ])
})

test("the project's own name is taken before Debian's", async () => {
  await executable('bin', 'prometheus-alertmanager')
  const own = await executable('bin', 'alertmanager')
  await executable('bin', 'amtool')
  expect(findInstallation(kind, { store: store(), path: join(folder, 'bin') })?.command('alertmanager')).toBe(
    own,
  )
})

test('half an installation is none', async () => {
  await executable('bin', 'alertmanager')
  expect(findInstallation(kind, { store: store(), path: join(folder, 'bin') })).toBeUndefined()
})

test('a file that cannot be run is not a command', async () => {
  await executable('bin', 'amtool')
  await chmod(await executable('bin', 'alertmanager'), 0o644)
  expect(findInstallation(kind, { store: store(), path: join(folder, 'bin') })).toBeUndefined()
})

test('an unpacked server is found in the newest of its folders, with its libraries', async () => {
  const root = join('.servers', 'alertmanager')
  for (const version of ['9', '15']) {
    await executable(root, 'usr/lib/alerting', version, 'bin/alertmanager')
    await executable(root, 'usr/lib/alerting', version, 'bin/amtool')
  }
  await executable(root, 'usr/lib/x86_64-linux-gnu/libalert.so.1')
  const found = findInstallation(kind, { store: store(), path: '' })
  expect(found?.root).toBe(join(folder, root))
  expect(found?.command('amtool')).toBe(join(folder, root, 'usr/lib/alerting/15/bin/amtool'))
  expect(found?.environment({ LD_LIBRARY_PATH: '/mine' }).LD_LIBRARY_PATH).toBe(
    [join(folder, root, 'usr/lib/x86_64-linux-gnu'), join(folder, root, 'usr/lib'), '/mine'].join(':'),
  )
})

test('the PATH comes before the store', async () => {
  await executable('.servers/alertmanager/usr/bin/alertmanager')
  await executable('.servers/alertmanager/usr/bin/amtool')
  await executable('bin', 'alertmanager')
  await executable('bin', 'amtool')
  expect(findInstallation(kind, { store: store(), path: join(folder, 'bin') })?.root).toBeUndefined()
})
