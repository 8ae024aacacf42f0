import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import type { Command, Reply } from './commands.js'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Whose prom-client the program of a cluster uses. */
export type Library = 'ours' | 'theirs'

const libraries: Readonly<Record<Library, string>> = {
  ours: source('../../../telltale/src/prom-client/index.ts'),
  theirs: createRequire(import.meta.url).resolve('prom-client'),
}

/** Bundles the program of the cluster into `file`. */
export async function bundleProgram(file: string, library: Library = 'ours'): Promise<void> {
  await build({
    input: source('./program.ts'),
    platform: 'node',
    logLevel: 'silent',
    resolve: { alias: { 'prom-client': libraries[library] } },
    output: { file },
  })
}

/** Runs a cluster, in a folder of its own, for as long as `use` takes. */
export async function inCluster<T>(
  library: Library,
  use: (cluster: RunningCluster) => Promise<T>,
  ...options: readonly string[]
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'telltale-cluster-'))
  const program = join(folder, 'program.mjs')
  await bundleProgram(program, library)
  const cluster = new RunningCluster(program, ...options)
  try {
    return await use(cluster)
  } finally {
    cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A primary in a process of its own, with the workers that it forks. */
export class RunningCluster {
  readonly #primary: ChildProcess
  readonly #replies = new Map<number, (reply: Reply) => void>()
  #ids = 0
  /** What all of its processes wrote to the error stream. */
  errors = ''

  constructor(program: string, ...options: readonly string[]) {
    this.#primary = fork(program, options, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#primary.stderr!.on('data', (chunk) => {
      this.errors += chunk
    })
    this.#primary.on('message', (reply: Reply) => {
      this.#replies.get(reply.done!)?.(reply)
      this.#replies.delete(reply.done!)
    })
  }

  /** Does it, and resolves when it is done. */
  async do(what: Command['do'], worker?: number, amount?: number): Promise<Reply> {
    const id = ++this.#ids
    const done = new Promise<Reply>((resolve) => this.#replies.set(id, resolve))
    this.#primary.send({ id, do: what, worker, amount })
    return await done
  }

  /** Forks workers, and resolves with their numbers. */
  async fork(count: number): Promise<readonly number[]> {
    const workers: number[] = []
    for (let i = 0; i < count; i++) workers.push((await this.do('fork')).worker!)
    return workers
  }

  /** Tells the primary something that it does not answer. */
  tell(what: Command['do'], worker?: number, amount?: number): void {
    this.#primary.send({ id: ++this.#ids, do: what, worker, amount })
  }

  /** Resolves when every process of it has ended. */
  async closed(): Promise<void> {
    // Its workers have the same error stream, which ends with the last of them.
    await once(this.#primary.stderr!, 'close')
  }

  stop(): void {
    this.#primary.kill('SIGKILL')
  }
}
