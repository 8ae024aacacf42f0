import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const index = fileURLToPath(new URL('../../../src/index.ts', import.meta.url))

/** Programs for worker threads that use the library as it is in the sources. */
export interface WorkerPrograms {
  /** Writes a program, which may require `telltale`, and returns its path. */
  write(name: string, text: string): Promise<string>
  remove(): Promise<void>
}

export async function workerPrograms(): Promise<WorkerPrograms> {
  const folder = await mkdtemp(join(tmpdir(), 'telltale-threads-'))
  const dir = join(folder, 'node_modules', 'telltale')
  await build({ input: index, platform: 'node', logLevel: 'warn', output: { dir, format: 'cjs' } })
  return {
    write: async (name, text) => {
      const path = join(folder, name)
      await writeFile(path, text)
      return path
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
