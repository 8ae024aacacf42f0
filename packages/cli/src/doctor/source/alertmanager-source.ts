import { type Answer, ConnectionError, get, withoutCredentials } from '../../http/index.js'
import { Once } from '../probe/once.js'
import { Unavailable } from '../unavailable.js'
import type { SourceOptions } from './prometheus-source.js'

export interface AlertmanagerStatus {
  readonly cluster: { readonly status: string; readonly peers?: readonly unknown[] }
  readonly config: { readonly original: string }
  readonly versionInfo: { readonly version: string }
}

export interface Silence {
  readonly id: string
  readonly status: { readonly state: string }
  readonly matchers: readonly { value: string; isRegex: boolean; isEqual?: boolean }[]
  readonly createdBy: string
  readonly endsAt: string
  readonly comment: string
}

/** What asking an Alertmanager for its status gave. */
export type AlertmanagerContact =
  | { readonly status: AlertmanagerStatus }
  | { readonly answer: Answer }
  | { readonly error: ConnectionError }

/** An Alertmanager, read through its API v2. */
export class AlertmanagerSource {
  /** Without user, password and last slash. */
  readonly url: string
  /** Whether the user named it; otherwise it is the one that Prometheus sends to, by an address that is good there. */
  readonly isNamed: boolean
  readonly #base: string
  readonly #options: SourceOptions
  readonly #once = new Once()

  constructor(base: string, options: SourceOptions & { readonly isNamed: boolean }) {
    this.isNamed = options.isNamed
    this.#base = base.replace(/\/+$/, '')
    this.url = withoutCredentials(this.#base)
    this.#options = options
  }

  /** Never rejects. */
  contact(): Promise<AlertmanagerContact> {
    return this.#once.get('contact', async () => {
      try {
        const answer = await get(`${this.#base}/api/v2/status`, this.#options)
        const status = statusIn(answer)
        return status === undefined ? { answer } : { status }
      } catch (error) {
        if (error instanceof ConnectionError) return { error }
        throw error
      }
    })
  }

  /** Rejects with Unavailable when it cannot be asked. */
  async status(): Promise<AlertmanagerStatus> {
    const contact = await this.contact()
    if ('status' in contact) return contact.status
    throw new Unavailable(this.url, {
      en: 'Alertmanager could not be asked',
      ko: 'Alertmanager에 물어볼 수 없습니다',
    })
  }

  silences(): Promise<readonly Silence[]> {
    return this.#once.get('silences', async () => {
      await this.status()
      const answer = await get(`${this.#base}/api/v2/silences`, this.#options).catch(() => undefined)
      const silences = answer?.status === 200 ? jsonIn<readonly Silence[]>(answer) : undefined
      if (silences !== undefined) return silences
      throw new Unavailable(`${this.url}/api/v2/silences`, {
        en: 'gives no silences',
        ko: '침묵 목록을 주지 않습니다',
      })
    })
  }

  /** Its own metrics, as text. */
  metrics(): Promise<string> {
    return this.#once.get('metrics', async () => {
      await this.status()
      const answer = await get(`${this.#base}/metrics`, { ...this.#options, accept: 'text/plain' }).catch(
        () => undefined,
      )
      if (answer?.status === 200) return answer.body
      throw new Unavailable(`${this.url}/metrics`, { en: 'gives no metrics', ko: '메트릭을 주지 않습니다' })
    })
  }
}

function statusIn(answer: Answer): AlertmanagerStatus | undefined {
  const status = jsonIn<AlertmanagerStatus>(answer)
  return typeof status?.config?.original === 'string' ? status : undefined
}

function jsonIn<T>(answer: Answer): T | undefined {
  try {
    // The shape is that of the API v2.
    return JSON.parse(answer.body) as T
  } catch {
    return undefined
  }
}
