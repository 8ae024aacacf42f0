import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { relocate } from '../../src/stack/relocate.js'

test('absolute folders in a binary become relative, and nothing else moves', async () => {
  const root = await mkdtemp(join(tmpdir(), 'telltale-relocate-'))
  await mkdir(join(root, 'usr/bin'), { recursive: true })
  const bytes = Buffer.from(
    '\x7fELF\0\xff/usr/share/prometheus/alertmanager/ui/\0\xfe/usr/share/other\0',
    'latin1',
  )
  await writeFile(join(root, 'usr/bin/server'), bytes, { mode: 0o755 })
  await relocate(root, ['/usr/share/prometheus/alertmanager'])
  const changed = await readFile(join(root, 'usr/bin/server'))
  expect(changed.toString('latin1')).toBe(
    '\x7fELF\0\xffusr//share/prometheus/alertmanager/ui/\0\xfe/usr/share/other\0',
  )
  await rm(root, { recursive: true })
})
