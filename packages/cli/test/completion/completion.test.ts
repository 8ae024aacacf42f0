import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/commands.js'
import { completionOf } from '../../src/completion/command.js'
import { type CommandWords, commandWords, optionsIn } from '../../src/completion/command-words.js'
import { completionScript } from '../../src/completion/shell-scripts.js'
import { runCommand } from '../../src/stack/run-command.js'
import { Terminal } from '../../src/terminal.js'

let words: readonly CommandWords[] = []
let folder = ''
beforeAll(async () => {
  words = await commandWords(commands)
  folder = await mkdtemp(join(tmpdir(), 'telltale-completion-'))
  await writeFile(join(folder, 'telltale.bash'), completionScript('bash', words))
  // Loading every command takes a while on a busy machine.
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

test('every command is known with the options of its help', () => {
  expect(words.map(({ name }) => name)).toEqual(Object.keys(commands))
  for (const { name, options } of words) {
    expect(
      options.map(({ flag }) => flag),
      name,
    ).toContain('--help')
  }
})

test('options are read from the lines of a help', () => {
  const help =
    'Usage: x [--not-this]\n\n  -o, --out FILE   write there\n  --language en|ko   of texts\n  --check   only look\n'
  expect(optionsIn(help)).toEqual([
    { flag: '-o', takesValue: false, values: [], summary: 'write there' },
    { flag: '--out', takesValue: true, values: [], summary: 'write there' },
    { flag: '--language', takesValue: true, values: ['en', 'ko'], summary: 'of texts' },
    { flag: '--check', takesValue: false, values: [], summary: 'only look' },
  ])
})

describe('bash', () => {
  /** What bash offers for the last word of a line. */
  async function offered(line: string): Promise<readonly string[]> {
    const parts = line.split(' ')
    const script = [
      `source ${join(folder, 'telltale.bash')}`,
      `COMP_WORDS=(${parts.map((part) => `'${part}'`).join(' ')})`,
      `COMP_CWORD=${parts.length - 1}`,
      '_telltale',
      `printf "%s\\n" "\${COMPREPLY[@]}"`,
    ].join('\n')
    const { code, stdout, tail } = await runCommand('bash', ['-c', script], { cwd: folder })
    expect(code, tail.join('\n')).toBe(0)
    return stdout.split('\n').filter((word) => word !== '')
  }

  test('completes commands, options, values and files', async () => {
    expect(await offered('telltale in')).toEqual(['init'])
    expect(await offered('telltale init --dr')).toEqual(['--dry-run'])
    expect(await offered('telltale init --language ')).toEqual(['en', 'ko'])
    expect(await offered('telltale lint tellt')).toEqual(['telltale.bash'])
  })
})

test('zsh and fish get every command and option', () => {
  for (const shell of ['zsh', 'fish'] as const) {
    const script = completionScript(shell, words)
    for (const { name, options } of words) {
      expect(script).toContain(name)
      for (const { flag } of options) expect(script, shell).toContain(flag.replace(/^-+/, ''))
    }
  }
})

test.each([[[]], [['tcsh']], [['bash', 'zsh']]])(
  '%j is refused with the shells that there are',
  async (args) => {
    await expect(completionOf(commands)(args, new Terminal(process.stdout))).rejects.toThrow(
      /bash, zsh, fish/,
    )
  },
)
