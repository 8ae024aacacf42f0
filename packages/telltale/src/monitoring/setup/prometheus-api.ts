import { asOwn } from '../../instrument/outbound/own-requests.js'
import { TelltaleError } from '../../model/error.js'

/** A target as Prometheus sees it. */
export interface Target {
  readonly scrapeUrl: string
  readonly health: string
  readonly lastError: string
  /** Seconds that the last scrape took. */
  readonly lastScrapeDuration: number
  /** Such as `15s`. */
  readonly scrapeInterval: string
}

/** A rule as Prometheus sees it. */
export interface Rule {
  readonly type: string
  readonly name: string
  readonly query: string
  readonly health: string
  readonly lastError?: string
  readonly alerts?: readonly { readonly state: string; readonly activeAt: string }[]
}

/** The part of Prometheus' HTTP API that the checks read. Rejects with `TELLTALE_SETUP` and says what it got. */
export class PrometheusApi {
  readonly #base: string
  readonly #seconds: number

  /** @param seconds how long one request may take */
  constructor(base: string, seconds: number) {
    this.#base = base.replace(/\/+$/, '')
    this.#seconds = seconds
  }

  async isReady(): Promise<boolean> {
    return (await fetchText(`${this.#base}/-/ready`, this.#seconds)).status === 200
  }

  async targets(): Promise<readonly Target[]> {
    const data = await this.#get<{ activeTargets: readonly Target[] }>('targets?state=active')
    return data.activeTargets
  }

  async rules(): Promise<readonly Rule[]> {
    const data = await this.#get<{ groups: readonly { rules: readonly Rule[] }[] }>('rules')
    return data.groups.flatMap((group) => group.rules)
  }

  async alertmanagers(): Promise<number> {
    const data = await this.#get<{ activeAlertmanagers: readonly unknown[] }>('alertmanagers')
    return data.activeAlertmanagers.length
  }

  runtime(): Promise<{ readonly reloadConfigSuccess: boolean; readonly storageRetention: string }> {
    return this.#get('status/runtimeinfo')
  }

  async headSeries(): Promise<number> {
    const data = await this.#get<{ headStats: { numSeries: number } }>('status/tsdb')
    return data.headStats.numSeries
  }

  /** How many series an instant query returns. */
  async count(query: string): Promise<number> {
    const data = await this.#get<{ result: readonly unknown[] }>(`query?query=${encodeURIComponent(query)}`)
    return data.result.length
  }

  async #get<T>(path: string): Promise<T> {
    const url = `${this.#base}/api/v1/${path}`
    const { status, body } = await fetchText(url, this.#seconds)
    try {
      const answer = JSON.parse(body) as { status: string; data: T; error?: string }
      if (answer.status === 'success') return answer.data
      throw unexpected(url, answer.error ?? `status ${status}`)
    } catch (error) {
      if (error instanceof TelltaleError) throw error
      throw unexpected(url, `status ${status} and no JSON: is this a Prometheus?`)
    }
  }
}

/** An answer as text. Rejects with `TELLTALE_SETUP` when nobody answers in time. */
export async function fetchText(
  url: string,
  seconds: number,
): Promise<{ readonly status: number; readonly contentType: string; readonly body: string }> {
  try {
    const signal = AbortSignal.timeout(seconds * 1000)
    const response = await asOwn(url, () => fetch(url, { signal }))
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await response.text(),
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw unexpected(url, cause instanceof Error ? cause.message : String(cause))
  }
}

function unexpected(url: string, got: string): TelltaleError {
  return new TelltaleError('TELLTALE_SETUP', `${url}: got ${got}`)
}
