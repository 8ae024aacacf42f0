import type { Finding } from '../../finding/finding.js'
import { at, atUrl } from '../../finding/place.js'
import { evidenceOf } from '../../http/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { dashboards } from '../texts/dashboards.js'
import { allDashboards } from './dashboard-queries.js'

async function thereAreSome(setup: Setup): Promise<readonly Finding[]> {
  const found = await allDashboards(setup)
  if (found.some(({ content }) => content.kind === 'dashboard')) return []
  // A file that should be one has a finding of its own.
  if (found.some(({ content }) => content.kind === 'broken' || content.kind === 'foreign')) return []
  const places = setup.files.dashboardFolders.join(', ')
  return [dashboards.finding('dashboards/none', at('dashboards'), { places })]
}

async function theyCanBeRead(setup: Setup): Promise<readonly Finding[]> {
  return (await allDashboards(setup)).flatMap(({ place, content }): readonly Finding[] => {
    switch (content.kind) {
      case 'broken':
        return [dashboards.finding('dashboards/not-json', place, { error: content.error })]
      case 'foreign':
        return [dashboards.finding('dashboards/foreign', place, { tool: content.tool })]
      case 'dashboard':
        if (content.queries.length > 0) return []
        return [dashboards.finding('dashboards/no-query', place, { title: content.title })]
      default:
        return []
    }
  })
}

async function grafanaAnswers({ grafana }: Setup): Promise<readonly Finding[]> {
  const contact = await grafana.contact()
  const place = atUrl(grafana.url)
  if ('version' in contact) return []
  if ('error' in contact)
    return [
      dashboards.finding('dashboards/grafana-unreachable', place, { detail: contact.error.fault.detail }),
    ]
  return [dashboards.finding('dashboards/not-grafana', place, { evidence: evidenceOf(contact.answer) })]
}

async function datasourceLeadsHere({ grafana, prometheus }: Setup): Promise<readonly Finding[]> {
  const sources = (await grafana.datasources()).filter(({ type }) => type === 'prometheus')
  const place = atUrl(grafana.url)
  const { url } = prometheus
  if (sources.length === 0) return [dashboards.finding('dashboards/no-datasource', place, { url })]
  // Inside containers the host has another name, so the port is what tells.
  const port = portOf(url)
  if (sources.some((source) => portOf(source.url) === port)) return []
  const found = sources.map((source) => source.url).join(', ')
  return [dashboards.finding('dashboards/other-datasource', place, { url, found })]
}

function portOf(url: string): string {
  try {
    const { port, protocol } = new URL(url)
    return port || (protocol === 'https:' ? '443' : '80')
  } catch {
    return ''
  }
}

export const dashboardsChecks = checksOf('dashboards', [
  thereAreSome,
  theyCanBeRead,
  grafanaAnswers,
  datasourceLeadsHere,
])
