import { spawn } from 'node:child_process'
import { OutputTail } from './output-tail.js'

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  /** The last lines of both streams, for a message. */
  readonly tail: readonly string[]
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly user?: { readonly uid: number; readonly gid: number }
  /** Milliseconds until it is killed. Default 300,000. */
  readonly within?: number
  /** Kills it. */
  readonly signal?: AbortSignal | undefined
}

/** Runs a command to its end. Never rejects: a command that cannot be run has code 127. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env = process.env, user, within = 300_000, signal } = options
  return new Promise((resolve) => {
    const tail = new OutputTail(20)
    let stdout = ''
    const child = spawn(command, args, {
      cwd,
      env,
      uid: user?.uid,
      gid: user?.gid,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: within,
      signal,
      killSignal: 'SIGKILL',
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      tail.write(text)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => tail.write(text))
    child.once('error', (error) => resolve({ code: 127, stdout, tail: [error.message] }))
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, tail: tail.last() }))
  })
}
