/** The part of Prometheus' HTTP API that the checks read, as it is written on the wire. */

export interface Target {
  readonly discoveredLabels: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly scrapePool: string
  readonly scrapeUrl: string
  readonly lastError: string
  readonly health: 'up' | 'down' | 'unknown'
  /** Seconds. */
  readonly lastScrapeDuration: number
  readonly lastScrape: string
  /** Such as `15s`. */
  readonly scrapeInterval: string
  readonly scrapeTimeout: string
}

export interface DroppedTarget {
  readonly discoveredLabels: Readonly<Record<string, string>>
}

export interface Targets {
  readonly activeTargets: readonly Target[]
  readonly droppedTargets?: readonly DroppedTarget[]
}

export interface FiredAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly state: 'pending' | 'firing'
  readonly activeAt: string
  readonly value: string
}

export interface LoadedRule {
  readonly type: 'alerting' | 'recording'
  readonly name: string
  readonly query: string
  readonly health: 'ok' | 'err' | 'unknown'
  readonly lastError?: string
  /** Seconds. */
  readonly evaluationTime: number
  /** Seconds; of alerting rules. */
  readonly duration?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly alerts?: readonly FiredAlert[]
}

export interface LoadedGroup {
  readonly name: string
  readonly file: string
  /** Seconds. */
  readonly interval: number
  readonly evaluationTime: number
  readonly rules: readonly LoadedRule[]
}

export interface RuntimeInfo {
  readonly reloadConfigSuccess: boolean
  readonly lastConfigTime: string
  readonly corruptionCount: number
  /** Such as `15d`, `15d or 10GiB`; empty for an agent. */
  readonly storageRetention: string
  readonly startTime: string
}

export interface HeadStatus {
  readonly headStats: { readonly numSeries: number }
  readonly seriesCountByMetricName: readonly { readonly name: string; readonly value: number }[]
  readonly labelValueCountByLabelName: readonly { readonly name: string; readonly value: number }[]
}

export interface KnownAlertmanagers {
  readonly activeAlertmanagers: readonly { readonly url: string }[]
  readonly droppedAlertmanagers: readonly { readonly url: string }[]
}

export interface SeriesMetadata {
  readonly type: string
}
