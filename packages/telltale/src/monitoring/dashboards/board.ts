import type { Query } from '../query/query.js'
import type { dashboardUids } from '../rules/dashboard-link.js'
import type { AlertDefinition, Language, SignalUnit, Threshold, Visualisation } from '../signals/signal.js'

/** A dashboard by what it shows. */
export type BoardName = keyof typeof dashboardUids

export type Words = Readonly<Record<Language, string>>

/** What a line is beside the others of its panel. */
export type LineRole =
  /** The same a week before: dashed. */
  | 'last-week'
  /** The same a week before, as a figure beside the one of now. */
  | 'before'
  /** Relative change against a week before, beside a value. */
  | 'change'
  /** What the others must not reach: dashed. */
  | 'limit'
  /** The upper end of a band down to the line after it, and that line. */
  | 'band-top'
  | 'band-bottom'

export interface Line {
  readonly query: Query
  /** `{{label}}` stands for the value of a label. */
  readonly legend: string | Words
  readonly exemplars?: true
  readonly role?: LineRole
}

/** A line across which a value is bad, from the same constants as an alert. */
export interface Limit extends Pick<Threshold, 'severity' | 'value'> {
  readonly op: AlertDefinition['op']
}

export interface Panel {
  readonly visualisation: Visualisation
  readonly unit: SignalUnit
  readonly title: Words
  readonly description: Words
  readonly lines: readonly Line[]
  readonly alerts: readonly AlertDefinition[]
  /** Limits that belong to no alert of a signal. */
  readonly limits: readonly Limit[]
  /** The signals that it shows. */
  readonly signals: readonly string[]
  readonly stacked?: true
  /** Nothing to show is the good case: a line at zero stands for it. */
  readonly quiet?: true
  /** The dashboard that a click opens. */
  readonly opens?: BoardName
}

/** Panels side by side: together as wide as the window. */
export interface Strip {
  /** In units of the grid, 38 pixels each. */
  readonly height: number
  readonly panels: readonly Panel[]
}

export interface Section {
  /** Without one the strips stand at the top. */
  readonly title?: Words
  readonly strips: readonly Strip[]
}

/** Labels that a dashboard lets its user choose from. */
export type VariableName = 'job' | 'instance' | 'route' | 'service' | 'slo'

export interface Board {
  readonly name: BoardName
  readonly title: Words
  readonly description: Words
  readonly variables: readonly VariableName[]
  /** How far back it shows at first, such as `24h`. */
  readonly span: string
  readonly sections: readonly Section[]
}

export const words = (en: string, ko: string): Words => ({ en, ko })

/** Values that are read at a glance. */
export const figures = (...panels: readonly Panel[]): Strip => ({ height: 4, panels })
/** States over time: a few bars. */
export const bands = (...panels: readonly Panel[]): Strip => ({ height: 5, panels })
/** Graphs. */
export const graphs = (...panels: readonly Panel[]): Strip => ({ height: 8, panels })
