import { Writable } from 'node:stream'
import type { RunCommand } from '../command-run.js'
import { Terminal } from '../terminal.js'

/** What may follow `telltale`: a command with its options, as its own help names them. */
export interface CommandWords {
  readonly name: string
  readonly summary: string
  readonly options: readonly OptionWords[]
}

export interface OptionWords {
  /** With its hyphens. */
  readonly flag: string
  /** Whether a value follows. */
  readonly takesValue: boolean
  /** What may follow, where it is one of a few. */
  readonly values: readonly string[]
  readonly summary: string
}

/** The commands that there are, by their names. */
export type KnownCommands = Readonly<
  Record<string, { readonly summary: string; load(): Promise<RunCommand> }>
>

/** Reads the help of every command, so that no list can be out of date. */
export async function commandWords(commands: KnownCommands): Promise<readonly CommandWords[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, command]) => {
      const run = await command.load()
      const sink = new Captured()
      await run(['--help'], new Terminal(sink.stream))
      return { name, summary: command.summary, options: optionsIn(sink.text) }
    }),
  )
}

/** What a command prints. */
class Captured {
  text = ''
  readonly stream: NodeJS.WriteStream

  constructor() {
    const sink = new Writable({
      write: (chunk, _encoding, done) => {
        this.text += String(chunk)
        done()
      },
    })
    // A Terminal uses what every writable stream has, and isTTY, which is missing on what is none.
    this.stream = sink as unknown as NodeJS.WriteStream
  }
}

/** `  -o, --out FILE   text` and `  --only ID, --skip ID   text`, each at the beginning of a line. */
export function optionsIn(help: string): readonly OptionWords[] {
  const found = new Map<string, OptionWords>()
  for (const line of help.split('\n')) {
    if (!/^ {2}-/.test(line)) continue
    const [head = '', summary = ''] = line.trim().split(/ {2,}/, 2)
    for (const part of head.split(', ')) {
      const [flag = '', value] = part.split(/[ =]/, 2)
      if (!/^--?[a-z]/.test(flag) || found.has(flag)) continue
      found.set(flag, { flag, takesValue: value !== undefined, values: valuesOf(value), summary })
    }
  }
  return [...found.values()]
}

/** `en|ko` and the like; a version with an x, as 3.x, is a value as well. */
function valuesOf(value: string | undefined): readonly string[] {
  return value?.includes('|') === true ? value.split('|') : []
}
