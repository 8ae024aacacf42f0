import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CommandError } from '../command-error.js'
import type { ServerKind } from './server-kind.js'

/** One server as it was found on this machine. */
export class Installation {
  readonly kind: ServerKind
  /** The folder that packages were unpacked into; `undefined` for a server installed in the ordinary way. */
  readonly root: string | undefined
  readonly #commands: ReadonlyMap<string, string>

  constructor(kind: ServerKind, commands: ReadonlyMap<string, string>, root?: string) {
    this.kind = kind
    this.root = root
    this.#commands = commands
  }

  /** The path of one of its commands; throws TELLTALE_SERVER_MISSING when this installation lacks it. */
  command(name: string): string {
    const path = this.#commands.get(name)
    if (path === undefined) {
      throw new CommandError(
        'TELLTALE_SERVER_MISSING',
        `${this.kind.name} is installed without its command ${name}`,
      )
    }
    return path
  }

  /** The environment that its commands need: unpacked libraries are found through it. */
  environment(base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
    if (this.root === undefined) return base
    const folders = libraryFolders(this.root)
    return { ...base, LD_LIBRARY_PATH: [...folders, base.LD_LIBRARY_PATH].filter(Boolean).join(delimiter) }
  }
}

export interface SearchOptions {
  /** The search path for commands, as in PATH. Default: TELLTALE_SERVER_PATH, else PATH. */
  readonly path?: string
  /** The folder of unpacked servers. */
  readonly store: string
}

/** Finds a server: on the PATH, where the distribution puts it, or in the store. Starts and fetches nothing. */
export function findInstallation(kind: ServerKind, options: SearchOptions): Installation | undefined {
  const own = process.env.TELLTALE_SERVER_PATH
  const path = options.path ?? own ?? process.env.PATH ?? ''
  // A search path that was given says where to look, and so where not to.
  const systemFolders = options.path === undefined && own === undefined ? (kind.folders ?? []) : []
  const folders = [...path.split(delimiter).filter(Boolean), ...systemFolders.flatMap(expand)]
  const installed = commandsIn(kind, folders)
  if (installed !== undefined) return new Installation(kind, installed)
  return findUnpacked(kind, join(options.store, kind.name))
}

/** Finds a server in a folder that its packages were unpacked into. */
export function findUnpacked(kind: ServerKind, root: string): Installation | undefined {
  const folders = ['/usr/bin', '/usr/sbin', ...(kind.folders ?? [])].map((folder) => join(root, folder))
  const unpacked = commandsIn(kind, folders.flatMap(expand))
  return unpacked === undefined ? undefined : new Installation(kind, unpacked, root)
}

function commandsIn(kind: ServerKind, folders: readonly string[]): Map<string, string> | undefined {
  const found = new Map<string, string>()
  for (const [command, names] of Object.entries(kind.commands)) {
    const path = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
    if (path === undefined) return undefined
    found.set(command, path)
  }
  return found
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function expand(pattern: string): string[] {
  const [parent, child] = pattern.split('/*/')
  if (parent === undefined || child === undefined) return [pattern]
  return subfolders(parent).map((folder) => join(parent, folder, child))
}

function libraryFolders(root: string): string[] {
  return ['lib', 'usr/lib'].flatMap((lib) => {
    const folder = join(root, lib)
    const triplets = subfolders(folder).filter((name) => name.includes('-linux-'))
    return [...triplets.map((name) => join(folder, name)), folder].filter((path) => existsSync(path))
  })
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  } catch {
    return []
  }
}
