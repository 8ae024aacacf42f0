import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alertmanagerServer, prometheusServer, runCommand } from '@telltale/cli'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alertmanagerFiles } from '../../packages/cli/test/lint/cases/alertmanager-files.js'
import { prometheusFiles } from '../../packages/cli/test/lint/cases/prometheus-files.js'
import { ruleFiles } from '../../packages/cli/test/lint/cases/rule-files.js'
import { installed, testFolder } from './servers/index.js'

let folder: Awaited<ReturnType<typeof testFolder>>
let promtool: string
let amtool: string

beforeAll(async () => {
  folder = await testFolder('lint-files')
  promtool = (await installed(prometheusServer)).command('promtool')
  amtool = (await installed(alertmanagerServer)).command('amtool')
})

afterAll(() => folder.remove())

async function verdict(name: string, text: string, command: string, ...args: readonly string[]) {
  const file = join(folder.path, name)
  await writeFile(file, text)
  const { code, tail } = await runCommand(command, [...args, file], { cwd: folder.path })
  return { refused: code !== 0, tail }
}

describe('promtool check rules agrees', () => {
  test.each(ruleFiles)('$what: refused $refused', async ({ text, refused }) => {
    expect(await verdict('rules.yml', text, promtool, 'check', 'rules', '--lint=none')).toMatchObject({
      refused,
    })
  })
})

describe('promtool check config agrees', () => {
  test.each(prometheusFiles)('$what: refused $refused', async ({ text, refused }) => {
    expect(await verdict('prometheus.yml', text, promtool, 'check', 'config', '--lint=none')).toMatchObject({
      refused,
    })
  })
})

describe('amtool check-config agrees', () => {
  test.each(alertmanagerFiles)('$what: refused $refused', async ({ text, refused }) => {
    expect(await verdict('alertmanager.yml', text, amtool, 'check-config')).toMatchObject({ refused })
  })
})
