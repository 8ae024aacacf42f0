import { CommandError } from '../command-error.js'

/** Where samples are sent. */
export interface RemoteWrite {
  readonly url: string
  readonly receiver: Receiver
  /** With it the password is read from a file. */
  readonly user: string | undefined
  /** Whether a bearer token is read from a file. */
  readonly token: boolean
  readonly tenant: string | undefined
}

type Receiver = 'mimir' | 'thanos' | 'victoriametrics'

/** What tells the receivers apart: the path that each of them listens on. */
const receivers: readonly { readonly path: RegExp; readonly receiver: Receiver }[] = [
  { path: /\/(?:api\/v1|api\/prom)\/push\/?$/, receiver: 'mimir' },
  { path: /\/api\/v1\/receive\/?$/, receiver: 'thanos' },
  { path: /\/(?:api\/v1\/write|insert\/.+\/prometheus.*)\/?$/, receiver: 'victoriametrics' },
]

const tenantHeader = { mimir: 'X-Scope-OrgID', thanos: 'THANOS-TENANT', victoriametrics: undefined } as const

/** What a user says about remote write. */
export type RemoteWriteArguments = Pick<RemoteWrite, 'user' | 'token' | 'tenant'>

/** Reads the address of a receiver. Throws TELLTALE_USAGE for one that cannot be, and for a secret in it. */
export function readRemoteWrite(address: string, args: RemoteWriteArguments): RemoteWrite {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw usage(`--remote-write is "${address}", which is no address; write it as https://host/api/v1/push`)
  }
  if (url.password !== '' || url.username !== '') {
    url.username = url.password = ''
    throw usage(
      `--remote-write has a user or password in it, and configuration is no place for secrets; give ${url} and --remote-write-user NAME, the password goes into a file`,
    )
  }
  const receiver = receivers.find(({ path }) => path.test(url.pathname))?.receiver
  if (receiver === undefined) {
    throw usage(
      `--remote-write is "${address}", whose path belongs to no receiver; Mimir takes /api/v1/push, Thanos receive /api/v1/receive, VictoriaMetrics and Prometheus /api/v1/write`,
    )
  }
  if (args.user !== undefined && args.token) {
    throw usage('--remote-write-user and --remote-write-token are two ways to sign in; give one of them')
  }
  if (args.tenant !== undefined && tenantHeader[receiver] === undefined) {
    throw usage('--remote-write-tenant is for Mimir and Thanos; VictoriaMetrics has the tenant in its path')
  }
  return { url: address, receiver, ...args }
}

/** The file with the secret, from the folder of the configuration; `undefined` when there is none. */
export function secretFile({ user, token }: RemoteWrite): string | undefined {
  if (token) return 'secrets/remote-write-token'
  return user === undefined ? undefined : 'secrets/remote-write-password'
}

/** One entry of `remote_write`. */
export function remoteWriteEntry(remote: RemoteWrite): object {
  const { url, receiver, user, token, tenant } = remote
  const header = tenantHeader[receiver]
  const file = secretFile(remote)
  // A receiver that does not store exemplars and native histograms refuses or ignores them: not sent to be sure.
  const isComplete = receiver !== 'victoriametrics'
  return {
    name: receiver,
    url,
    ...(isComplete && { send_exemplars: true, send_native_histograms: true }),
    ...(header !== undefined && tenant !== undefined && { headers: { [header]: tenant } }),
    ...(token && { authorization: { credentials_file: file } }),
    ...(user !== undefined && { basic_auth: { username: user, password_file: file } }),
  }
}

function usage(message: string): CommandError {
  return new CommandError('TELLTALE_USAGE', message)
}
