import { expect, test } from 'vitest'
import { runCommandLine } from '../src/command-line.js'
import { captureOutput } from './captured-output.js'

const output = captureOutput()

test.each([[['--help']], [['-h']]])('%j lists the commands', async (args) => {
  expect(await runCommandLine(args)).toBe(0)
  expect(output.stdout).toContain('telltale <command> [options]')
  expect(output.stdout).toMatch(/start +run an application/)
})

test('start --help lists every option', async () => {
  expect(await runCommandLine(['start', '--help'])).toBe(0)
  for (const flag of ['--app', '--metrics-port', '--no-traffic', '--keep-data', '--offline', '--deploy']) {
    expect(output.stdout).toContain(`  ${flag}`)
  }
})

test('--version is that of the package', async () => {
  expect(await runCommandLine(['--version'])).toBe(0)
  expect(output.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each([
  [[], 'a command is missing'],
  [['strat'], 'there is no command "strat"; did you mean telltale start?'],
  [['doctr'], 'did you mean telltale doctor?'],
  [['frobnicate'], 'Usage: telltale <command>'],
  [['start', '--app-port', 'x'], '--app-port is "x"; give a port from 1 to 65535'],
])('%j is a mistake of usage', async (args, message) => {
  expect(await runCommandLine(args)).toBe(2)
  expect(output.stderr).toContain(message)
  expect(output.stdout).toBe('')
})
