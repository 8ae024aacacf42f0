import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from '../../../../test/support/free-ports.js'
import { sampleValue, scraped } from '../serve/telemetry/application.js'

const PATIENCE_MS = 20_000

export interface ProgramOptions {
  /** Flags of Node.js; the one that loads `telltale/auto` when left out. */
  readonly flags?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Files beside the program, by their names. */
  readonly files?: Readonly<Record<string, string>>
  /** What is run in place of `node` with the flags and the program. */
  readonly command?: readonly string[]
  /** The name of the program's file. */
  readonly name?: string
}

/** A program that knows nothing of metrics, in a process and a folder of its own until the test has finished. */
export class MeasuredProgram {
  readonly metricsPort: number
  /** `undefined` while it runs. */
  code: number | null | undefined
  stdout = ''
  stderr = ''
  readonly #child: ChildProcess
  readonly #closed: Promise<unknown>

  private constructor(child: ChildProcess, metricsPort: number) {
    this.metricsPort = metricsPort
    this.#child = child
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.#closed = once(child, 'close').then(([code]) => {
      this.code = code
    })
  }

  static async start(program: string, options: ProgramOptions = {}): Promise<MeasuredProgram> {
    const { flags = ['--import', 'telltale/auto'], env = {}, files = {}, name = 'app.mjs' } = options
    const folder = mkdtempSync(join(tmpdir(), 'telltale-auto-'))
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'dir')
    for (const [file, text] of Object.entries({ ...files, [name]: program })) {
      writeFileSync(join(folder, file), text)
    }
    const port = await freePort()
    const [command, ...args] = options.command ?? [process.execPath, ...flags, name]
    const child = spawn(command!, args, {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production', METRICS_PORT: String(port), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    const started = new MeasuredProgram(child, port)
    onTestFinished(async () => {
      started.kill('SIGKILL')
      await started.#closed
      rmSync(folder, { recursive: true, force: true })
    })
    return started
  }

  get metricsUrl(): string {
    return `http://127.0.0.1:${this.metricsPort}/metrics`
  }

  /** Resolves with what is found in what it writes to one of its outputs. */
  async writes(pattern: RegExp, output: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpExecArray> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      const found = pattern.exec(this[output])
      if (found !== null) return found
      if (this.code !== undefined || performance.now() > end) {
        throw new Error(`no ${pattern} in: ${this.stdout}${this.stderr}`)
      }
      await pause()
    }
  }

  /** Scrapes until the sample has the value. */
  async shows(sample: string, value: number): Promise<string> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      const text = await scraped(this.metricsUrl).then(
        (answer) => answer.text,
        () => '',
      )
      if (sampleValue(text, sample) === value) return text
      if (performance.now() > end) throw new Error(`no ${sample} ${value} in: ${text}${this.stderr}`)
      await pause()
    }
  }

  /** Writes a line to its standard input. */
  say(line: string): void {
    this.#child.stdin!.write(`${line}\n`)
  }

  /** Ends it and all that it started. */
  kill(signal: NodeJS.Signals): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(-pid, signal)
    } catch {
      // They are all gone.
    }
  }

  async end(): Promise<void> {
    await this.#closed
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20))

/** The text that an application in the process answers with, after it was asked for this path. */
export async function asked(program: MeasuredProgram, path: string): Promise<string> {
  const [, port] = await program.writes(/^port (\d+)$/m)
  return await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
}
