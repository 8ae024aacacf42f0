import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { defaults } from '../texts/defaults.js'

/** Each kind by the names of both generations of prom-client, behind any prefix; one of them is enough. */
const kinds = [
  ['defaults/no-process', /(?:^|_)process_cpu_(?:user_|system_)?seconds_total$/, 'process_cpu_seconds_total'],
  [
    'defaults/no-event-loop',
    /(?:^|_)nodejs_eventloop_(?:lag(?:_\w+)?_seconds|utilization(?:_\w+)?)$/,
    'nodejs_eventloop_lag_p99_seconds',
  ],
  ['defaults/no-heap', /(?:^|_)nodejs_heap_(?:size|space_size)_used_bytes$/, 'nodejs_heap_size_used_bytes'],
  ['defaults/no-gc', /(?:^|_)nodejs_gc_duration_seconds$/, 'nodejs_gc_duration_seconds'],
] as const

async function kindsAreThere({ endpoint }: Setup): Promise<readonly Finding[]> {
  const names = (await endpoint.exposition()).families.map(({ name }) => name)
  const place = atUrl(endpoint.url)
  return kinds
    .filter(([, pattern]) => !names.some((name) => pattern.test(name)))
    .map(([id, , example]) => defaults.finding(id, place, { example }))
}

async function prefixesStandOnce({ endpoint }: Setup): Promise<readonly Finding[]> {
  const { families } = await endpoint.exposition()
  const doubled = families.find(({ name }) => /^([a-z]+_)\1/.test(name))
  if (doubled === undefined) return []
  const prefix = /^([a-z]+_)\1/.exec(doubled.name)![1]!
  const { name } = doubled
  const values = { name, prefix, plain: name.slice(prefix.length) }
  return [defaults.finding('defaults/doubled-prefix', atUrl(endpoint.url), values)]
}

export const defaultsChecks = checksOf('defaults', [kindsAreThere, prefixesStandOnce])
