import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, type WriteStream } from 'node:fs'
import { CommandError } from '../command-error.js'
import { OutputTail } from './output-tail.js'
import { until } from './until.js'

const setpriv = '/usr/bin/setpriv'

export interface ChildOptions {
  /** The name that messages use. */
  readonly name: string
  readonly command: string
  readonly args?: readonly string[]
  readonly cwd?: string
  /** The whole environment of the child. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv
  /** Runs under another user; only root may ask for it. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** Takes `command` as a line for the shell; `args` are not used then. */
  readonly shell?: boolean
  /** Whether the child can be used; asked again and again until it says so. */
  readonly ready: () => Promise<boolean>
  /** Milliseconds to become ready. Default 30,000. */
  readonly readyWithin?: number
  /** Signal that asks for a clean end. Default SIGTERM. */
  readonly stopSignal?: 'SIGTERM' | 'SIGINT'
  /** Milliseconds from that signal to SIGKILL. Default 5,000. */
  readonly stopWithin?: number
  /** Everything the child writes is appended here. */
  readonly logFile?: string
}

/** How a process ended, in words. */
export type ChildEnd = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/**
 * One server as a child process, in a process group of its own, so that Ctrl-C in the terminal reaches only us
 * and the order of stopping is ours. On Linux the kernel ends it when this process dies in whatever way.
 */
export class ChildServer {
  readonly name: string
  readonly pid: number
  /** Resolves when the process has ended, never rejects. */
  readonly ended: Promise<ChildEnd>
  readonly #options: ChildOptions
  readonly #tail = new OutputTail()
  #end: ChildEnd | undefined
  #stopping: Promise<void> | undefined

  private constructor(options: ChildOptions, child: ChildProcess, pid: number) {
    this.name = options.name
    this.pid = pid
    this.#options = options
    const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' })
    this.#listen(child, log)
    this.ended = new Promise((resolve) => {
      const finish = (code: number | null, signal: NodeJS.Signals | null) => {
        this.#end ??= { code, signal }
        log?.end()
        resolve(this.#end)
      }
      child.once('exit', (code, signal) => {
        this.#signalGroup('SIGKILL')
        // What left the group may hold the pipes open for ever: 1 s is enough for the last lines.
        setTimeout(finish, 1_000, code, signal).unref()
      })
      child.once('close', finish)
    })
  }

  /**
   * Spawns the process and does not wait for it to be ready: see {@link ready}. Throws TELLTALE_SERVER_DIED when
   * it cannot be spawned.
   */
  static async spawn(options: ChildOptions): Promise<ChildServer> {
    const [command, args] = underParent(options)
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      uid: options.user?.uid,
      gid: options.user?.gid,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (error) =>
        reject(new CommandError('TELLTALE_SERVER_DIED', `${options.name} cannot be run: ${error.message}`)),
      )
    })
    const spawned = new Promise<number>((resolve) => {
      child.once('spawn', () => resolve(child.pid!))
    })
    const server = new ChildServer(options, child, child.pid ?? -1)
    await Promise.race([spawned, failed])
    return server
  }

  get running(): boolean {
    return this.#end === undefined
  }

  /** Whether {@link stop} was asked for; an end before that is an unexpected one. */
  get stopRequested(): boolean {
    return this.#stopping !== undefined
  }

  /** The newest lines of its standard output and standard error, oldest first. */
  lastLines(count = 12): string[] {
    return this.#tail.last(count)
  }

  /** Why it is no longer there, with the last lines of its log. */
  obituary(): string {
    const end = this.#end
    const how = end === undefined ? 'is running' : describeEnd(end)
    const lines = this.lastLines().map((line) => `    ${line}`)
    return lines.length === 0
      ? `${this.name} ${how} and wrote nothing`
      : `${this.name} ${how}; its last lines were:\n${lines.join('\n')}`
  }

  /**
   * Resolves when the server says it is ready. Rejects with TELLTALE_SERVER_DIED when it ends before, and with
   * TELLTALE_SERVER_NOT_READY when time is up, in which case it is stopped.
   */
  async ready(): Promise<this> {
    const { ready, readyWithin = 30_000 } = this.#options
    const gone = new AbortController()
    void this.ended.then(() => gone.abort())
    try {
      await until(async () => ((await ready()) ? true : undefined), {
        what: `${this.name} to become ready`,
        within: readyWithin,
        every: 40,
        signal: gone.signal,
      })
      return this
    } catch {
      if (!this.running) throw new CommandError('TELLTALE_SERVER_DIED', this.obituary())
      const lines = this.lastLines().join('\n    ')
      await this.stop()
      throw new CommandError(
        'TELLTALE_SERVER_NOT_READY',
        `${this.name} was not ready after ${readyWithin / 1000} s; its last lines were:\n    ${lines}`,
      )
    }
  }

  /** Asks for a clean end, and enforces one after `stopWithin`. Resolves when the process is gone. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  /** Ends it and all it has started, now. */
  kill(): void {
    this.#stopping ??= this.ended.then(() => undefined)
    this.#signalGroup('SIGKILL')
  }

  async #stop(): Promise<void> {
    const { stopSignal = 'SIGTERM', stopWithin = 5_000 } = this.#options
    this.#signalGroup(stopSignal)
    const timer = setTimeout(() => this.#signalGroup('SIGKILL'), stopWithin)
    await this.ended
    clearTimeout(timer)
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.pid <= 0) return
    try {
      process.kill(-this.pid, signal)
    } catch {
      // ESRCH: the whole group is gone, which is what was wanted.
    }
  }

  #listen(child: ChildProcess, log: WriteStream | undefined): void {
    // A full disk must cost the log, not the stack.
    log?.on('error', () => undefined)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8')
      stream?.on('data', (text: string) => {
        this.#tail.write(text)
        log?.write(text)
      })
    }
    child.on('error', () => undefined)
  }
}

function underParent(options: ChildOptions): [string, string[]] {
  const { command, args = [], shell = false, stopSignal = 'SIGTERM' } = options
  const line = shell ? ['/bin/sh', '-c', asOneProcess(command)] : [command, ...args]
  if (process.platform !== 'linux' || !existsSync(setpriv)) return [line[0]!, line.slice(1)]
  return [setpriv, [`--pdeathsig=${stopSignal}`, '--', ...line]]
}

/** A shell that stays would die alone when the kernel ends it; a plain command takes its place instead. */
function asOneProcess(line: string): string {
  return /[;&|\n]|^\s*\w+=/.test(line) ? line : `exec ${line}`
}

function describeEnd({ code, signal }: ChildEnd): string {
  return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`
}
