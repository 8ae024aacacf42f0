import { setTimeout as delay } from 'node:timers/promises'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

const FIRST_PAUSE_SECONDS = 0.1
const LONGEST_PAUSE_SECONDS = 5
const ACCEPTED = [200, 202]
const QUOTED_CHARACTERS = 300

/** How a request is made and repeated. */
export interface DeliveryOptions {
  readonly timeoutSeconds: number
  readonly retries: number
}

/** One request. */
export interface Parcel {
  readonly method: 'PUT' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

/** What came of one attempt. */
interface Attempt {
  readonly fault: string | undefined
  readonly mayRepeat: boolean
}

/**
 * Makes a request until it is accepted. What can be different the next time is repeated after a pause that doubles:
 * an answer of 500 or more, none within `timeoutSeconds`, no connection. Every other answer is final. Rejects with
 * `TELLTALE_PUSH`.
 */
export async function deliver(parcel: Parcel, { timeoutSeconds, retries }: DeliveryOptions): Promise<void> {
  for (let attempts = 1; ; attempts++) {
    const { fault, mayRepeat } = await attempt(parcel, timeoutSeconds)
    if (fault === undefined) return
    if (!mayRepeat || attempts > retries) throw failed(parcel, fault, attempts)
    await delay(pauseAfter(attempts) * 1000)
  }
}

async function attempt({ method, url, headers, body }: Parcel, timeoutSeconds: number): Promise<Attempt> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body && { body }),
      // Credentials must not go where an answer says, and a group that is moved is not the one that was meant.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    })
    const text = await beginning(response)
    if (ACCEPTED.includes(response.status)) return { fault: undefined, mayRepeat: false }
    const fault = `it answered ${response.status} ${shown(text.trim())}`
    return { fault, mayRepeat: response.status >= 500 }
  } catch (error) {
    return { fault: reason(error, timeoutSeconds), mayRepeat: true }
  }
}

/** What an answer begins with; the rest is not read, however long it is. */
async function beginning(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value?.subarray(0, QUOTED_CHARACTERS))
}

/** Half of the pause is by chance, so that many processes that failed together do not come back together. */
function pauseAfter(attempts: number): number {
  const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
  return pause * (0.5 + Math.random() / 2)
}

function reason(error: unknown, timeoutSeconds: number): string {
  if (!(error instanceof Error)) return shown(error)
  if (error.name === 'TimeoutError') return `it did not answer within ${timeoutSeconds} s`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  // Where a name has several addresses, the error of all of them has a code and no message.
  return cause.message || ('code' in cause ? String(cause.code) : error.message)
}

function failed({ method, url }: Parcel, fault: string, attempts: number): TelltaleError {
  const tried = attempts === 1 ? '' : ` (after ${attempts} attempts)`
  return new TelltaleError(
    'TELLTALE_PUSH',
    `${method} ${url}: ${fault}${tried}, expected 200 or 202. Check the address, the credentials and that it runs`,
  )
}
