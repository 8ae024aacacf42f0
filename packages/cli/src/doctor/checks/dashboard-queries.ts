import { atUrl, inFile, type Place } from '../../finding/place.js'
import type { Setup } from '../setup.js'
import {
  type DashboardContent,
  type PanelQuery,
  readDashboard,
  readDashboardModel,
} from '../source/dashboard.js'
import { Unavailable } from '../unavailable.js'

/** A dashboard and where it is. */
export interface PlacedDashboard {
  readonly place: Place
  readonly content: DashboardContent
}

/** Every dashboard in the files and, where one is given, in Grafana. */
export async function allDashboards(setup: Setup): Promise<readonly PlacedDashboard[]> {
  const files = (await setup.files.dashboards()).map(({ path, text }) => ({
    place: inFile(path),
    content: readDashboard(text),
  }))
  return [...files, ...(await fromGrafana(setup))]
}

async function fromGrafana(setup: Setup): Promise<readonly PlacedDashboard[]> {
  try {
    const { grafana } = setup
    const hits = await grafana.dashboards()
    return await Promise.all(
      hits.map(async ({ uid, title }) => ({
        place: atUrl(`${grafana.url}/d/${uid}`, { within: title }),
        content: readDashboardModel(await grafana.dashboard(uid)),
      })),
    )
  } catch (error) {
    if (error instanceof Unavailable) return []
    throw error
  }
}

/** Every query of every panel, with the place of its dashboard. */
export function panelQueries(
  dashboards: readonly PlacedDashboard[],
): readonly (PanelQuery & { readonly place: Place })[] {
  return dashboards.flatMap(({ place, content }) =>
    content.kind === 'dashboard'
      ? content.queries.map(({ panel, expression }) => ({ panel, expression, place }))
      : [],
  )
}
