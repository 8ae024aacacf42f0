import type { GrafanaDashboard } from 'telltale/monitoring'
import { SHOP_JOB } from './shop-stack.js'

/** One query of a dashboard, as Grafana would send it. */
export interface PanelQuery {
  /** `telltale-http: Latency A`. */
  readonly name: string
  readonly query: string
}

const values: Readonly<Record<string, string>> = {
  __rate_interval: '5m',
  job: SHOP_JOB,
  instance: '.+',
  route: '.+',
  service: '.+',
  slo: '.+',
}

/** The queries of the panels and of the annotations, with the variables as somebody would choose them. */
export function panelQueries({ uid, panels, annotations }: GrafanaDashboard): readonly PanelQuery[] {
  const ofPanels = panels.flatMap((panel) =>
    panel.type === 'row'
      ? []
      : panel.targets.map(({ refId, expr }) => ({
          name: `${uid}: ${panel.title} ${refId}`,
          query: filledIn(expr),
        })),
  )
  const ofAnnotations = annotations.list.flatMap(({ name, expr }) =>
    expr === undefined ? [] : [{ name: `${uid}: annotation ${name}`, query: filledIn(expr) }],
  )
  return [...ofPanels, ...ofAnnotations]
}

/** What a variable is chosen from: the label, and the series that have it. */
export function variableQueries({
  uid,
  templating,
}: GrafanaDashboard): readonly { readonly name: string; readonly label: string; readonly series: string }[] {
  return templating.list.flatMap((variable) => {
    if (variable.type !== 'query') return []
    const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(variable.definition) ?? []
    return [{ name: `${uid}: variable ${variable.name}`, label, series: filledIn(series) }]
  })
}

function filledIn(text: string): string {
  return text.replaceAll(/\$(\w+)/g, (_, name: string) => values[name] ?? `$${name}`)
}
