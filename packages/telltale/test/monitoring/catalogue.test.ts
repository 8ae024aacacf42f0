import { expect, test } from 'vitest'
import { AdvancedPrometheusClient } from '../../src/application/advanced-prometheus-client.js'
import { MetricsCollectionService } from '../../src/application/metrics-collection-service.js'
import { getMetricsConfig } from '../../src/application/metrics-config.js'
import { expose } from '../../src/exposition/expose.js'
import { Counter } from '../../src/metrics/counter.js'
import { catalogueMetrics, metricsOf, promql, recordsFor, signals } from '../../src/monitoring/index.js'
import { resultLabels } from '../../src/monitoring/query/result-labels.js'
import { watchOutboundRequests } from '../../src/outbound.js'
import { WriteReport } from '../../src/push/remote-write/write-report.js'
import { Registry } from '../../src/registry/registry.js'
import { EndpointMetrics } from '../../src/serve/endpoint-metrics.js'
import { groupFamilies } from '../../src/serve/group/group-report.js'
import { LoopEpisodes } from '../../src/serve/telemetry/loop-episodes.js'

/** The metrics of a registry in which everything is switched on and every incident has happened. */
async function exposedMetrics(): Promise<ReadonlyMap<string, readonly string[]>> {
  const registry = new Registry({
    warn: () => {},
    exemplars: { labels: () => ({ trace_id: 'x'.repeat(200) }) },
  })
  const config = getMetricsConfig('production')
  const unprefixed = { ...config, default: { ...config.default, prefix: '' } }
  const service = new MetricsCollectionService({ registry, config: unprefixed })
  new AdvancedPrometheusClient({ registry, prefix: '', gcDurationBuckets: config.default.gcDurationBuckets })
  watchOutboundRequests({ registry }).stop()
  service.recordHTTPRequest('GET', '/', 200, Number.NaN)
  const small = new Counter({
    name: 'test_small_total',
    help: 'Small.',
    labels: ['a'],
    seriesLimit: 1,
    registry,
  })
  for (const value of ['1', '2', '3']) small.labels(value).inc()
  registry.addCollector({
    name: 'failing',
    collect: () => {
      throw new Error('away')
    },
  })
  await expose(registry)
  return new Map(
    registry.families
      .filter(({ name }) => !name.startsWith('test_'))
      .map(({ name, type, labelNames }) => [name, [type, ...labelNames]]),
  )
}

test('the metrics that queries may name are those that Telltale exposes, with their types and labels', async () => {
  const known = catalogueMetrics().filter(({ source }) =>
    ['application', 'runtime', 'telltale'].includes(source),
  )
  const asRows = known.map(({ name, type, labels }) => [name, [type, ...labels]] as const)
  expect(Object.fromEntries(asRows)).toEqual(Object.fromEntries(await exposedMetrics()))
})

/** What an endpoint with access files, a group in which definitions clash and a remote write tell of themselves. */
async function deliveryMetrics(): Promise<ReadonlyMap<string, readonly string[]>> {
  const registry = new Registry({ warn: () => {} })
  new WriteReport(registry, () => {})
  new LoopEpisodes(registry, 0.1)
  const endpoint = new EndpointMetrics()
  endpoint.watchReloads()
  const source = endpoint.addedTo(registry)
  const facts = { members: 2, silent: 1, oldestSeconds: 3, workers: [{ worker: 0, pid: 7 }] }
  const families = [
    ...(await source.gather()).families,
    ...groupFamilies({ ...facts, clashes: [['jobs_total', 1]] }),
  ]
  return new Map(families.map(({ name, type, labelNames }) => [name, [type, ...labelNames]]))
}

test('what queries name of an endpoint, a group and a remote write is what these expose', async () => {
  const exposed = await deliveryMetrics()
  for (const { name, source, type, labels } of catalogueMetrics()) {
    // Of the telemetry thread; its own tests read it from there.
    if (source !== 'delivery' || name === 'telltale_event_loop_blocked_seconds') continue
    expect(exposed.get(name), name).toEqual([type, ...labels])
  }
})

test('every signal asks for metrics that exist, also through recording rules', () => {
  for (const { id, query } of signals) {
    if (id !== 'watchdog') expect(metricsOf(query).length, id).toBeGreaterThan(0)
    expect(promql(query), id).not.toContain('undefined')
  }
})

test('recording rules give the labels that they promise', () => {
  for (const { record, query, labels } of recordsFor(signals)) {
    expect([...(resultLabels(query) ?? [])].sort(), record).toEqual([...labels].sort())
  }
})

test('legends and summaries name labels that the query gives', () => {
  for (const { id, query, panel, text } of signals) {
    const labels = resultLabels(query)
    const texts = [panel.legend, ...[text.en, text.ko].map(({ runbook }) => runbook?.summary ?? '')]
    const named = texts.flatMap((line) => [...line.matchAll(/\{\{(?: \$labels\.)?([a-z_]+)(?: |\}\})/g)])
    for (const [, label] of named) expect(labels, `${id}: ${label}`).toContain(label)
  }
})

test('ids, alert names and titles are unique; titles in each language too', () => {
  const unique = (names: readonly (string | undefined)[]) => {
    const given = names.filter((name) => name !== undefined)
    expect(given.filter((name, index) => given.indexOf(name) !== index)).toEqual([])
  }
  unique(signals.map(({ id }) => id))
  unique(signals.map(({ alert }) => alert?.name))
  unique(signals.map(({ text }) => text.en.title))
  unique(signals.map(({ text }) => text.ko.title))
})

test('a signal with an alert says in both languages what it means, why it happens and what to do', () => {
  for (const { id, alert, text } of signals) {
    for (const { title, description, runbook } of [text.en, text.ko]) {
      expect(title, id).not.toMatch(/[.。]$/)
      expect(description, id).toMatch(/[.]$/)
      expect(runbook !== undefined, id).toBe(alert !== undefined)
      if (runbook === undefined) continue
      expect(runbook.summary, id).not.toMatch(/\.$/)
      expect(runbook.cause, id).toMatch(/\.$/)
      expect(runbook.remedy, id).toMatch(/\.$/)
    }
    expect(text.ko.description, id).toMatch(/[가-힣]/)
  }
})

test('ratios of requests, queries, jobs and calls need a minimum of them before they alarm', () => {
  const shares = signals.filter(
    ({ id, alert }) => alert && /^(http|database|queue|outbound).*(error|aborted)-ratio$/.test(id),
  )
  expect(shares.length).toBeGreaterThanOrEqual(5)
  for (const { id, alert } of shares) expect(alert?.minimum?.above, id).toBeGreaterThan(0)
})
