import { type Answer, ConnectionError, get, withoutCredentials } from '../../http/index.js'
import { Once } from '../probe/once.js'
import { Unavailable } from '../unavailable.js'
import type { SourceOptions } from './prometheus-source.js'

export interface GrafanaDatasource {
  readonly name: string
  readonly type: string
  readonly url: string
}

export interface GrafanaDashboardHit {
  readonly uid: string
  readonly title: string
}

/** What asking a Grafana for its health gave. */
export type GrafanaContact =
  | { readonly version: string }
  | { readonly answer: Answer }
  | { readonly error: ConnectionError }

/** Dashboards that are fetched at most: a big Grafana has thousands. */
const mostDashboards = 200

/** A Grafana, read through its HTTP API. Reads but {@link contact} reject with Unavailable. */
export class GrafanaSource {
  readonly url: string
  readonly #base: string
  readonly #options: SourceOptions
  readonly #once = new Once()

  constructor(base: string, options: SourceOptions) {
    this.#base = base.replace(/\/+$/, '')
    this.url = withoutCredentials(this.#base)
    this.#options = options
  }

  /** Never rejects. Needs no login. */
  contact(): Promise<GrafanaContact> {
    return this.#once.get('contact', async () => {
      try {
        const answer = await get(`${this.#base}/api/health`, this.#options)
        const health = jsonIn<{ database?: unknown; version?: unknown }>(answer)
        return health?.database === undefined ? { answer } : { version: String(health.version ?? '') }
      } catch (error) {
        if (error instanceof ConnectionError) return { error }
        throw error
      }
    })
  }

  datasources(): Promise<readonly GrafanaDatasource[]> {
    return this.#read('/api/datasources')
  }

  dashboards(): Promise<readonly GrafanaDashboardHit[]> {
    return this.#read(`/api/search?type=dash-db&limit=${mostDashboards}`)
  }

  /** A dashboard's model, as in a file. */
  async dashboard(uid: string): Promise<unknown> {
    const path = `/api/dashboards/uid/${encodeURIComponent(uid)}`
    return (await this.#read<{ dashboard: unknown }>(path)).dashboard
  }

  #read<T>(path: string): Promise<T> {
    return this.#once.get(path, async () => {
      if (!('version' in (await this.contact()))) {
        throw this.#unavailable('Grafana could not be asked', 'Grafana에 물어볼 수 없습니다')
      }
      const answer = await get(this.#base + path, this.#options).catch(() => undefined)
      const found = answer?.status === 200 ? jsonIn<T>(answer) : undefined
      if (found !== undefined) return found
      const status = answer?.status ?? 0
      throw status === 401 || status === 403
        ? this.#unavailable(
            'it asks for a login: set GRAFANA_TOKEN to the token of a service account that may view',
            '로그인이 필요합니다. 조회 권한이 있는 서비스 계정의 토큰을 GRAFANA_TOKEN에 넣으세요',
          )
        : this.#unavailable(
            `${path.split('?', 1)[0]} gave status ${status}`,
            `${path.split('?', 1)[0]}: 상태 ${status}`,
          )
    })
  }

  #unavailable(en: string, ko: string): Unavailable {
    return new Unavailable(this.url, { en, ko })
  }
}

function jsonIn<T>(answer: Answer): T | undefined {
  try {
    return JSON.parse(answer.body) as T
  } catch {
    return undefined
  }
}
