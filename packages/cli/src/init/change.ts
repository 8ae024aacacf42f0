import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../command-error.js'
import type { GeneratedFile } from '../generate/index.js'
import { readYaml } from '../yaml-document/index.js'
import { contentHash, type Ownership } from './ownership.js'

/** What becomes of one file. */
export type ChangeKind =
  /** It is not there. */
  | 'create'
  /** It is as it was written, and there is a newer version. */
  | 'update'
  /** It is as it should be. */
  | 'same'
  /** The user changed it, and nothing newer is to be said. */
  | 'yours'
  /** The user changed it, or made it: the newer version goes beside it. */
  | 'beside'
  /** The entry gets its line. */
  | 'edit'

/** One file, before and after. */
export interface Change {
  readonly kind: ChangeKind
  /** Where it is written, from the folder of the project. */
  readonly path: string
  readonly before: string | undefined
  readonly after: string
  /** The file that it is about; differs from `path` for what goes beside it. */
  readonly about: string
}

/** Compares what should be with what is there. Rejects with TELLTALE_DEPLOY for a file that cannot be read as YAML. */
export async function changeOf(
  directory: string,
  { path, text }: GeneratedFile,
  ownership: Ownership | undefined,
): Promise<Change> {
  const before = await contentOf(directory, path)
  const change = (kind: ChangeKind) => ({ kind, path, before, after: text, about: path })
  if (before === undefined) return change('create')
  if (contentHash(before) === contentHash(text)) return change('same')
  requireYaml(path, before)
  const offered = ownership?.files[path]
  if (contentHash(before) === offered) return change('update')
  if (contentHash(text) === offered) return change('yours')
  const beside = `${path}.new`
  return { kind: 'beside', path: beside, before, after: text, about: path }
}

/** Whether something is written. */
export function isWritten({ kind }: Change): boolean {
  return kind !== 'same' && kind !== 'yours'
}

async function contentOf(directory: string, path: string): Promise<string | undefined> {
  return readFile(join(directory, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new CommandError(
      'TELLTALE_DEPLOY',
      `${path} cannot be read: ${error.message}; make it readable, or move it`,
    )
  })
}

/** A file that is broken is not taken for one that was changed on purpose. */
function requireYaml(path: string, text: string): void {
  if (!/\.ya?ml$/.test(path)) return
  const [problem] = readYaml(text).problems
  if (problem === undefined) return
  const { line, column } = problem.place
  throw new CommandError(
    'TELLTALE_DEPLOY',
    `${path}:${line}:${column} is not valid YAML: ${problem.detail}; repair or delete it, and run telltale init again. Nothing was written`,
  )
}
