import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCommandLine } from '../src/command-line.js'

let stdout = ''
let stderr = ''

beforeEach(() => {
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

test.each([[['--help']], [['-h']]])('%j lists the commands', async (args) => {
  expect(await runCommandLine(args)).toBe(0)
  expect(stdout).toContain('telltale <command> [options]')
  expect(stdout).toMatch(/start +run an application/)
})

test('start --help lists every option', async () => {
  expect(await runCommandLine(['start', '--help'])).toBe(0)
  for (const flag of ['--app', '--metrics-port', '--no-traffic', '--keep-data', '--offline', '--deploy']) {
    expect(stdout).toContain(`  ${flag}`)
  }
})

test('--version is that of the package', async () => {
  expect(await runCommandLine(['--version'])).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each([
  [[], 'a command is missing'],
  [['strat'], 'there is no command "strat"; did you mean telltale start?'],
  [['doctr'], 'did you mean telltale doctor?'],
  [['frobnicate'], 'Usage: telltale <command>'],
  [['start', '--app-port', 'x'], '--app-port is "x"; give a port from 1 to 65535'],
])('%j is a mistake of usage', async (args, message) => {
  expect(await runCommandLine(args)).toBe(2)
  expect(stderr).toContain(message)
  expect(stdout).toBe('')
})
