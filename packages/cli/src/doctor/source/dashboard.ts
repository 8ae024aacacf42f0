/** One query of a panel. */
export interface PanelQuery {
  readonly panel: string
  /** As it is written, variables included. */
  readonly expression: string
}

/** What a JSON file turned out to be. */
export type DashboardContent =
  | { readonly kind: 'dashboard'; readonly title: string; readonly queries: readonly PanelQuery[] }
  | { readonly kind: 'foreign'; readonly tool: string }
  | { readonly kind: 'broken'; readonly error: string }
  | { readonly kind: 'other' }

/** How the dashboards of other tools show themselves. */
const foreigners: readonly (readonly [tool: string, sign: (content: object) => boolean])[] = [
  [
    'Kibana',
    (content) => 'attributes' in content && /panelsJSON|kibanaSavedObjectMeta/.test(JSON.stringify(content)),
  ],
  [
    'Perses',
    (content) =>
      field(content, 'kind') === 'Dashboard' && field(field(content, 'spec'), 'layouts') !== undefined,
  ],
  ['Datadog', (content) => 'widgets' in content && 'layout_type' in content],
  ['New Relic', (content) => 'pages' in content && 'permissions' in content],
]

/** Reads the text of a file as a dashboard of Grafana. Never throws. */
export function readDashboard(text: string): DashboardContent {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return { kind: 'broken', error: error instanceof Error ? error.message : String(error) }
  }
  return readDashboardModel(content)
}

/** Reads a model as Grafana's API or a file gives it. */
export function readDashboardModel(content: unknown): DashboardContent {
  if (typeof content !== 'object' || content === null) return { kind: 'other' }
  const tool = foreigners.find(([, sign]) => sign(content))?.[0]
  if (tool !== undefined) return { kind: 'foreign', tool }
  // As the API exports it, and as it is provisioned.
  const model = field(content, 'dashboard') ?? content
  const panels = list(field(model, 'panels'))
  if (panels.length === 0 && field(model, 'schemaVersion') === undefined) return { kind: 'other' }
  const title = String(field(model, 'title') ?? '')
  return { kind: 'dashboard', title, queries: panels.flatMap((panel) => queriesOf(panel)) }
}

function queriesOf(panel: unknown): readonly PanelQuery[] {
  const title = String(field(panel, 'title') ?? field(panel, 'id') ?? '')
  const own = list(field(panel, 'targets')).flatMap((target) => {
    const expression = field(target, 'expr')
    return typeof expression === 'string' && expression.trim() !== '' ? [{ panel: title, expression }] : []
  })
  return [...own, ...list(field(panel, 'panels')).flatMap((inner) => queriesOf(inner))]
}

const variable = String.raw`(?:\$\{\w+(?::[^}]*)?\}|\$\w+|\[\[\w+(?::[^\]]*)?\]\])`

/** A query as it can be run: durations where they stand for ranges, everything elsewhere. */
export function withoutVariables(expression: string): string {
  return expression
    .replace(
      /\$(?:\{__range_s\}|__range_s|\{__interval_ms\}|__interval_ms|\{__range_ms\}|__range_ms)\b/g,
      '300',
    )
    .replace(/\$\{?__(?:rate_interval|interval|range)\}?/g, '5m')
    .replace(new RegExp(`\\[${variable}(?=[:\\]])`, 'g'), '[5m')
    .replace(new RegExp(`(?:=~|!~|!=|=)\\s*"[^"]*${variable}[^"]*"`, 'g'), '=~".*"')
    .replace(new RegExp(variable, 'g'), '1')
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
