import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../command-error.js'
import { monitoringFolder } from '../generate/index.js'

/** The file that remembers what was written, from the folder of the project. */
export const ownershipFile = `${monitoringFolder}/telltale.json`

/** What earlier runs wrote and were asked for. */
export interface Ownership {
  /** The arguments that shape the files. */
  readonly arguments: readonly string[]
  /** The file that got the line which loads the instrumentation. */
  readonly entry: string | undefined
  /** The hash of each file as it was last offered, by its path. */
  readonly files: Readonly<Record<string, string>>
}

/** Of the content, whatever line ends a version control made of it. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}

/** Reads what earlier runs left; `undefined` when there was none. Rejects with TELLTALE_DEPLOY for a broken file. */
export async function readOwnership(directory: string): Promise<Ownership | undefined> {
  const text = await readFile(join(directory, ownershipFile), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const data = parsed(text)
  if (data === undefined) {
    throw new CommandError(
      'TELLTALE_DEPLOY',
      `${ownershipFile} does not say what telltale init wrote; restore it from version control, or delete it: files that differ are left as they are then`,
    )
  }
  return data
}

/** The text of the file. */
export function ownershipText({ arguments: args, entry, files }: Ownership): string {
  const sorted = Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const about = 'What telltale init wrote, with a hash of each file: one that has another hash is yours.'
  return `${JSON.stringify({ about, arguments: args, entry, files: sorted }, null, 2)}\n`
}

function parsed(text: string): Ownership | undefined {
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data !== 'object' || data === null) return undefined
    if (!('files' in data) || !isTexts(data.files)) return undefined
    const args = 'arguments' in data && Array.isArray(data.arguments) ? data.arguments : []
    const entry = 'entry' in data && typeof data.entry === 'string' ? data.entry : undefined
    return { arguments: args.map(String), entry, files: data.files }
  } catch {
    return undefined
  }
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  )
}
