import { TelltaleError } from '../../model/error.js'
import { LiveFiles } from '../live-files.js'
import { SecretDigest } from './secret-digest.js'

const LONGEST_FILE = 65_536

/** The token that requests have to bring, given or from a file. It is kept as a digest only. */
export class BearerToken {
  readonly #secrets = new SecretDigest()
  readonly #digest: () => Buffer
  readonly #file: LiveFiles<Buffer> | undefined

  /** Throws `TELLTALE_OPTION` for a text that no header can carry, `TELLTALE_WEB_CONFIG` for a file without a token. */
  constructor({ token, file }: { readonly token?: string | undefined; readonly file?: string | undefined }) {
    if (file === undefined) {
      const digest = this.#secrets.of(checkToken(token))
      this.#digest = () => digest
    } else {
      const live = new LiveFiles((read) => this.#secrets.of(tokenIn(file, read)))
      this.#file = live
      this.#digest = () => live.value
    }
  }

  /** Reads the file again when it has changed; true when there is a new token. */
  refresh(): boolean {
    return this.#file?.refresh() ?? false
  }

  /** Takes the same time for every token of a length. */
  isRight(token: string): boolean {
    return this.#secrets.isSame(this.#secrets.of(token), this.#digest())
  }
}

/** The characters that RFC 6750 gives a token. */
function isToken(text: unknown): text is string {
  return typeof text === 'string' && /^[\w.~+/-]+=*$/.test(text)
}

/** Throws `TELLTALE_OPTION`, without the token, for a text that is none. */
export function checkToken(token: unknown): string {
  if (isToken(token)) return token
  const got = typeof token === 'string' ? `a text of ${token.length} characters` : typeof token
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `bearerToken: got ${got} that is not a token, expected letters, digits and -._~+/ with = at the end only. ` +
      'Make one with: openssl rand -hex 32',
  )
}

function tokenIn(file: string, read: (path: string) => Buffer): string {
  const content = readToken(file, read)
  const token = content.toString().trim()
  if (content.length <= LONGEST_FILE && isToken(token)) return token
  throw new TelltaleError(
    'TELLTALE_WEB_CONFIG',
    `${file}: got a file of ${content.length} bytes that is not one token, expected letters, digits and -._~+/ ` +
      'with = at the end only. Make one with: openssl rand -hex 32',
  )
}

function readToken(file: string, read: (path: string) => Buffer): Buffer {
  try {
    return read(file)
  } catch (error) {
    throw new TelltaleError(
      'TELLTALE_WEB_CONFIG',
      `${file}: the file of the bearer token cannot be read (${String((error as NodeJS.ErrnoException).code)}). ` +
        'Check its name and who may read it',
    )
  }
}
