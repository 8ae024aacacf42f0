import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CommandResult, runCommand, until } from '@telltale/cli'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
const command = join(root, 'packages/cli/dist/esm/command.js')

/** Builds the command and the library. Rejects with what the compiler says. */
export async function buildCommand(): Promise<void> {
  const script = join(root, 'scripts/build.mjs')
  const { code, tail } = await runCommand(process.execPath, [script, 'packages/telltale', 'packages/cli'])
  if (code !== 0) throw new Error(tail.join('\n'))
}

/** Runs `telltale` to its end. */
export function telltale(
  directory: string,
  args: readonly string[],
  user?: { readonly uid: number; readonly gid: number },
): Promise<CommandResult> {
  return runCommand(process.execPath, [command, ...args], {
    cwd: directory,
    ...(user !== undefined && { user }),
  })
}

/** A program that runs until it is stopped, and what it says. */
export class RunningProgram {
  output = ''
  readonly ended: Promise<number | null>
  readonly #child: ChildProcess

  constructor(directory: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, [...args], {
      cwd: directory,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream!.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
  }

  /** `telltale up`. */
  static up(directory: string, args: readonly string[]): RunningProgram {
    return new RunningProgram(directory, [command, 'up', ...args])
  }

  async says(text: string | RegExp, within = 60_000): Promise<string> {
    return until(
      async () => {
        const found = typeof text === 'string' ? this.output.includes(text) : text.test(this.output)
        if (found) return this.output
        if (this.#child.exitCode !== null) throw new Error(`it ended:\n${this.output}`)
        return undefined
      },
      { what: `"${text}"`, within },
    )
  }

  /** The address in the row of the table that starts with `name`. */
  address(name: string): string {
    return new RegExp(`^  ${name} +(\\S+)`, 'm').exec(this.output)![1]!
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal)
    return this.ended
  }
}
