import type { Finding } from '../../finding/index.js'
import { parseDuration, variablesIn } from '../../promql/index.js'
import { type YamlMap, type YamlNode, type YamlPlace, YamlScalar } from '../../yaml-document/index.js'
import { type Dashboard, placeOf } from './dashboard-model.js'

/** Newer ones are of the models that older versions of Grafana cannot read. */
const newestSchema = 42

/** What concerns the dashboard as a whole. */
export function frameFindings(dashboard: Dashboard): readonly Finding[] {
  return [
    ...identityFindings(dashboard),
    ...importFindings(dashboard),
    ...variableFindings(dashboard),
    ...linkFindings(dashboard),
  ]
}

function identityFindings(dashboard: Dashboard): readonly Finding[] {
  const { root } = dashboard
  const findings: Finding[] = []
  const add = (found: Finding) => findings.push(found)
  const uid = root.text('uid') ?? ''
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(uid))
    add(dashboard.finding('dashboard/uid', placeOf(root, 'uid'), undefined, { got: `"${uid}"` }))
  if (root.text('editable') !== 'false')
    add(dashboard.finding('dashboard/editable', placeOf(root, 'editable'), undefined, {}))
  const schema = Number(root.text('schemaVersion') ?? Number.NaN)
  if (!(schema > 0 && schema <= newestSchema)) {
    const values = { got: root.text('schemaVersion') ?? '–', expected: `36–${newestSchema}` }
    add(dashboard.finding('dashboard/schema-version', placeOf(root, 'schemaVersion'), undefined, values))
  }
  const refresh = root.text('refresh') ?? ''
  const seconds = parseDuration(refresh)
  if (seconds !== undefined && seconds > 0 && seconds < 10) {
    add(dashboard.finding('dashboard/refresh', placeOf(root, 'refresh'), undefined, { got: refresh }))
  }
  return findings
}

function importFindings(dashboard: Dashboard): readonly Finding[] {
  const { root } = dashboard
  const fields = ['__inputs', '__requires', '__elements'].filter(
    (name) => name === '__inputs' && root.get(name) !== undefined,
  )
  const findings = fields.map((got) =>
    dashboard.finding('dashboard/import-only', placeOf(root, got), undefined, { got }),
  )
  const found = [...texts(root)].find(({ text }) => /\$\{DS_[A-Z0-9_-]+\}/.test(text))
  if (found === undefined) return findings
  const got = /\$\{DS_[A-Z0-9_-]+\}/.exec(found.text)?.[0] ?? ''
  return [
    ...findings,
    dashboard.finding('dashboard/import-only', found.place, undefined, { got }, { subject: got }),
  ]
}

/** Variables that are there without being told. */
const given = /^(?:__\w+|timeFilter|interval|timezone|DS_.*|datasource)$/

function variableFindings(dashboard: Dashboard): readonly Finding[] {
  const defined = new Set(dashboard.variables.map(({ name }) => name))
  const used = new Map<string, YamlPlace>()
  for (const { text, place } of texts(dashboard.root)) {
    for (const { name } of variablesIn(text)) if (!used.has(name)) used.set(name, place)
  }
  for (const panel of dashboard.panels) {
    const repeat = panel.node.text('repeat')
    if (repeat !== undefined) used.set(repeat, panel.node.place)
  }
  const queries = dashboard.panels.flatMap(({ targets, within }) =>
    targets.flatMap((target) =>
      variablesIn(target.text('expr') ?? '').map(({ name }) => ({ name, target, within })),
    ),
  )
  const unknown = new Map(
    queries
      .filter(({ name }) => !defined.has(name) && !given.test(name) && !/^\d+$/.test(name))
      .map((use) => [use.name, use]),
  )
  return [
    ...[...unknown.values()].map(({ name, target, within }) =>
      dashboard.finding(
        'dashboard/undefined-variable',
        placeOf(target, 'expr'),
        within,
        { where: `query ${target.text('refId') ?? '?'}`, name },
        { subject: name },
      ),
    ),
    ...dashboard.variables
      .filter(({ name, type }) => !used.has(name) && type !== 'datasource' && type !== 'adhoc')
      .map(({ name, node }) =>
        dashboard.finding('dashboard/unused-variable', node.place, `variable ${name}`, { name }),
      ),
  ]
}

function linkFindings(dashboard: Dashboard): readonly Finding[] {
  const lists = [dashboard.root, ...dashboard.panels.map(({ node }) => node)].flatMap((node) =>
    node.list('links'),
  )
  return lists.flatMap((link) => {
    if (link.kind !== 'map' || link.text('type') === 'dashboards') return []
    const url = link.text('url')
    if (url === undefined || /^(?:https?:\/\/[^/]|\/|\$|mailto:|d\/|dashboard)/.test(url)) return []
    return [
      dashboard.finding(
        'dashboard/link',
        placeOf(link, 'url'),
        undefined,
        { got: `"${url}"` },
        { subject: url },
      ),
    ]
  })
}

/** Every text in a dashboard. */
function* texts(node: YamlNode): Generator<YamlScalar> {
  if (node instanceof YamlScalar) {
    if (typeof node.value === 'string') yield node
  } else if (node.kind === 'list') for (const item of node.items) yield* texts(item)
  else for (const entry of entriesOf(node)) yield* texts(entry.value)
}

/** Definitions of variables repeat their own names. */
function entriesOf(node: YamlMap): YamlMap['entries'] {
  return node.entries.filter(({ key }) => key !== 'name' && key !== 'current')
}
