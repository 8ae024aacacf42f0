/** A dashboard in the classic model of Grafana, as 8 to 13 read it from a file. */
export interface GrafanaDashboard {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly schemaVersion: number
  readonly version: number
  readonly editable: false
  /** One cross-hair over all panels. */
  readonly graphTooltip: 1
  readonly refresh: string
  readonly time: { readonly from: string; readonly to: string }
  readonly timezone: 'browser'
  readonly templating: { readonly list: readonly GrafanaVariable[] }
  readonly annotations: { readonly list: readonly GrafanaAnnotation[] }
  readonly links: readonly GrafanaLink[]
  readonly panels: readonly (GrafanaPanel | GrafanaRow)[]
}

export interface GrafanaDataSource {
  readonly type: string
  readonly uid: string
}

export interface GrafanaChoice {
  readonly selected: boolean
  readonly text: string | readonly string[]
  readonly value: string | readonly string[]
}

interface DataSourceVariable {
  readonly type: 'datasource'
  readonly query: string
  readonly refresh: 1
}

interface QueryVariable {
  readonly type: 'query'
  readonly datasource: GrafanaDataSource
  readonly query: { readonly query: string; readonly refId: string }
  readonly definition: string
  /** Read again when the time range changes. */
  readonly refresh: 2
  readonly sort: 1
  readonly multi: true
  readonly includeAll: true
  readonly allValue: '.+'
}

export type GrafanaVariable = {
  readonly name: string
  readonly label: string
  readonly hide: 0
  readonly current?: GrafanaChoice
} & (DataSourceVariable | QueryVariable)

export interface GrafanaAnnotation {
  readonly name: string
  readonly datasource: GrafanaDataSource
  readonly enable: boolean
  readonly iconColor: string
  /** Of Prometheus. */
  readonly expr?: string
  readonly titleFormat?: string
  readonly textFormat?: string
  readonly tagKeys?: string
  /** The value is the time of the event, in milliseconds. */
  readonly useValueForTime?: 'on'
  /** Of Grafana's own annotations. */
  readonly target?: {
    readonly type: 'tags'
    readonly tags: readonly string[]
    readonly matchAny: boolean
    readonly limit: number
  }
}

export interface GrafanaLink {
  readonly title: string
  readonly type: 'link' | 'dashboards'
  readonly icon: string
  readonly tooltip: string
  readonly url?: string
  readonly tags: readonly string[]
  readonly asDropdown: boolean
  readonly targetBlank: boolean
  readonly includeVars: boolean
  readonly keepTime: boolean
}

export interface GrafanaGridPosition {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface GrafanaRow {
  readonly id: number
  readonly type: 'row'
  readonly title: string
  readonly collapsed: false
  readonly gridPos: GrafanaGridPosition
  readonly panels: readonly []
}

export interface GrafanaPanel {
  readonly id: number
  readonly type: GrafanaPanelType
  readonly title: string
  readonly description: string
  readonly datasource: GrafanaDataSource
  readonly gridPos: GrafanaGridPosition
  readonly fieldConfig: GrafanaFieldConfig
  readonly options: Readonly<Record<string, unknown>>
  readonly targets: readonly GrafanaTarget[]
  readonly transformations?: readonly GrafanaTransformation[]
}

export type GrafanaPanelType =
  | 'timeseries'
  | 'stat'
  | 'gauge'
  | 'heatmap'
  | 'table'
  | 'bargauge'
  | 'state-timeline'

export interface GrafanaTransformation {
  readonly id: string
  readonly options: Readonly<Record<string, unknown>>
}

export interface GrafanaTarget {
  readonly refId: string
  readonly datasource: GrafanaDataSource
  readonly expr: string
  readonly legendFormat: string
  readonly format: 'time_series' | 'table' | 'heatmap'
  readonly instant: boolean
  readonly range: boolean
  readonly exemplar: boolean
}

export interface GrafanaThresholdStep {
  readonly color: string
  /** From here on; `null` from the lowest value on. */
  readonly value: number | null
}

export interface GrafanaFieldConfig {
  readonly defaults: {
    readonly unit: string
    readonly min?: number
    readonly noValue?: string
    readonly color: { readonly mode: string; readonly fixedColor?: string }
    readonly thresholds: { readonly mode: 'absolute'; readonly steps: readonly GrafanaThresholdStep[] }
    readonly mappings: readonly GrafanaMapping[]
    readonly links?: readonly { readonly title: string; readonly url: string }[]
    readonly custom?: Readonly<Record<string, unknown>>
  }
  readonly overrides: readonly GrafanaOverride[]
}

export interface GrafanaMapping {
  readonly type: 'value'
  readonly options: Readonly<Record<string, { readonly text: string; readonly color: string }>>
}

export interface GrafanaOverride {
  readonly matcher: { readonly id: 'byFrameRefID'; readonly options: string }
  readonly properties: readonly { readonly id: string; readonly value: unknown }[]
}
