import { dashboardUids } from '../rules/dashboard-link.js'
import { thresholdText } from '../rules/threshold-text.js'
import type { Language, SignalUnit } from '../signals/signal.js'
import type { Line, LineRole, Panel } from './board.js'
import type { GrafanaFieldConfig, GrafanaMapping, GrafanaOverride } from './classic-model.js'
import { frameWords } from './texts/frame-words.js'
import { limitsOf, thresholdSteps } from './thresholds.js'
import { grafanaUnit, isSigned } from './units.js'

/** How the values of a panel are shown. */
export function fieldConfig(panel: Panel, language: Language): GrafanaFieldConfig {
  const limits = limitsOf(panel)
  const words = frameWords[language]
  const oneIsBad = panel.alerts.some(({ op, thresholds }) =>
    thresholds.some(({ severity }) => op === '>' && severity !== 'none'),
  )
  return {
    defaults: {
      unit: grafanaUnit(panel),
      ...(!isSigned(panel, limits) && panel.visualisation !== 'heatmap' && { min: 0 }),
      ...(panel.visualisation === 'stat' && { noValue: oneIsBad ? words.good : '–' }),
      color: colour(panel),
      thresholds: { mode: 'absolute', steps: thresholdSteps(limits) },
      mappings: panel.unit === 'state' ? [stateMapping(oneIsBad, language)] : [],
      ...(panel.opens !== undefined && {
        links: [{ title: words.open, url: otherBoard(panel) }],
      }),
      ...customOf(panel, limits.length > 0),
    },
    overrides: panel.lines.flatMap((line, index) => overridesOf(line, index, panel, language)),
  }
}

function colour({ visualisation, alerts, limits, unit }: Panel): GrafanaFieldConfig['defaults']['color'] {
  if (visualisation === 'timeseries' || visualisation === 'heatmap') return { mode: 'palette-classic' }
  const judged = alerts.length + limits.length > 0 || unit === 'state'
  return judged ? { mode: 'thresholds' } : { mode: 'fixed', fixedColor: 'text' }
}

function stateMapping(oneIsBad: boolean, language: Language): GrafanaMapping {
  const { good, bad } = frameWords[language]
  const [ok, trouble] = [
    { text: good, color: 'green' },
    { text: bad, color: 'red' },
  ]
  return { type: 'value', options: oneIsBad ? { 0: ok, 1: trouble } : { 0: trouble, 1: ok } }
}

/** What an axis shows at least, so that nothing at all is a flat line at its foot. */
const least: Partial<Record<SignalUnit, number>> = { count: 1, ratio: 0.01, seconds: 0.001 }

function customOf({ visualisation, stacked, unit, lines }: Panel, limited: boolean) {
  if (visualisation === 'state-timeline') return { custom: { fillOpacity: 80, lineWidth: 0 } }
  if (visualisation === 'table') return { custom: { align: 'auto', filterable: true } }
  if (visualisation !== 'timeseries') return {}
  return {
    custom: {
      drawStyle: 'line',
      lineInterpolation: 'linear',
      lineWidth: 1,
      // Many fills over one another are one grey.
      fillOpacity: stacked ? 30 : lines.length > 3 ? 0 : 8,
      showPoints: 'never',
      spanNulls: false,
      stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
      ...(least[unit] !== undefined && { axisSoftMax: least[unit] }),
      thresholdsStyle: { mode: limited ? 'dashed' : 'off' },
    },
  }
}

const dashes = { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } } as const
const thin = { id: 'custom.fillOpacity', value: 0 } as const
const grey = { id: 'color', value: { mode: 'fixed', fixedColor: 'text' } } as const
const unstacked = { id: 'custom.stacking', value: { mode: 'none', group: 'B' } } as const

/** The band goes down to the line after it, which is found by its name. */
const properties: Readonly<Record<LineRole, (below: string) => GrafanaOverride['properties']>> = {
  'last-week': () => [dashes, thin, grey, unstacked],
  before: () => [grey],
  change: () => [{ id: 'unit', value: 'percentunit' }, { id: 'min', value: null }, grey],
  limit: () => [dashes, thin, { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } }],
  'band-top': (below) => [
    { id: 'custom.fillBelowTo', value: below },
    { id: 'custom.lineWidth', value: 0 },
    { id: 'custom.fillOpacity', value: 12 },
    grey,
  ],
  'band-bottom': () => [{ id: 'custom.lineWidth', value: 0 }, thin, grey],
}

function overridesOf(
  line: Line,
  index: number,
  panel: Panel,
  language: Language,
): readonly GrafanaOverride[] {
  if (line.role === undefined) return []
  const next = panel.lines[index + 1]
  return [
    {
      matcher: { id: 'byFrameRefID', options: refId(index) },
      properties: properties[line.role](next === undefined ? '' : legendText(next, language)),
    },
  ]
}

/** `A` for the first query of a panel. */
export const refId = (index: number): string => String.fromCharCode(65 + index)

export function legendText({ legend }: Line, language: Language): string {
  return typeof legend === 'string' ? legend : legend[language]
}

/** Of a bar, what there is about its route; of anything else, the same choice on the other dashboard. */
function otherBoard({ opens = 'overview', visualisation }: Panel): string {
  const variables =
    visualisation === 'bars'
      ? [`var-route=${filled('__field.labels.route')}`, `var-job=${filled('__field.labels.job')}`]
      : [filled('__all_variables')]
  return `/d/${dashboardUids[opens]}?${[...variables, filled('__url_time_range')].join('&')}`
}

/** What Grafana fills in when the link is opened. */
const filled = (name: string) => `\${${name}}`

/** The alerts of a panel in words, to stand below its description. */
export function alertSentences({ alerts, unit }: Panel, language: Language): string {
  const words = frameWords[language]
  return alerts
    .filter(({ thresholds }) => thresholds.some(({ severity }) => severity !== 'none'))
    .map(({ name, op, thresholds }) => {
      const limits = thresholds.map(
        ({ severity, value }) => `${op} ${thresholdText(value, unit)} (${severity})`,
      )
      return `${words.alert} ${name}: ${limits.join(', ')}.`
    })
    .join('\n')
}
