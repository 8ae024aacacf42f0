import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { freePort } from '../../support/free-ports.js'
import type { Command, Report, Settings } from './member-message.js'

/** One process of a group, and what it told of what it counted. */
export class RunningMember {
  readonly child: ChildProcess
  role: string | undefined
  counted = 0
  killedAt: number | undefined
  errors = ''
  /** When it told of each count. */
  readonly #tellings: { readonly at: number; readonly counted: number }[] = []

  constructor(child: ChildProcess) {
    this.child = child
    child.on('message', (report: Report) => {
      if (report.kind === 'role') this.role = report.role
      if (report.kind !== 'counted') return
      this.counted = report.counted
      this.#tellings.push(report)
    })
    child.stderr!.on('data', (piece) => {
      this.errors += piece
    })
  }

  /** What it had counted, as it told, so many seconds before it was killed; everything while it is there. */
  countedBefore(seconds: number): number {
    if (this.killedAt === undefined) return this.counted
    const until = this.killedAt - seconds * 1000
    return this.#tellings.findLast(({ at }) => at <= until)?.counted ?? 0
  }

  tell(command: Command): void {
    this.child.send(command)
  }

  /** Resolves with the next report of this kind; rejects when the process ends before. */
  next(kind: Report['kind']): Promise<void> {
    return new Promise((resolve, reject) => {
      const hear = (report: Report) => {
        if (report.kind === kind) settle(resolve)
      }
      const ended = () => settle(() => reject(new Error(`a member ended before its ${kind}: ${this.errors}`)))
      const settle = (then: () => void) => {
        this.child.off('message', hear)
        this.child.off('exit', ended)
        then()
      }
      this.child.on('message', hear)
      this.child.on('exit', ended)
    })
  }

  /** Ends it by SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    this.killedAt = Date.now()
    const exit = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exit
  }
}

/** Processes of a group, in a folder of their own; ends with all of them. */
export class RunningGroup implements AsyncDisposable {
  readonly folder: string
  readonly port: number
  readonly members: RunningMember[] = []
  readonly #settings: Partial<Settings>

  private constructor(folder: string, port: number, settings: Partial<Settings>) {
    this.folder = folder
    this.port = port
    this.#settings = settings
  }

  static async open(settings: Partial<Settings> = {}): Promise<RunningGroup> {
    const folder = await mkdtemp(join(tmpdir(), 'tt-group-'))
    await build({
      input: fileURLToPath(new URL('./member-program.ts', import.meta.url)),
      platform: 'node',
      logLevel: 'silent',
      output: { file: join(folder, 'member.mjs') },
    })
    return new RunningGroup(folder, await freePort(), settings)
  }

  get living(): readonly RunningMember[] {
    return this.members.filter(({ child }) => child.exitCode === null && child.signalCode === null)
  }

  get leader(): RunningMember | undefined {
    return this.living.find(({ role }) => role === 'leader')
  }

  get settings(): Settings {
    return {
      name: 'live',
      folders: [join(this.folder, 'meeting')],
      memoryFolders: [join(this.folder, 'memory')],
      intervalSeconds: 0.25,
      port: this.port,
      ...this.#settings,
    }
  }

  /** Starts a process; resolves when it has its role in the group. */
  async start(env: NodeJS.ProcessEnv = process.env): Promise<RunningMember> {
    const child = fork(join(this.folder, 'member.mjs'), [JSON.stringify(this.settings)], {
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const member = new RunningMember(child)
    this.members.push(member)
    await member.next('role')
    return member
  }

  /** The samples of a scrape, asked for until somebody answers. */
  async scrape(): Promise<ReadonlyMap<string, number>> {
    for (;;) {
      try {
        const response = await fetch(`http://127.0.0.1:${this.port}/metrics`)
        return samplesIn(await response.text())
      } catch {
        // Who answered is gone, and nobody has taken its place yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.living.map((member) => member.kill()))
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** The samples of a text. */
export function samplesIn(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice(0, space), Number(line.slice(space + 1))]
    }),
  )
}

/** Samples that must never fall. */
export const isCount = (sample: string) => /_(total|count|bucket|sum)(\{|$)/.test(sample)
