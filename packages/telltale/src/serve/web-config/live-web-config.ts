import type { TLSSocket } from 'node:tls'
import { TelltaleError } from '../../model/error.js'
import { PasswordCheck, type PasswordResult } from '../access/password-check.js'
import { LiveFiles } from '../live-files.js'
import type { Rejection } from '../rejection.js'
import { checkClient } from './client-policy.js'
import { makeReaders, type Readers } from './readers.js'
import { readWebConfig, type WebConfig } from './web-config.js'

const LONGEST_FILE = 1_048_576

/** A web-config file as it is now, and what it makes of requests. */
export class LiveWebConfig {
  readonly #file: string
  readonly #live: LiveFiles<WebConfig>
  readonly #readers: Readers
  readonly #passwords: PasswordCheck
  /** Requests that may come at once, at `#countedAt`. */
  #allowance: number
  #countedAt = performance.now()

  /** Throws `TELLTALE_WEB_CONFIG` when the file, or one that it names, cannot be used. */
  constructor(file: string, readersText: string) {
    this.#file = file
    this.#readers = makeReaders(readersText)
    this.#passwords = new PasswordCheck((password, hash) => this.#readers.comparePassword(password, hash))
    this.#live = new LiveFiles((read) => this.#read(read))
    this.#allowance = this.config.rate?.burst ?? 0
  }

  get config(): WebConfig {
    return this.#live.value
  }

  /** Reads the files again when one has changed; see {@link LiveFiles}. */
  refresh(): boolean {
    const isNew = this.#live.refresh()
    if (isNew) this.#passwords.forget()
    return isNew
  }

  /** The answer for a request that comes too soon after others. */
  checkRate(): Rejection | undefined {
    const { rate } = this.config
    if (rate === undefined) return undefined
    const now = performance.now()
    const renewed = (now - this.#countedAt) / 1000 / rate.seconds
    this.#allowance = Math.min(rate.burst, this.#allowance + renewed)
    this.#countedAt = now
    if (this.#allowance < 1) return tooSoon
    this.#allowance -= 1
    return undefined
  }

  /** The answer for a connection without the certificate that it needs. */
  checkCertificate(socket: TLSSocket): Rejection | undefined {
    const { tls } = this.config
    return tls && checkClient(socket, tls.policy, tls.allowedNames)
  }

  checkPassword(
    given: { readonly user: string; readonly password: string },
    address: string | undefined,
  ): Promise<PasswordResult> {
    return this.#passwords.check(this.config.users, given, address)
  }

  #read(read: (path: string) => Buffer): WebConfig {
    const content = this.#content(read)
    if (content.length > LONGEST_FILE) {
      throw this.#fault(`got a file of ${content.length} bytes, expected at most ${LONGEST_FILE}`)
    }
    const text = content.toString()
    if (this.#before !== undefined && text.trim() === '') {
      // Taken at its word, it would open the metrics to everybody between the two steps of writing a file.
      throw this.#fault('the file is empty, as it is while it is being written')
    }
    const config = readWebConfig(this.#readers.parseYaml(this.#file, text), this.#file, read)
    this.#checkChange(config)
    return config
  }

  /** What is in use while the file is read again; nothing at the first time. */
  get #before(): WebConfig | undefined {
    return (this.#live as LiveFiles<WebConfig> | undefined)?.value
  }

  #content(read: (path: string) => Buffer): Buffer {
    try {
      return read(this.#file)
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code)
      throw this.#fault(`the file cannot be read (${code}). Check its name and who may read it`)
    }
  }

  /** What a server decides once, when it begins to listen, cannot change with a file. */
  #checkChange({ tls }: WebConfig): void {
    const before = this.#before
    if (before === undefined) return
    if ((before.tls === undefined) !== (tls === undefined)) {
      throw this.#fault('TLS was turned on or off, which needs a restart')
    }
    if (before.tls?.policy.asks !== tls?.policy.asks) {
      throw this.#fault('whether clients are asked for certificates has changed, which needs a restart')
    }
  }

  #fault(detail: string): TelltaleError {
    return new TelltaleError('TELLTALE_WEB_CONFIG', `${this.#file}: ${detail}`)
  }
}

const tooSoon: Rejection = {
  reason: 'rate',
  status: 429,
  error: 'Requests come faster than rate_limit of the web-config file permits.',
  headers: { 'Retry-After': '1' },
}
