import type { ComparisonOperator, Query } from '../query/query.js'

export type SignalGroup =
  | 'http'
  | 'runtime'
  | 'database'
  | 'cache'
  | 'queue'
  | 'outbound'
  | 'business'
  | 'objective'
  | 'monitoring'

/** What the value of a signal is measured in. A `ratio` is 1 for all; a `percent` is 100. */
export type SignalUnit =
  | 'ratio'
  | 'percent'
  | 'seconds'
  | 'bytes'
  | 'bytes-per-hour'
  | 'per-second'
  | 'per-hour'
  | 'count'
  | 'cores'
  | 'factor'
  | 'deviations'
  | 'timestamp'
  | 'currency'
  | 'state'

/** `critical` calls somebody now, `warning` waits for working hours, `info` helps to understand others. */
export type Severity = 'critical' | 'warning' | 'info' | 'none'

/** A line that the value must not cross for longer than `forSeconds`. */
export interface Threshold {
  readonly severity: Severity
  readonly value: number
  /** How long the value must be across the line before the alert fires. */
  readonly forSeconds: number
  /** How long the alert stays after the value has come back, against alerts that come and go. */
  readonly keepFiringSeconds?: number
}

/** What has to hold besides: too little traffic proves nothing. */
export interface Minimum {
  readonly query: Query
  readonly above: number
  /** The labels that this query shares with the signal's. */
  readonly on: readonly string[]
}

export interface AlertDefinition {
  /** As it is known to Alertmanager, such as `ErrorRatioHigh`. */
  readonly name: string
  readonly op: Extract<ComparisonOperator, '>' | '<' | '>=' | '<='>
  readonly thresholds: readonly Threshold[]
  readonly minimum?: Minimum
  /**
   * `own` (default): of the jobs that the pack is for. `all`: of every job that the Prometheus scrapes. `each`: a
   * rule for each job of the pack, because the query says nothing about jobs that are missing.
   */
  readonly jobs?: 'own' | 'all' | 'each'
}

export type Visualisation = 'timeseries' | 'stat' | 'gauge' | 'heatmap' | 'table' | 'bars' | 'state-timeline'

export interface PanelHint {
  readonly visualisation: Visualisation
  /** The name of each line, with labels as `{{label}}`. */
  readonly legend: string
  readonly stacked?: true
  /** The metric records exemplars that are worth showing. */
  readonly exemplars?: true
}

export type Language = 'en' | 'ko'

/** What the alert says. `summary` may use the templates of Prometheus; the others are plain sentences. */
export interface Runbook {
  readonly summary: string
  readonly cause: string
  readonly remedy: string
}

export interface SignalText {
  readonly title: string
  /** What it shows and how to read it. */
  readonly description: string
  /** Of a signal with an alert. */
  readonly runbook?: Runbook
}

/** Something worth watching: a query, how to show it, when it is a trouble and what to do then. */
export interface Signal {
  /** Unique, in kebab case. */
  readonly id: string
  readonly group: SignalGroup
  readonly unit: SignalUnit
  /** One value for each thing that is watched. */
  readonly query: Query
  readonly panel: PanelHint
  readonly alert?: AlertDefinition
  readonly text: Readonly<Record<Language, SignalText>>
}

/** A signal without its words. */
export type SignalDefinition = Omit<Signal, 'id' | 'group' | 'text'>
/** The words of the signals of a group, by their ids. */
export type SignalTexts<Id extends string> = Readonly<Record<Id, Readonly<Record<Language, SignalText>>>>

/** Signals of one group from their definitions and their words, which must be for the same ids. */
export function signalsOf<Id extends string>(
  group: SignalGroup,
  definitions: Readonly<Record<Id, SignalDefinition>>,
  texts: SignalTexts<NoInfer<Id>>,
): readonly Signal[] {
  const ids = Object.keys(definitions) as Id[] // an object literal has the keys of its type
  return ids.map((id) => ({ id, group, ...definitions[id], text: texts[id] }))
}
