/** One recording rule of a rule file of Prometheus. */
export interface RecordingRuleEntry {
  readonly record: string
  readonly expr: string
  readonly labels?: Readonly<Record<string, string>>
}

/** One alerting rule of a rule file of Prometheus. */
export interface AlertRuleEntry {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly keep_firing_for?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** Rules that are evaluated one after the other. */
export interface RuleGroup {
  readonly name: string
  /** Between two evaluations; that of the configuration when left out. */
  readonly interval?: string
  readonly rules: readonly (RecordingRuleEntry | AlertRuleEntry)[]
}

/** A rule file of Prometheus, and the `spec` of a `PrometheusRule`: to be written as YAML or JSON. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[]
}
