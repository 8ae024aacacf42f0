import type { MetricsCollectionService } from 'telltale'
import { z } from 'zod'
import { HttpError } from '../http-error.js'

const SERVICE = 'payments'
const ENDPOINT = '/charges'
const TIMEOUT_MS = 2_000

const receipt = z.object({ id: z.string().min(1).max(100) })

export interface Charge {
  readonly orderId: number
  readonly amountCents: number
  readonly currency: string
}

/** The name of the host of an outgoing request: its address may change with each start, and says nothing. */
export function outgoingHost({ pathname }: URL): string {
  return pathname === ENDPOINT ? SERVICE : 'other'
}

/** Calls the payment service, and measures every call: duration, outcome, what is left of the rate limit. */
export class PaymentClient {
  readonly #url: URL
  readonly #metrics: MetricsCollectionService

  constructor(url: URL, metrics: MetricsCollectionService) {
    this.#url = new URL(ENDPOINT, url)
    this.#metrics = metrics
  }

  /** The id of the payment. Throws a 402 when it is declined, and a 502 when the service did not do its part. */
  async charge(charge: Charge): Promise<string> {
    const response = await this.#post(charge)
    if (response.status === 402) throw new HttpError(402, 'PaymentDeclinedError', 'The payment was declined')
    const answer = receipt.safeParse(response.body)
    if (response.status !== 201 || !answer.success) {
      throw unavailable(`it answered ${response.status}`)
    }
    return answer.data.id
  }

  async #post(charge: Charge): Promise<{ readonly status: number; readonly body: unknown }> {
    const timer = this.#metrics.startTimer('payment call')
    let outcome = 'error'
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(charge),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const body: unknown = await response.json().catch(() => undefined)
      outcome = String(response.status)
      this.#recordRateLimit(response.headers)
      return { status: response.status, body }
    } catch (error) {
      outcome = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'error'
      throw unavailable(
        outcome === 'timeout' ? `no answer within ${TIMEOUT_MS / 1000} s` : String(error),
        error,
      )
    } finally {
      const seconds = this.#metrics.endTimer(timer)
      this.#metrics.recordExternalAPI(SERVICE, ENDPOINT, outcome, seconds)
      this.#metrics.recordTrace(SERVICE, 'charge', outcome === '201' ? 'success' : 'error', seconds)
    }
  }

  #recordRateLimit(headers: Headers): void {
    const remaining = headers.get('x-ratelimit-remaining')
    if (remaining !== null) this.#metrics.recordExternalAPIRateLimit(SERVICE, ENDPOINT, Number(remaining))
  }
}

function unavailable(reason: string, cause?: unknown): HttpError {
  return new HttpError(502, 'PaymentServiceError', `The payment service failed: ${reason}`, { cause })
}
