import type { Language, Visualisation } from '../signals/signal.js'
import type { Line, Panel } from './board.js'
import type {
  GrafanaDataSource,
  GrafanaGridPosition,
  GrafanaPanel,
  GrafanaPanelType,
  GrafanaTarget,
} from './classic-model.js'
import { type ExpressionStyle, expression } from './expression.js'
import { alertSentences, fieldConfig, legendText, refId } from './field-config.js'
import { panelOptions } from './panel-options.js'
import { frameWords } from './texts/frame-words.js'

/** Whatever the user chose at the top. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in.
export const chosenDataSource: GrafanaDataSource = { type: 'prometheus', uid: '${datasource}' }

const types: Readonly<Record<Visualisation, GrafanaPanelType>> = {
  timeseries: 'timeseries',
  stat: 'stat',
  gauge: 'gauge',
  heatmap: 'heatmap',
  table: 'table',
  bars: 'bargauge',
  'state-timeline': 'state-timeline',
}

export interface PanelPlace {
  readonly id: number
  readonly gridPos: GrafanaGridPosition
}

/** A panel as Grafana has it. */
export function panelModel(
  panel: Panel,
  { id, gridPos }: PanelPlace,
  style: ExpressionStyle,
  language: Language,
): GrafanaPanel {
  const alerts = alertSentences(panel, language)
  const lines = panel.quiet ? [...panel.lines, quietLine(language)] : panel.lines
  return {
    id,
    type: types[panel.visualisation],
    title: panel.title[language],
    description: [panel.description[language], alerts].filter((text) => text !== '').join('\n\n'),
    datasource: chosenDataSource,
    gridPos,
    fieldConfig: fieldConfig(panel, language),
    options: panelOptions(panel),
    targets: lines.map((line, index) => target(line, index, panel.visualisation, style, language)),
    ...(panel.visualisation === 'table' && { transformations: [withoutNoise] }),
  }
}

function target(
  line: Line,
  index: number,
  visualisation: Visualisation,
  style: ExpressionStyle,
  language: Language,
): GrafanaTarget {
  const instant = ofNow.has(visualisation)
  return {
    refId: refId(index),
    datasource: chosenDataSource,
    expr: expression(line.query, style),
    legendFormat: legendText(line, language),
    format: formats[visualisation] ?? 'time_series',
    instant,
    range: !instant,
    exemplar: line.exemplars === true,
  }
}

/** Over a range, a series that has ended would be shown as if it were there. */
const ofNow: ReadonlySet<Visualisation> = new Set(['stat', 'gauge', 'bars', 'table'])

const formats: Partial<Record<Visualisation, GrafanaTarget['format']>> = {
  table: 'table',
  heatmap: 'heatmap',
}

const quietLine = (language: Language): Line => ({
  query: { kind: 'vector', value: 0 },
  legend: frameWords[language].none,
})

/** A table of labels: the value is 1, and the time is now. */
const withoutNoise = {
  id: 'organize',
  options: { excludeByName: { Time: true, Value: true, __name__: true, alertstate: true } },
} as const
