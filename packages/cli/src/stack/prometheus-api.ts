import { StackError } from './stack-error.js'
import { until } from './until.js'

/** One series of an instant query. */
export interface QuerySample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly state: 'pending' | 'firing'
  readonly activeAt: string
  readonly value: string
}

export interface ActiveTarget {
  readonly labels: Readonly<Record<string, string>>
  readonly scrapePool: string
  readonly scrapeUrl: string
  readonly health: 'up' | 'down' | 'unknown'
  readonly lastError: string
}

export interface AlertRuleState {
  readonly name: string
  readonly health: 'ok' | 'err' | 'unknown'
  readonly lastError: string
  readonly state: 'inactive' | 'pending' | 'firing'
}

type Labelled = { readonly metric: Record<string, string>; readonly value: [number, string] }

/** A reader of a Prometheus' HTTP API. Every method rejects when the server does not answer or refuses. */
export class PrometheusApi {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Runs an instant query; a scalar is one sample without labels. */
  async query(expression: string): Promise<QuerySample[]> {
    const data = await this.#get<{ resultType: string; result: unknown }>('query', { query: expression })
    if (data.resultType === 'scalar') {
      const [, value] = data.result as [number, string]
      return [{ labels: {}, value: Number(value) }]
    }
    return (data.result as Labelled[]).map(({ metric, value }) => ({
      labels: metric,
      value: Number(value[1]),
    }))
  }

  /** The value of a query that gives one sample, `undefined` when it gives none. */
  async value(expression: string): Promise<number | undefined> {
    return (await this.query(expression))[0]?.value
  }

  /** Alerts that are pending or firing. */
  async alerts(): Promise<ActiveAlert[]> {
    return (await this.#get<{ alerts: ActiveAlert[] }>('alerts')).alerts
  }

  async targets(): Promise<ActiveTarget[]> {
    return (await this.#get<{ activeTargets: ActiveTarget[] }>('targets', { state: 'active' })).activeTargets
  }

  /** Every alerting rule that is loaded. */
  async alertRules(): Promise<AlertRuleState[]> {
    const data = await this.#get<{ groups: { rules: AlertRuleState[] }[] }>('rules', { type: 'alert' })
    return data.groups.flatMap((group) => group.rules)
  }

  /** The values that a label has, `__name__` for the names of metrics. */
  labelValues(label: string): Promise<string[]> {
    return this.#get<string[]>(`label/${encodeURIComponent(label)}/values`)
  }

  async version(): Promise<string> {
    return (await this.#get<{ version: string }>('status/buildinfo')).version
  }

  /**
   * Reads with `look` until it gives something else than `undefined`: `api.until((api) => api.value('up'), …)`.
   * Rejects with TELLTALE_TIMEOUT.
   */
  until<T>(
    look: (api: PrometheusApi) => Promise<T | undefined>,
    options: { readonly what: string; readonly within?: number; readonly every?: number },
  ): Promise<T> {
    return until(() => look(this), options)
  }

  /** Waits until an alert of this name is in this state, and resolves with it. */
  alert(name: string, state: ActiveAlert['state'], within = 60_000): Promise<ActiveAlert> {
    return this.until(
      async (api) =>
        (await api.alerts()).find((alert) => alert.labels.alertname === name && alert.state === state),
      { what: `alert ${name} to be ${state}`, within },
    )
  }

  /** Waits until a target of this job is scraped without error, and resolves with it. */
  targetUp(job: string, within = 30_000): Promise<ActiveTarget> {
    return this.until(
      async (api) =>
        (await api.targets()).find((target) => target.labels.job === job && target.health === 'up'),
      { what: `a target of job ${job} to be up`, within },
    )
  }

  async #get<T>(path: string, parameters: Record<string, string> = {}): Promise<T> {
    const query = new URLSearchParams(parameters)
    const response = await fetch(`${this.#url}/api/v1/${path}?${query}`, {
      signal: AbortSignal.timeout(10_000),
    })
    // The shape is the API's own contract, stable since Prometheus 2.0.
    const body = (await response.json()) as { status: string; error?: string; data: T }
    if (body.status !== 'success') {
      throw new StackError('TELLTALE_SERVER_NOT_READY', `Prometheus refused ${path}: ${body.error}`)
    }
    return body.data
  }
}
