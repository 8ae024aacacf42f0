import { AttemptLimit } from './attempt-limit.js'
import { SecretDigest } from './secret-digest.js'

/** Whether a password is the one that a bcrypt hash was made of. */
export type ComparePassword = (password: string, hash: string) => Promise<boolean>

/** What a look at a user and a password found; `later` where too many were wrong. */
export type PasswordResult = 'right' | 'wrong' | 'later'

/** Checks that wait for their turn. */
const MOST_WAITING = 16
/** Wrong passwords that are known to be wrong without another check. */
const MOST_WRONG = 256
/** After a wrong password the next check waits for three times what this one took, so that wrong ones get a quarter. */
const REST = 3

/**
 * Checks passwords against bcrypt hashes, which takes long on purpose. What was right or wrong once is remembered as
 * a digest, so that a scrape each second costs nothing. Checks run one after the other, and those of wrong
 * passwords get at most a quarter of the time, and five at once from an address.
 */
export class PasswordCheck {
  readonly #compare: ComparePassword
  readonly #limit: AttemptLimit
  readonly #secrets = new SecretDigest()
  /** By user, the digest that was right. */
  readonly #right = new Map<string, Buffer>()
  readonly #wrong = new Set<string>()
  readonly #running = new Map<string, Promise<boolean>>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(compare: ComparePassword, limit = new AttemptLimit()) {
    this.#compare = compare
    this.#limit = limit
  }

  /** Looks whether a password is the user's. A user that is not known takes as long as one that is. */
  async check(
    users: ReadonlyMap<string, string>,
    { user, password }: { readonly user: string; readonly password: string },
    address: string | undefined,
  ): Promise<PasswordResult> {
    const hash = users.get(user)
    const against = hash ?? nobodysHash(users)
    const digest = this.#secrets.of(user, against, password)
    const known = this.#right.get(user)
    if (known !== undefined && this.#secrets.isSame(known, digest)) return 'right'
    const key = digest.toString('base64')
    if (this.#wrong.has(key)) return 'wrong'
    const running = this.#running.get(key)
    if (running !== undefined) return (await running) && hash !== undefined ? 'right' : 'wrong'
    if (this.#running.size >= MOST_WAITING || !this.#limit.take(address)) return 'later'
    const isRight = (await this.#inTurn(key, password, against)) && hash !== undefined
    if (isRight) {
      this.#limit.giveBack(address)
      this.#right.set(user, digest)
    } else this.#rememberWrong(key)
    return isRight ? 'right' : 'wrong'
  }

  /** Forgets what was checked, when the users have changed. */
  forget(): void {
    this.#right.clear()
    this.#wrong.clear()
  }

  #inTurn(key: string, password: string, hash: string): Promise<boolean> {
    let took = 0
    const check = this.#turn.then(async () => {
      const start = performance.now()
      try {
        return await this.#compare(password, hash)
      } finally {
        took = performance.now() - start
      }
    })
    this.#running.set(key, check)
    this.#turn = check
      .catch(() => false)
      .then((isRight) => {
        this.#running.delete(key)
        return isRight ? undefined : rest(took * REST)
      })
    return check
  }

  #rememberWrong(key: string): void {
    if (this.#wrong.size >= MOST_WRONG) {
      const oldest = this.#wrong.values().next()
      if (!oldest.done) this.#wrong.delete(oldest.value)
    }
    this.#wrong.add(key)
  }
}

/** A hash that no password has, as expensive as that of the first user. */
function nobodysHash(users: ReadonlyMap<string, string>): string {
  const [hash = '$2b$10$'] = users.values()
  return `${hash.slice(0, 7)}${'.'.repeat(22)}${'.'.repeat(31)}`
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
