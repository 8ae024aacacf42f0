import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../../command-error.js'
import type { GrafanaSource } from '../../doctor/source/grafana-source.js'
import type { LoadedGroup } from '../../doctor/source/prometheus-answers.js'
import { fileFaultOf } from '../../file-fault.js'
import type { AdviceTexts } from '../texts/index.js'
import { dashboardQueries, dashboardTitle, variableQuery } from './dashboard-queries.js'
import { metricsUsedInPanel } from './grafana-text.js'
import { regExpOf } from './metric-selection.js'
import { metricsUsedIn, type SelectorUse } from './metric-use.js'
import { type QueryLog, readQueryLog } from './query-log.js'
import type { UseIndex } from './use-index.js'

type PlaceTexts = AdviceTexts['places']

/** Adds what loaded rules use. */
export function addRules(index: UseIndex, groups: readonly LoadedGroup[], texts: PlaceTexts): void {
  for (const { name: group, rules } of groups) {
    for (const { type, name, query } of rules) {
      const place = type === 'alerting' ? texts.alert(name, group) : texts.recording(name, group)
      index.add({ source: 'rule', name: place, text: query }, metricsUsedIn(query))
    }
  }
}

/** Adds what a dashboard uses; `false` when the JSON is none. */
export function addDashboard(index: UseIndex, json: unknown, from: string, texts: PlaceTexts): boolean {
  const title = dashboardTitle(json)
  if (title === undefined) return false
  for (const { place, text, kind } of dashboardQueries(json, texts)) {
    const where = { source: 'dashboard', name: texts.of(place, from), text } as const
    if (kind === 'expression') index.add(where, metricsUsedInPanel(text))
    else addVariable(index, where, text)
  }
  return true
}

/** Adds every dashboard in a file or below a folder; resolves with their paths. Rejects with TELLTALE_USAGE. */
export async function addDashboardFiles(
  index: UseIndex,
  path: string,
  texts: PlaceTexts,
): Promise<readonly string[]> {
  const added: string[] = []
  for (const file of await jsonFiles(path)) {
    const json = await readJson(file)
    if (json !== undefined && addDashboard(index, json, file, texts)) added.push(file)
  }
  if (added.length > 0) return added
  throw new CommandError(
    'TELLTALE_USAGE',
    `--dashboards ${path} has no dashboard; give a JSON file of Grafana, or its folder`,
  )
}

/** Adds the dashboards of a Grafana; resolves with how many. Rejects with Unavailable. */
export async function addGrafana(
  index: UseIndex,
  grafana: GrafanaSource,
  texts: PlaceTexts,
): Promise<number> {
  const hits = await grafana.dashboards()
  for (const { uid, title } of hits) addDashboard(index, await grafana.dashboard(uid), `"${title}"`, texts)
  return hits.length
}

/** Adds what people and dashboards asked for. Rejects with TELLTALE_USAGE. */
export async function addQueryLog(index: UseIndex, path: string, texts: PlaceTexts): Promise<QueryLog> {
  const log = await readQueryLog(path)
  for (const [text, times] of log.queries) {
    index.add({ source: 'query log', name: texts.logged(times), text }, metricsUsedIn(text))
  }
  return log
}

/** Adds names and regular expressions of what is kept, used or not. Throws TELLTALE_USAGE. */
export function addKeepList(index: UseIndex, patterns: readonly string[]): void {
  for (const pattern of patterns) {
    if (index.keep(pattern)) continue
    throw new CommandError(
      'TELLTALE_USAGE',
      `--keep "${pattern}" is no regular expression; escape it, or give a whole name`,
    )
  }
}

function addVariable(
  index: UseIndex,
  where: { readonly source: 'dashboard'; readonly name: string; readonly text: string },
  text: string,
): void {
  const { expression, label, names } = variableQuery(text)
  if (names !== undefined) {
    const pattern = regExpOf(names)
    const metrics =
      pattern === undefined ? ({ kind: 'unknown' } as const) : ({ kind: 'pattern', pattern } as const)
    index.add(where, [{ metrics, reads: new Set(), keeps: new Set(), range: undefined, bounds: [] }])
  }
  if (expression === undefined) return
  const uses = metricsUsedInPanel(expression)
  // Only the values of one label come out of it.
  const shown = (use: SelectorUse) => (label === undefined ? use : { ...use, keeps: new Set([label]) })
  index.add(where, uses === 'uncertain' ? uses : uses.map(shown))
}

async function jsonFiles(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    return files.map((entry) => join(entry.parentPath, entry.name)).sort()
  } catch (error) {
    const reason = fileFaultOf(error)
    throw new CommandError('TELLTALE_USAGE', `--dashboards ${path} cannot be read: ${reason}`)
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch {
    return undefined
  }
}
