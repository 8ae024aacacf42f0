import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { CommandError } from '../../command-error.js'
import { fileFaultOf } from '../../file-fault.js'
import { basic } from '../../http/index.js'

/** The servers that may ask who is there. */
export const protectedServers = ['prometheus', 'alertmanager', 'grafana', 'metrics'] as const

export type ProtectedServer = (typeof protectedServers)[number]

/** What goes into the Authorization header of each server. It is sent to that server's own address only. */
export type Credentials = Readonly<Partial<Record<ProtectedServer, string>>>

interface Login {
  readonly username?: unknown
  readonly password?: unknown
  readonly password_file?: unknown
  readonly token?: unknown
  readonly token_file?: unknown
}

/**
 * Credentials from the environment (`PROMETHEUS_TOKEN`, or `PROMETHEUS_USERNAME` and `PROMETHEUS_PASSWORD`, and so on
 * for each server), and from a YAML file, which goes before. Throws TELLTALE_USAGE for a file that cannot be used.
 */
export async function readCredentials(
  file: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Credentials> {
  const logins = file === undefined ? {} : await readLogins(file)
  const found: Partial<Record<ProtectedServer, string>> = {}
  for (const server of protectedServers) {
    const login = logins[server]
    const header = login === undefined ? fromEnvironment(server, env) : await headerOf(login, server, file!)
    if (header !== undefined) found[server] = header
  }
  return found
}

function fromEnvironment(server: ProtectedServer, env: NodeJS.ProcessEnv): string | undefined {
  const name = server.toUpperCase()
  const token = env[`${name}_TOKEN`]
  if (token) return `Bearer ${token}`
  const username = env[`${name}_USERNAME`]
  return username ? basic(username, env[`${name}_PASSWORD`] ?? '') : undefined
}

async function readLogins(file: string): Promise<Readonly<Record<string, Login>>> {
  const logins: unknown = await readFile(file, 'utf8')
    .then((text) => parse(text))
    .catch((error: unknown) => {
      const [reason = ''] = fileFaultOf(error).split('\n', 1)
      throw new CommandError(
        'TELLTALE_USAGE',
        `--credentials ${file} cannot be read: ${reason.replace(/:$/, '')}; give a YAML file with logins`,
      )
    })
  const names = isRecord(logins) ? Object.keys(logins) : []
  const unknown = names.find((name) => !protectedServers.some((server) => server === name))
  if (isRecord(logins) && unknown === undefined && Object.values(logins).every(isRecord)) return logins
  const got = unknown === undefined ? 'something else' : `"${unknown}"`
  throw new CommandError(
    'TELLTALE_USAGE',
    `--credentials ${file}: got ${got}, expected a map of ${protectedServers.join(', ')}, each with username and ` +
      'password_file, or with token_file',
  )
}

async function headerOf(login: Login, server: string, file: string): Promise<string> {
  const token = await secret(login.token, login.token_file, file)
  if (token !== undefined) return `Bearer ${token}`
  const password = await secret(login.password, login.password_file, file)
  if (typeof login.username === 'string' && password !== undefined) return basic(login.username, password)
  throw new CommandError(
    'TELLTALE_USAGE',
    `--credentials ${file}: ${server} has neither a token nor a username with its password; give token, token_file, ` +
      'or username with password or password_file',
  )
}

async function secret(value: unknown, path: unknown, file: string): Promise<string | undefined> {
  if (typeof value === 'string') return value
  if (typeof path !== 'string') return undefined
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => {
      throw new CommandError(
        'TELLTALE_USAGE',
        `--credentials ${file}: ${path}, which it names, cannot be read; give a file that can`,
      )
    },
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, Login>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
