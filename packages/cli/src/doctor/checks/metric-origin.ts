import { metricOfSample, objectiveRecordNames } from 'telltale/monitoring'
import type { LoadedGroup } from '../source/prometheus-answers.js'

/** The programs besides the application whose metrics the catalogue asks for. */
export type ScrapedServer = 'prometheus' | 'alertmanager' | 'node'

/**
 * Why a metric may be missing without a mistake in its name: Prometheus makes it itself, a loaded rule records it, it
 * belongs to objectives, to a server that is not scraped, or to a part of the catalogue that the application does not
 * have, which the table of signals shows.
 */
export type MetricOrigin =
  | 'built-in'
  | 'recorded'
  | 'objective'
  | 'catalogue'
  | { readonly server: ScrapedServer }
  | undefined

const builtIn = new Set(['ALERTS', 'ALERTS_FOR_STATE'])
const objectivePrefix = objectiveRecordNames.events.slice(0, objectiveRecordNames.events.indexOf(':') + 1)

/** Says of a metric where it would come from; `undefined` when nothing known records it. */
export function originsIn(groups: readonly LoadedGroup[]): (metric: string) => MetricOrigin {
  const recorded = new Set(
    groups.flatMap(({ rules }) => rules.filter(({ type }) => type === 'recording').map(({ name }) => name)),
  )
  return (metric) => {
    if (builtIn.has(metric)) return 'built-in'
    if (recorded.has(metric)) return 'recorded'
    if (metric.startsWith(objectivePrefix)) return 'objective'
    const known = metricOfSample(metric)
    if (known === undefined) return undefined
    if (known.source === 'machine') return { server: 'node' }
    if (known.source === 'server')
      return { server: metric.startsWith('alertmanager') ? 'alertmanager' : 'prometheus' }
    return 'catalogue'
  }
}
