import { guidePrefixes, type PrometheusTarget } from '../query/promql-options.js'
import { dashboardUids } from '../rules/dashboard-link.js'
import type { Language, Signal } from '../signals/signal.js'
import { annotations } from './annotations.js'
import type { Board, BoardName } from './board.js'
import { boards } from './boards/index.js'
import type { GrafanaDashboard, GrafanaLink } from './classic-model.js'
import type { ExpressionStyle } from './expression.js'
import { grid, type Placed } from './grid.js'
import { panelModel } from './panel-model.js'
import { SignalPanels } from './signal-panels.js'
import { variables } from './variables.js'

/** What the dashboards are made from. */
export interface DashboardOptions {
  /** With the thresholds that the rules have too. Default: the whole catalogue. */
  readonly signals?: readonly Signal[]
  /** Default `en`. */
  readonly language?: Language
  /** Default `2.42`. */
  readonly target?: PrometheusTarget
  /** The scrape jobs that are chosen when a dashboard opens. Default: all of them. */
  readonly jobs?: readonly string[]
  /** What may stand before the names of runtime metrics. Default: none, and those that the environments give. */
  readonly prefixes?: readonly string[]
}

/** The newest schema that all of Grafana 8 to 13 load without a loss. */
const SCHEMA_VERSION = 39
/** Marks what belongs together; the links at the top are found by it. */
const TAG = 'telltale'

/**
 * The eight dashboards, in the order in which they are opened: for provisioning, in the classic model of Grafana.
 * The same options give the same dashboards.
 */
export function dashboards(options: DashboardOptions = {}): readonly GrafanaDashboard[] {
  const panels = new SignalPanels(options.signals ?? [])
  return boards(panels).map((board) => dashboard(board, options))
}

/** The signals on each dashboard, by their ids. */
export function dashboardSignals(): Readonly<Record<BoardName, readonly string[]>> {
  const entries = boards(new SignalPanels()).map(({ name, sections }) => {
    const panels = sections.flatMap(({ strips }) => strips.flatMap((strip) => strip.panels))
    return [name, [...new Set(panels.flatMap(({ signals }) => signals))]] as const
  })
  return Object.fromEntries(entries) as Record<BoardName, readonly string[]> // one entry for each board
}

function dashboard(board: Board, options: DashboardOptions): GrafanaDashboard {
  const { language = 'en', jobs = [], prefixes = guidePrefixes, target = '2.42' } = options
  const { name, title, description, sections } = board
  const style: ExpressionStyle = { variables: board.variables, prefixes, target }
  return {
    uid: dashboardUids[name],
    title: title[language],
    description: description[language],
    tags: [TAG, 'nodejs'],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: `now-${board.span}`, to: 'now' },
    timezone: 'browser',
    templating: { list: variables({ board: name, names: board.variables, jobs, prefixes, language }) },
    annotations: { list: annotations(style, language) },
    links: [toTheOthers],
    panels: grid(sections).map((placed) => drawn(placed, style, language)),
  }
}

function drawn({ id, gridPos, content }: Placed, style: ExpressionStyle, language: Language) {
  if (content.visualisation !== 'row') return panelModel(content, { id, gridPos }, style, language)
  return { id, type: 'row', title: content.title[language], collapsed: false, gridPos, panels: [] } as const
}

const toTheOthers: GrafanaLink = {
  title: 'Telltale',
  type: 'dashboards',
  icon: 'external link',
  tooltip: '',
  tags: [TAG],
  asDropdown: false,
  targetBlank: false,
  includeVars: true,
  keepTime: true,
}
