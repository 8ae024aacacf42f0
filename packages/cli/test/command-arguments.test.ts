import { expect, test } from 'vitest'
import { CommandArguments } from '../src/command-arguments.js'

const command = new CommandArguments('lint')
const options = { format: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

test('values and positionals are those of parseArgs', () => {
  const { values, positionals } = command.parse({ args: ['-h', 'a'], options, allowPositionals: true })
  expect([values.help, positionals]).toEqual([true, ['a']])
})

test.each([
  [['--formt', 'json'], 'there is no option --formt; did you mean --format?\nSee telltale lint --help.'],
  [['--frobnicate'], 'there is no option --frobnicate\nSee telltale lint --help.'],
  [['-x'], 'there is no option -x\nSee telltale lint --help.'],
  [['--format'], '--format has no value; give one behind it\nSee telltale lint --help.'],
  [
    ['--format', '-h'],
    'what is behind --format begins with a dash; write --format=VALUE if it is its value\n',
  ],
  [['--help=x'], '--help takes no value; leave out what is behind the =\nSee telltale lint --help.'],
  [['shop'], '"shop" is no option, and this command takes nothing else\nSee telltale lint --help.'],
])('%j is told, with the option that was meant', (args, message) => {
  expect(() => command.parse({ args, options })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_USAGE', message: expect.stringContaining(message) }),
  )
})

test('a choice is one of the list, and the list is told', () => {
  expect(command.choice('as', 'rules', ['rules', 'metrics'])).toBe('rules')
  expect(() => command.choice('as', 'x', ['rules', 'metrics', 'dashboard'])).toThrow(
    '--as is "x"; give rules, metrics or dashboard',
  )
})
