import type { TLSSocket } from 'node:tls'
import type { EndpointSettings } from '../endpoint-settings.js'
import type { Exchange } from '../exchange.js'
import type { Rejection } from '../rejection.js'
import type { LiveWebConfig } from '../web-config/live-web-config.js'
import { loadReadersText } from '../web-config/readers.js'
import { parseAuthorization } from './authorization.js'
import { BearerToken } from './bearer-token.js'

/** What an access control is made from. */
export type AccessSettings = Pick<
  EndpointSettings,
  'bearerToken' | 'bearerTokenFile' | 'webConfigFile' | 'readersText'
>

/** Whom an access control tells of files that were read again. */
export interface AccessHooks {
  /** Told once of each version of a file that cannot be used. */
  readonly warn: (message: string) => void
  readonly reloaded: (result: 'success' | 'failure') => void
}

/**
 * Who may read the metrics: everybody, unless there is a token or a web-config file. Where there are a token and
 * users, either of them opens.
 */
export class Access {
  readonly #hooks: AccessHooks
  readonly #token: BearerToken | undefined
  readonly #web: LiveWebConfig | undefined

  private constructor(hooks: AccessHooks, token: BearerToken | undefined, web: LiveWebConfig | undefined) {
    this.#hooks = hooks
    this.#token = token
    this.#web = web
  }

  /** Reads the files. Rejects with `TELLTALE_WEB_CONFIG` when one cannot be used, `TELLTALE_OPTION` for a bad token. */
  static async open(settings: AccessSettings, hooks: AccessHooks): Promise<Access> {
    const { bearerToken, bearerTokenFile, webConfigFile } = settings
    const hasToken = bearerToken !== undefined || bearerTokenFile !== undefined
    const token = hasToken ? new BearerToken({ token: bearerToken, file: bearerTokenFile }) : undefined
    const web =
      webConfigFile === undefined ? undefined : await openWebConfig(webConfigFile, settings.readersText)
    return new Access(hooks, token, web)
  }

  /** What a web-config file says about TLS; `undefined` for plain HTTP. */
  get tls() {
    return this.#web?.config.tls
  }

  /** Headers of every answer. */
  get headers(): ReadonlyMap<string, string> | undefined {
    return this.#web?.config.headers
  }

  /**
   * Reads the files again that have changed; true when something is new. What cannot be used leaves what was before,
   * with one warning. Never throws.
   */
  refresh(): boolean {
    const token = this.#renew(this.#token)
    return this.#renew(this.#web) || token
  }

  /** The answer for a request that may not be answered; `socket` is its connection where that may have a certificate. */
  check(exchange: Exchange, socket?: TLSSocket): Rejection | undefined | Promise<Rejection | undefined> {
    if (this.#token === undefined && this.#web === undefined) return undefined
    return (
      this.#web?.checkRate() ?? (socket && this.#web?.checkCertificate(socket)) ?? this.#identify(exchange)
    )
  }

  #renew(live: { refresh(): boolean } | undefined): boolean {
    try {
      const isNew = live?.refresh() ?? false
      if (isNew) this.#hooks.reloaded('success')
      return isNew
    } catch (error) {
      this.#hooks.reloaded('failure')
      const reason = error instanceof Error ? error.message : String(error)
      this.#hooks.warn(`${reason}. What it said before stays in use`)
      return false
    }
  }

  #identify(exchange: Exchange): Rejection | undefined | Promise<Rejection | undefined> {
    const users = this.#web?.config.users
    const hasUsers = users !== undefined && users.size > 0
    if (this.#token === undefined && !hasUsers) return undefined
    const given = parseAuthorization(exchange.header('authorization'))
    if (given?.scheme === 'bearer' && this.#token?.isRight(given.token)) return undefined
    if (given?.scheme !== 'basic' || !hasUsers) return this.#unknown(hasUsers)
    return this.#web!.checkPassword(given, exchange.address).then((result) => {
      if (result === 'later') return tooManyAttempts
      return result === 'right' ? undefined : this.#unknown(hasUsers)
    })
  }

  #unknown(hasUsers: boolean): Rejection {
    const schemes = [...(this.#token ? ['Bearer'] : []), ...(hasUsers ? ['Basic realm="metrics"'] : [])]
    return {
      reason: 'credentials',
      status: 401,
      error: 'The metrics need a token or a password, and this request has none that is right.',
      headers: { 'WWW-Authenticate': schemes.join(', ') },
    }
  }
}

const tooManyAttempts: Rejection = {
  reason: 'attempts',
  status: 429,
  error: 'There were too many wrong passwords. Try again in a second.',
  headers: { 'Retry-After': '1' },
}

/** The reader of YAML and bcrypt are loaded only where there is a file for them. */
async function openWebConfig(file: string, readersText: string | undefined): Promise<LiveWebConfig> {
  const { LiveWebConfig } = await import('../web-config/live-web-config.js')
  return new LiveWebConfig(file, readersText ?? (await loadReadersText()))
}
