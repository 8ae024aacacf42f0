import { setTimeout as delay } from 'node:timers/promises'
import { asOwn } from '../instrument/outbound/own-requests.js'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

const FIRST_PAUSE_SECONDS = 0.1
const LONGEST_PAUSE_SECONDS = 5
const QUOTED_CHARACTERS = 300

/** How a request is made and repeated. */
export interface DeliveryOptions {
  readonly timeoutSeconds: number
  /** How often it is repeated; without an end for `Infinity`. */
  readonly retries: number
  /** Ends the repetitions: the delivery then rejects with what went wrong last. */
  readonly signal?: AbortSignal
}

/** What a receiver's answers mean. */
export interface Protocol {
  /** Names the answers that are accepted, for errors. */
  readonly expected: string
  isAccepted(status: number): boolean
  /** Whether the same request may be accepted later. */
  mayRepeat(status: number): boolean
}

/** One request. */
export interface Parcel {
  readonly method: 'PUT' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

/** An answer, as far as it matters. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
}

/** A request that was not accepted. `status` is that of the last answer; 0 when there was none. */
export class DeliveryError extends TelltaleError {
  readonly status: number

  constructor(status: number, message: string) {
    super('TELLTALE_PUSH', message)
    this.status = status
  }
}

/** What came of one attempt. */
type Attempt =
  | { readonly answer: Answer }
  | { readonly fault: string; readonly status: number; readonly pauseSeconds?: number | undefined }

/**
 * Makes a request until it is accepted. What can be different the next time is repeated after a pause that doubles:
 * an answer that the protocol says so of, none within `timeoutSeconds`, no connection. Every other answer is final.
 * Rejects with a {@link DeliveryError}, code `TELLTALE_PUSH`.
 */
export async function deliver(
  parcel: Parcel,
  { timeoutSeconds, retries, signal }: DeliveryOptions,
  protocol: Protocol,
): Promise<Answer> {
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt(parcel, timeoutSeconds, protocol)
    if ('answer' in outcome) return outcome.answer
    const { status, fault } = outcome
    const isFinal = status > 0 && !protocol.mayRepeat(status)
    if (isFinal || attempts > retries || signal?.aborted) throw failed(parcel, protocol, outcome, attempts)
    const seconds = Math.max(pauseAfter(attempts), outcome.pauseSeconds ?? 0)
    await delay(seconds * 1000, undefined, { ref: Number.isFinite(retries), signal }).catch(() => {
      throw failed(parcel, protocol, { status, fault }, attempts)
    })
  }
}

async function attempt(
  { method, url, headers, body }: Parcel,
  timeoutSeconds: number,
  protocol: Protocol,
): Promise<Attempt> {
  try {
    const request: RequestInit = {
      method,
      headers,
      ...(body && { body }),
      // Credentials must not go where an answer says, and a group that is moved is not the one that was meant.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    }
    const response = await asOwn(url, () => fetch(url, request))
    const text = await beginning(response)
    const { status } = response
    if (protocol.isAccepted(status)) return { answer: { status, headers: response.headers } }
    const pauseSeconds = askedPause(response.headers)
    return { status, fault: `it answered ${status} ${shown(text.trim())}`, pauseSeconds }
  } catch (error) {
    return { status: 0, fault: reason(error, timeoutSeconds) }
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

/** The pause that a receiver asks for in `Retry-After`, as far as we are ready to wait. */
function askedPause(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? NaN)
  return seconds > 0 ? Math.min(seconds, 60) : undefined
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

function failed(
  { method, url }: Parcel,
  { expected }: Protocol,
  { status, fault }: { readonly status: number; readonly fault: string },
  attempts: number,
): DeliveryError {
  const tried = attempts === 1 ? '' : ` (after ${attempts} attempts)`
  return new DeliveryError(
    status,
    `${method} ${url}: ${fault}${tried}, expected ${expected}. Check the address, the credentials and that it runs`,
  )
}
