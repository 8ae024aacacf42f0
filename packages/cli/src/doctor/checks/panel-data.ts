import type { Finding } from '../../finding/finding.js'
import type { Place } from '../../finding/place.js'
import { metricOf } from '../../promql/index.js'
import type { Setup } from '../setup.js'
import { withoutVariables } from '../source/dashboard.js'
import { readExpression, selectorsIn } from '../source/expression.js'
import { QueryError } from '../source/query-error.js'
import { queries } from '../texts/queries.js'
import { allDashboards, panelQueries } from './dashboard-queries.js'
import { originsIn } from './metric-origin.js'
import { scrapedEndpoint } from './scraped-endpoint.js'

const weekSeconds = 7 * 86_400

/** More queries would take longer than a person waits; dashboards repeat themselves. */
const mostQueries = 200

/** A panel that has nothing to show, and the first of its metrics that is not there. */
interface EmptyPanel {
  readonly panel: string
  readonly place: Place
  readonly metric: string
}

/** Whether the queries of panels can be run, and ask for what there is. */
export async function panelsHaveData(setup: Setup): Promise<readonly Finding[]> {
  await scrapedEndpoint(setup)
  const { prometheus } = setup
  const seen = new Set(await prometheus.names(weekSeconds))
  const originOf = originsIn(await prometheus.groups().catch(() => []))
  const empty: EmptyPanel[] = []
  const failing = await Promise.all(
    panelQueries(await allDashboards(setup))
      .slice(0, mostQueries)
      .map(async ({ panel, expression, place }): Promise<readonly Finding[]> => {
        const query = withoutVariables(expression)
        const parsed = readExpression(query)
        // What is no PromQL is told by the item of the dashboards.
        if (parsed === undefined) return []
        try {
          if ((await prometheus.query(query)).length > 0) return []
        } catch (error) {
          if (!(error instanceof QueryError)) throw error
          const values = { panel, error: error.reason, query: expression }
          return [queries.finding('queries/panel-fails', { ...place, within: panel }, values)]
        }
        const metric = selectorsIn(parsed)
          .flatMap((selector) => metricOf(selector) ?? [])
          .find((name) => !seen.has(name))
        if (metric !== undefined) empty.push({ panel, place, metric })
        return []
      }),
  )
  const objectives = empty.filter(({ metric }) => originOf(metric) === 'objective')
  const unknown = empty.filter(({ metric }) => originOf(metric) === undefined)
  return [...failing.flat(), ...emptyFindings(unknown), ...objectiveFinding(objectives)]
}

/** One finding for each metric that a dashboard lacks. */
function emptyFindings(empty: readonly EmptyPanel[]): readonly Finding[] {
  const firsts = new Map(
    empty.toReversed().map((one) => [JSON.stringify([one.place.name, one.metric]), one] as const),
  )
  return [...firsts.values()].reverse().map(({ panel, place, metric }) => {
    const alike = empty.filter((one) => one.metric === metric && one.place.name === place.name)
    const panels = [...new Set(alike.map((one) => `"${one.panel}"`))].join(', ')
    const id = metric.includes(':') ? 'queries/not-recorded' : 'queries/panel-empty'
    return queries.finding(id, { ...place, within: panel }, { panels, metric }, { subject: metric })
  })
}

/** Dashboards of objectives are of use to those who have some: one remark is enough. */
function objectiveFinding(empty: readonly EmptyPanel[]): readonly Finding[] {
  const [first] = empty
  if (first === undefined) return []
  const count = new Set(empty.map(({ place, panel }) => `${place.name} ${panel}`)).size
  const values = { count, panel: first.panel }
  return [queries.finding('queries/no-objectives', first.place, values)]
}
