import type { Finding } from '../../finding/index.js'
import type { YamlMap } from '../../yaml-document/index.js'
import { type Dashboard, type Panel, placeOf } from './dashboard-model.js'
import { isGrafanaUnit } from './units.js'

const withTitle = /^(?:stat|singlestat|graph|table|timeseries|gauge)$/
const withUnit = /^(?:stat|singlestat|graph|timeseries|gauge|bargauge)$/
const withQuery =
  /^(?:stat|singlestat|graph|table|timeseries|gauge|bargauge|heatmap|barchart|piechart|state-timeline|status-history|histogram|trend|xychart)$/

/** Panel types that were written in Angular, and what has replaced them. */
const angular: Readonly<Record<string, string>> = {
  graph: 'timeseries',
  singlestat: 'stat',
  'table-old': 'table',
  'grafana-piechart-panel': 'piechart',
  'grafana-worldmap-panel': 'geomap',
}

/** The rules for a panel by itself. */
export function panelFindings(dashboard: Dashboard, panel: Panel): readonly Finding[] {
  const { node, type, within } = panel
  const findings: Finding[] = []
  if (type === 'row') return findings
  for (const missing of withTitle.test(type) ? ['title', 'description'] : []) {
    if ((node.text(missing) ?? '') !== '') continue
    findings.push(
      dashboard.finding('dashboard/panel-title', node.place, within, { missing }, { subject: missing }),
    )
  }
  if (Object.hasOwn(angular, type)) {
    const values = { type, suggestion: angular[type]! }
    findings.push(dashboard.finding('dashboard/angular', placeOf(node, 'type'), within, values))
  }
  if (withQuery.test(type) && panel.targets.length === 0 && node.get('libraryPanel') === undefined) {
    findings.push(dashboard.finding('dashboard/panel-no-targets', node.place, within, {}))
  }
  return [
    ...findings,
    ...unitFindings(dashboard, panel),
    ...sourceFindings(dashboard, panel),
    ...refIdFindings(dashboard, panel),
  ]
}

function unitFindings(dashboard: Dashboard, { node, type, within }: Panel): readonly Finding[] {
  if (!withUnit.test(type)) return []
  const defaults = node.map('fieldConfig')?.map('defaults')
  const hasMappings = (defaults?.list('mappings').length ?? 0) > 0
  const fields = node.map('options')?.map('reduceOptions')?.text('fields') ?? ''
  const unit = defaults?.text('unit') ?? ''
  if (hasMappings || fields !== '' || isGrafanaUnit(unit)) return []
  const place = defaults?.entry('unit')?.place ?? node.place
  return [dashboard.finding('dashboard/panel-unit', place, within, { got: unit === '' ? '–' : `"${unit}"` })]
}

function sourceFindings(dashboard: Dashboard, { node, type, within, targets }: Panel): readonly Finding[] {
  if (!withQuery.test(type)) return []
  return [node, ...targets].flatMap((part) => {
    const source = sourceOf(part)
    if (source === undefined || /^(?:\$|\[\[|-- |grafana$|__expr__$)/.test(source)) return []
    return [
      dashboard.finding(
        'dashboard/panel-datasource',
        placeOf(part, 'datasource'),
        within,
        { got: `"${source}"` },
        { subject: source },
      ),
    ]
  })
}

function sourceOf(part: YamlMap): string | undefined {
  return part.map('datasource')?.text('uid') ?? part.text('datasource')
}

function refIdFindings(dashboard: Dashboard, { targets, within }: Panel): readonly Finding[] {
  const seen = new Set<string>()
  return targets.flatMap((target) => {
    const refId = target.text('refId')
    if (refId === undefined || refId === '') {
      return [
        dashboard.finding('dashboard/ref-id', target.place, within, { got: { en: 'no refId', ko: '없음' } }),
      ]
    }
    const twice = seen.has(refId)
    seen.add(refId)
    const got = { en: `the refId ${refId} twice`, ko: `${refId} 두 번` }
    return twice
      ? [dashboard.finding('dashboard/ref-id', placeOf(target, 'refId'), within, { got }, { subject: refId })]
      : []
  })
}

interface Box {
  readonly panel: Panel
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Ids and places of the panels, which have to differ. */
export function layoutFindings(dashboard: Dashboard): readonly Finding[] {
  return [...idFindings(dashboard), ...gridFindings(dashboard)]
}

function idFindings(dashboard: Dashboard): readonly Finding[] {
  const seen = new Set<string>()
  return dashboard.panels.flatMap(({ node, within }) => {
    const id = node.text('id')
    if (id === undefined)
      return [
        dashboard.finding('dashboard/panel-id', node.place, within, { got: { en: 'no id', ko: '없음' } }),
      ]
    const twice = seen.has(id)
    seen.add(id)
    const got = { en: `the id ${id} of another panel`, ko: `다른 패널과 같은 ${id}` }
    return twice ? [dashboard.finding('dashboard/panel-id', placeOf(node, 'id'), within, { got })] : []
  })
}

function gridFindings(dashboard: Dashboard): readonly Finding[] {
  // Panels in collapsed rows lie over what follows the row until it is opened.
  const boxes = dashboard.root.list('panels').flatMap((node) => {
    const panel = dashboard.panels.find((candidate) => candidate.node === node)
    const grid = panel?.node.map('gridPos')
    if (panel === undefined || grid === undefined) return []
    const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((name) => Number(grid.text(name) ?? 0))
    return [{ panel, x: x!, y: y!, w: w!, h: h! }]
  })
  return boxes.flatMap((box, index) => {
    const { node, within } = box.panel
    const outside = box.x < 0 || box.w <= 0 || box.x + box.w > 24
    const under = boxes.slice(0, index).find((other) => overlap(box, other))
    if (outside) {
      const got = {
        en: `reaches from column ${box.x} to ${box.x + box.w}`,
        ko: `${box.x}~${box.x + box.w}칸`,
      }
      return [dashboard.finding('dashboard/grid', placeOf(node, 'gridPos'), within, { got })]
    }
    if (under === undefined) return []
    const got = { en: `overlaps with ${under.panel.within}`, ko: `${under.panel.within} 패널과 겹침` }
    return [dashboard.finding('dashboard/grid', placeOf(node, 'gridPos'), within, { got })]
  })
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}
