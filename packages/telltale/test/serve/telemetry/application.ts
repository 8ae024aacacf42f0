import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const built = pathToFileURL(resolve('packages/telltale/dist/esm/index.js')).href

/** How an application ended. */
export interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** All that it wrote to standard error. */
  readonly errors: string
}

/** A process of its own that runs a program over the built library. */
export class Application {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  readonly ended: Promise<End>

  constructor(program: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    const text = `import * as telltale from '${built}'
const { MetricsServer, Counter, Gauge, Histogram, Registry, defaultRegistry } = telltale
${program}`
    // A file, because the workers of a cluster run the same one.
    const folder = mkdtempSync(join(tmpdir(), 'telltale-application-'))
    const file = join(folder, 'application.mjs')
    writeFileSync(file, text)
    this.#child = spawn(process.execPath, [...flags, file], {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]()
    let errors = ''
    this.#child.stderr!.setEncoding('utf8').on('data', (text) => {
      errors += text
    })
    this.ended = once(this.#child, 'close').then(([code, signal]) => {
      rmSync(folder, { recursive: true, force: true })
      return { code, signal, errors }
    })
  }

  /** The next line that it writes to standard output. Rejects with its errors when it ends before. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`the application ended: ${(await this.ended).errors}`)
    return value
  }

  /** Where its metrics are, which is what a `MetricsServer` announces. */
  async metrics(): Promise<string> {
    const line = await this.line()
    const url = /http:\/\/\S+/.exec(line)?.[0]
    if (url === undefined) throw new Error(`no address in ${line}`)
    return url
  }

  /** Writes a line to its standard input. */
  say(line: string): void {
    this.#child.stdin!.write(`${line}\n`)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }
}

/** The text of a scrape, and how many seconds it took. */
export async function scraped(url: string): Promise<{ readonly text: string; readonly seconds: number }> {
  const start = performance.now()
  const text = await (await fetch(url)).text()
  return { text, seconds: (performance.now() - start) / 1000 }
}

/** The value of a sample without its labels, or with them as they are written. */
export function sampleValue(text: string, sample: string): number | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${sample} `))
  return line === undefined ? undefined : Number(line.slice(sample.length + 1))
}
