import { join } from 'node:path'
import { DebianPackages } from './debian-packages.js'
import { findInstallation, type Installation } from './installation.js'
import type { ServerKind } from './server-kind.js'
import { ServerStore } from './server-store.js'

export interface ProvisionOptions {
  /** The project's folder; unpacked servers are in `.servers` below it. Default: the working directory. */
  readonly directory?: string
  /** The search path for commands. Default: TELLTALE_SERVER_PATH, else PATH. */
  readonly path?: string
  /** `false`: use what is there and fetch nothing. */
  readonly fetch?: boolean
  /** Told what is being fetched, a line at a time. */
  readonly say?: (line: string) => void
  /** Ends a fetch; what it had begun is removed. */
  readonly signal?: AbortSignal
}

export interface Provision {
  readonly found: ReadonlyMap<ServerKind, Installation>
  readonly missing: readonly ServerKind[]
  /** One line: what is missing, why, and how to get it; `undefined` when nothing is. */
  readonly remedy: string | undefined
}

/**
 * Finds servers, and fetches those that are missing when the machine has Debian's tools. Never rejects because
 * of a server that cannot be had: it is `missing`.
 */
export async function provision(
  kinds: readonly ServerKind[],
  options: ProvisionOptions = {},
): Promise<Provision> {
  const { directory = process.cwd(), path, fetch = true, say = () => undefined, signal } = options
  const store = join(directory, '.servers')
  const found = new Map<ServerKind, Installation>()
  for (const kind of kinds) {
    const installation = findInstallation(kind, { store, path })
    if (installation !== undefined) found.set(kind, installation)
  }
  const absent = kinds.filter((kind) => !found.has(kind))
  if (absent.length === 0) return { found, missing: [], remedy: undefined }
  if (!fetch) return { found, missing: absent, remedy: remedy(absent, 'fetching is switched off') }
  if (!DebianPackages.available())
    return { found, missing: absent, remedy: remedy(absent, 'not on the PATH') }
  return fetchAbsent(absent, found, new ServerStore(store), say, signal)
}

async function fetchAbsent(
  absent: readonly ServerKind[],
  found: Map<ServerKind, Installation>,
  store: ServerStore,
  say: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<Provision> {
  say(`${names(absent)}: not on the PATH, fetching into .servers (no root needed)`)
  let reason = ''
  for (const [kind, result] of await store.fetch(absent, say, signal)) {
    if (result instanceof Error) reason = result.message
    else found.set(kind, result)
  }
  const missing = absent.filter((kind) => !found.has(kind))
  return { found, missing, remedy: missing.length === 0 ? undefined : remedy(missing, reason) }
}

function remedy(missing: readonly ServerKind[], reason: string): string {
  const verb = missing.length === 1 ? 'is' : 'are'
  return `${names(missing)} ${verb} missing (${reason}); to have ${missing.length === 1 ? 'it' : 'them'}: ${howTo(missing)}`
}

function howTo(missing: readonly ServerKind[]): string {
  if (DebianPackages.available()) {
    return `apt-get install --no-install-recommends ${missing.map((kind) => kind.packages[0]).join(' ')}`
  }
  if (process.platform === 'darwin') return `brew install ${missing.map((kind) => kind.name).join(' ')}`
  return 'put the commands on the PATH; they are at https://prometheus.io/download/'
}

function names(kinds: readonly ServerKind[]): string {
  const list = kinds.map((kind) => kind.name)
  return list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`
}
