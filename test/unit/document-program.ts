import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import { threadProgram } from '../../scripts/thread-program.mjs'
import { root } from './markdown.js'

/** What a program wrote, and how it ended. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const frameworks = ['express', 'fastify', 'koa', '@koa/router', 'hono', '@hono/node-server']
/** Entries of telltale beside its index: a file each, or the index of a folder. */
const files = ['express', 'fastify', 'hono', 'http', 'koa', 'nest', 'outbound']
const folders = ['prom-client', 'push', 'testing']

/** A reader's project: an empty folder in which telltale, bundled from its sources, and frameworks are installed. */
export class ReadersProject {
  readonly #folder: string
  #programs = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async create(): Promise<ReadersProject> {
    const folder = await mkdtemp(join(tmpdir(), 'telltale-docs-'))
    const installed = join(folder, 'node_modules')
    await mkdir(join(installed, 'telltale'), { recursive: true })
    for (const name of frameworks) {
      await mkdir(dirname(join(installed, name)), { recursive: true })
      await symlink(join(root, 'node_modules', name), join(installed, name), 'dir')
    }
    await bundleTelltale(join(installed, 'telltale'))
    return new ReadersProject(folder)
  }

  /** Starts a program as an ES module, in an environment without `NODE_ENV`. */
  async start(code: string): Promise<RunningProgram> {
    const file = join(this.#folder, `program-${this.#programs++}.mjs`)
    await writeFile(file, code)
    return new RunningProgram(
      spawn(process.execPath, [file], { cwd: this.#folder, env: { PATH: process.env.PATH } }),
    )
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

export class RunningProgram {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  #stdout = ''
  #stderr = ''

  constructor(child: ChildProcess) {
    this.#child = child
    this.#ended = once(child, 'close')
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
  }

  /** Resolves when the program wrote this; rejects with what it wrote when it ended without. */
  async wrote(text: string): Promise<void> {
    while (!this.#stdout.includes(text)) {
      if (this.#child.exitCode !== null) throw new Error(`ended: ${this.#stdout}${this.#stderr}`)
      await Promise.race([once(this.#child.stdout!, 'data'), this.#ended])
    }
  }

  async end(): Promise<Outcome> {
    await this.#ended
    return { code: this.#child.exitCode, stdout: this.#stdout, stderr: this.#stderr }
  }

  stop(): void {
    this.#child.kill()
  }
}

async function bundleTelltale(into: string): Promise<void> {
  const source = join(root, 'packages/telltale/src')
  const bundle = await rolldown({
    input: Object.fromEntries([
      ...['index', ...files].map((name) => [name, join(source, `${name}.ts`)]),
      ...folders.map((name) => [name, join(source, name, 'index.ts')]),
    ]),
    plugins: [threadProgram()],
    platform: 'node',
    logLevel: 'silent',
  })
  await bundle.write({ dir: into, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' })
  await bundle.close()
  const subpaths = [...files, ...folders].map((name) => [`./${name}`, `./${name}.mjs`])
  const exports = { '.': './index.mjs', ...Object.fromEntries(subpaths) }
  await writeFile(join(into, 'package.json'), JSON.stringify({ name: 'telltale', exports }))
}
