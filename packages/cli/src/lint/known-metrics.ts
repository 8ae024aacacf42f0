import { guidePrefixes, metricOfSample } from 'telltale/monitoring'
import type { ParsedExposition } from 'telltale/testing'
import { nearest } from '../nearest.js'
import type { LintSettings, MetricType } from './subject.js'

/** What Prometheus and the machine add, and what rules record. */
const foreign = /^(?:up|ALERTS|ALERTS_FOR_STATE|(?:scrape|prometheus|alertmanager|node)_\w+|.*:.*)$/

/** What is known of metrics from expositions; without one, nothing is said of names. */
export function knownMetrics(
  expositions: readonly ParsedExposition[],
): Pick<LintSettings, 'typeOf' | 'metrics'> {
  const types = new Map<string, MetricType>()
  const names = new Set<string>()
  for (const { name, type, samples } of expositions.flatMap(({ families }) => families)) {
    types.set(name, type === 'gaugehistogram' ? 'unknown' : type)
    for (const sample of samples) names.add(sample.name)
  }
  const has = (name: string) => names.has(name) || types.has(name) || foreign.test(name) || isCatalogued(name)
  return {
    typeOf: (family) => types.get(family) ?? types.get(family.replace(/_total$/, '')),
    metrics: expositions.length === 0 ? undefined : { has, nearest: (name) => nearest(name, names) },
  }
}

/** A name of the catalogue is right, whether this application has a use for it or not. */
function isCatalogued(name: string): boolean {
  return guidePrefixes.some(
    (prefix) => name.startsWith(prefix) && metricOfSample(name.slice(prefix.length)) !== undefined,
  )
}
