import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/stack/run-command.js'
import { Terminal } from '../../src/terminal.js'
import { run } from '../../src/up/command.js'
import { requireConfiguration } from '../../src/up/configuration.js'
import { shellLine } from '../../src/up/shell-line.js'
import { parseUp } from '../../src/up/up-options.js'

describe('the arguments of telltale up', () => {
  test('a command stands behind --, with its own options', () => {
    const options = parseUp(
      ['--app-port', '8080', '--', 'node', '--watch', 'server.js', '--help'],
      '/project',
    )
    expect(options).toMatchObject({
      directory: '/project',
      monitoring: '/project/monitoring',
      command: ['node', '--watch', 'server.js', '--help'],
      ports: { app: 8080, metrics: 9090, prometheus: 9091 },
    })
  })

  test('a folder is the project, and --help is help', () => {
    expect(parseUp(['shop'], '/home')?.directory).toBe('/home/shop')
    expect(parseUp(['--help'], '/home')).toBeUndefined()
  })

  test.each([
    [['--'], /no command/],
    [['a', 'b'], /a command stands behind --/],
    [['--app-port', '0'], /give a port/],
    [['--app-port', '9090'], /both 9090/],
    [['--app', 'x'], /--app/],
  ])('%j is refused', (args, message) => {
    expect(() => parseUp(args, '/project')).toThrow(message)
  })

  test('the shell hands every word on as it is', async () => {
    const words = ["it's", '$HOME', 'a b', '`x`', '"', '\\', '*', '']
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))'
    const line = shellLine([process.execPath, '-e', script, '--', ...words])
    expect(JSON.parse((await runCommand('sh', ['-c', line])).stdout)).toEqual(words)
  })
})

describe('the configuration', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'telltale-up-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const write = (name: string, text: string) => writeFile(join(folder, name), text)

  test('none: telltale init makes it', async () => {
    await expect(requireConfiguration(folder, folder)).rejects.toMatchObject({
      code: 'TELLTALE_DEPLOY',
      message: expect.stringMatching(/prometheus\.yml cannot be read.*telltale init makes it/),
    })
  })

  test.each([
    ['a: [1\n', /prometheus\.yml:\d+:\d+ is not valid YAML/],
    ['', /is empty or no mapping/],
    ['- a\n', /is empty or no mapping/],
  ])('%j is refused', async (text, message) => {
    await write('prometheus.yml', text)
    await expect(requireConfiguration(folder, folder)).rejects.toThrow(message)
  })

  test('one that sends samples elsewhere is told from one that does not', async () => {
    await write('alertmanager.yml', 'route: {}\n')
    await write('prometheus.yml', 'global: {}\n')
    expect(await requireConfiguration(folder, folder)).toEqual({ sends: false })
    await write('prometheus.yml', 'remote_write: [{ url: "http://vm/api/v1/write" }]\n')
    expect(await requireConfiguration(folder, folder)).toEqual({ sends: true })
  })

  test('a project that does not say how it starts is asked for a command', async () => {
    await write('package.json', '{}')
    await expect(run([folder], new Terminal(process.stdout))).rejects.toThrow(
      /telltale up -- node server\.js/,
    )
  })

  test('a folder without package.json is told where to go', async () => {
    await expect(run([folder], new Terminal(process.stdout))).rejects.toThrow(/package\.json cannot be read/)
  })
})
