import { CommandError } from '../command-error.js'
import { get } from '../http/index.js'
import { dataIn, type QueryResult, type QuerySample, refusalIn, samplesOf } from './prometheus-answer.js'
import { until } from './until.js'

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

/** A reader of a Prometheus' HTTP API. Every method rejects when the server does not answer or refuses. */
export class PrometheusApi {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Runs an instant query; a scalar is one sample without labels. */
  async query(expression: string): Promise<QuerySample[]> {
    return samplesOf(await this.#get<QueryResult>('query', { query: expression }))
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
    const answer = await get(`${this.#url}/api/v1/${path}?${query}`, { seconds: 10 })
    const data = dataIn<T>(answer)
    if (data !== undefined) return data
    throw new CommandError('TELLTALE_SERVER_NOT_READY', `Prometheus refused ${path}: ${refusalIn(answer)}`)
  }
}
