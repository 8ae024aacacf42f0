import { setTimeout as after } from 'node:timers/promises'
import * as renamed from '@prometheus-io/client'
import fc from 'fast-check'
import * as promClient from 'prom-client'
import { describe, expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { bridge } from '../../src/bridge/bridge.js'
import { Counter, expose, Gauge, Histogram, Registry } from '../../src/index.js'
import { Registry as SurfaceRegistry } from '../../src/prom-client/index.js'

type Client = typeof promClient
// The successor's types differ in places that these tests do not touch.
const clients: readonly [string, Client][] = [
  ['prom-client', promClient],
  ['@prometheus-io/client', renamed as unknown as Client],
]

const help = 'Help with a \\ and\na line.'

function quiet(warnings: string[] = []): Registry {
  return new Registry({ warn: (message) => void warnings.push(message) })
}

const textOf = async (registry: Registry, seconds = 5) => (await expose(registry, { seconds })).body

/** Names, types, help texts and samples: all that a text says. A metric without samples says nothing here. */
function said(text: string) {
  const { families, sorted } = parseText(text)
  const populated = [...families.values()].filter(({ samples }) => samples.length > 0)
  const kinds = populated.map(({ name, type, help }) => `${name} ${type} ${help}`)
  return { kinds: kinds.sort(), sorted }
}

describe.each(clients)('a registry of %s behind our endpoint', (_, client) => {
  test('says what it says itself', async () => {
    const foreign = new client.Registry()
    const registers = [foreign]
    const labelNames = ['route', 'code']
    const counter = new client.Counter({ name: 'requests_total', help, labelNames, registers })
    counter.inc({ route: '/a "b"\n', code: 200 }, 3)
    counter.inc({ route: '/b\\', code: 500 }, 0.5)
    new client.Counter({ name: 'bare', help, registers }).inc(2 ** 40)
    new client.Counter({ name: 'without_series_total', help, labelNames, registers })
    new client.Gauge({ name: 'temperature', help, labelNames: ['room'], registers }).set({ room: 'ä' }, -3.25)
    new client.Gauge({
      name: 'collected',
      help,
      registers,
      async collect() {
        await after(1)
        this.set(7)
      },
    })
    const histogram = new client.Histogram({
      name: 'latency_seconds',
      help,
      labelNames: ['route'],
      registers,
      buckets: [0.1, 1, 10],
    })
    for (const value of [0.05, 0.5, 5, 50]) histogram.observe({ route: 'x' }, value)
    histogram.observe({ route: 'y' }, 1)
    const summary = new client.Summary({ name: 'size_bytes', help, percentiles: [0.5, 0.99], registers })
    for (const value of [1, 2, 3]) summary.observe(value)
    foreign.setDefaultLabels({ region: 'north' })

    const registry = new Registry()
    bridge(foreign, { registry })
    expect(said(await textOf(registry))).toEqual(said(await foreign.metrics()))
  })

  test('shows the default metrics of that library', async () => {
    const foreign = new client.Registry()
    client.collectDefaultMetrics({ register: foreign })
    const registry = new Registry()
    bridge(foreign, { registry })
    const [ours, theirs] = [said(await textOf(registry)), said(await foreign.metrics())]
    expect(ours.kinds).toEqual(theirs.kinds)
    foreign.clear()
  })

  test('says it after any operations', async () => {
    const value = fc.double({ min: 0, max: 1e6, noNaN: true })
    const label = fc.constantFrom('', 'a', 'b"', '\\\n', 'ü', '1')
    const operation = fc.record({ kind: fc.nat(3), label, value })
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 40 }), async (operations) => {
        const foreign = new client.Registry()
        const options = { help: 'Help.', labelNames: ['l'], registers: [foreign] }
        const counter = new client.Counter({ name: 'c_total', ...options })
        const gauge = new client.Gauge({ name: 'g', ...options })
        const histogram = new client.Histogram({ name: 'h', ...options, buckets: [1, 100] })
        const summary = new client.Summary({ name: 's', ...options, percentiles: [0.5] })
        for (const { kind, label, value } of operations) {
          if (kind === 0) counter.inc({ l: label }, value)
          else if (kind === 1) gauge.set({ l: label }, value - 500)
          else (kind === 2 ? histogram : summary).observe({ l: label }, value)
        }
        const registry = new Registry()
        bridge(foreign, { registry })
        expect(said(await textOf(registry))).toEqual(said(await foreign.metrics()))
      }),
      { numRuns: 50 },
    )
  })
})

test('what is recorded between two scrapes is in the second', async () => {
  const foreign = new promClient.Registry()
  const registry = new Registry()
  const bridged = bridge(foreign, { registry })
  expect(await textOf(registry)).toBe('')
  const counter = new promClient.Counter({ name: 'late_total', help: 'L.', registers: [foreign] })
  counter.inc()
  expect(await textOf(registry)).toContain('late_total 1\n')
  counter.inc()
  expect(await textOf(registry)).toContain('late_total 2\n')
  bridged.stop()
  expect(await textOf(registry)).toBe('')
})

test('metrics of both libraries are in one scrape, in each format', async () => {
  const foreign = new promClient.Registry()
  new promClient.Counter({ name: 'theirs_total', help: 'T.', registers: [foreign] }).inc(2)
  const registry = new Registry({ defaultLabels: { region: 'north' } })
  new Counter({ name: 'ours_total', help: 'O.', registry }).inc(3)
  bridge(foreign, { registry })
  const { body } = await expose(registry, { accept: 'application/openmetrics-text' })
  expect(body).toContain('# TYPE ours counter\n')
  expect(body).toContain('ours_total{region="north"} 3\n')
  expect(body).toContain('# TYPE theirs counter\n')
  expect(body).toContain('theirs_total{region="north"} 2\n')
})

test('where names clash ours are shown, and it is counted and warned of once', async () => {
  const foreign = new promClient.Registry()
  const registers = [foreign]
  new promClient.Counter({ name: 'both_total', help: 'Theirs.', registers }).inc(9)
  new promClient.Gauge({ name: 'latency_seconds_count', help: 'Theirs.', registers }).set(9)
  new promClient.Gauge({ name: 'only_theirs', help: 'Theirs.', registers }).set(1)
  const warnings: string[] = []
  const registry = quiet(warnings)
  new Counter({ name: 'both_total', help: 'Ours.', registry }).inc()
  new Histogram({ name: 'latency_seconds', help: 'Ours.', registry, buckets: [1] })
  bridge(foreign, { registry, name: 'old metrics' })
  for (let scrape = 1; scrape <= 3; scrape++) {
    const parsed = parseText(await textOf(registry))
    expect(parsed.value('both_total')).toBe(1)
    expect(parsed.value('latency_seconds_count')).toBe(0)
    expect(parsed.value('only_theirs')).toBe(1)
    const labels = { collector: 'old metrics', reason: 'name_clash' }
    expect(parsed.value('telltale_collector_errors_total', labels)).toBe(scrape)
  }
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(/"old metrics" brought 2 families.*"both_total".*"latency_seconds_count"/)
})

test('of two bridges with one name the first is shown', async () => {
  const registry = quiet()
  for (const value of [1, 2]) {
    const foreign = new promClient.Registry()
    new promClient.Gauge({ name: 'g', help: 'G.', registers: [foreign] }).set(value)
    bridge(foreign, { registry, name: `bridge ${value}` })
  }
  expect(parseText(await textOf(registry)).value('g')).toBe(1)
})

test('a metric of ours may take a name that was bridged, from the next scrape on', async () => {
  const foreign = new promClient.Registry()
  new promClient.Gauge({ name: 'g', help: 'G.', registers: [foreign] }).set(1)
  const registry = quiet()
  bridge(foreign, { registry })
  expect(await textOf(registry)).toContain('g 1\n')
  new Gauge({ name: 'g', help: 'G.', registry }).set(5)
  expect(await textOf(registry)).toContain('g 5\n')
})

test('a metric over there that fails or hangs costs that library and nothing else', async () => {
  for (const collect of [() => Promise.reject(new Error('no database')), () => new Promise<void>(() => {})]) {
    const foreign = new promClient.Registry()
    new promClient.Gauge({ name: 'bad', help: 'B.', registers: [foreign], collect })
    const registry = quiet()
    new Gauge({ name: 'good', help: 'G.', registry }).set(1)
    bridge(foreign, { registry })
    const parsed = parseText(await textOf(registry, 0.02))
    expect([...parsed.families.keys()]).toEqual(['good', 'telltale_collector_errors_total'])
  }
})

test('series that are one for Prometheus are one', async () => {
  const foreign = new promClient.Registry()
  const counter = new promClient.Counter({ name: 'c', help: 'C.', labelNames: ['a'], registers: [foreign] })
  counter.inc({})
  counter.inc({ a: '' })
  const registry = new Registry()
  bridge(foreign, { registry })
  expect(parseText(await textOf(registry)).value('c')).toBe(2)
})

test('what is not valid over there is left out alone', async () => {
  const metric = (name: string, type = 'gauge', labels: object = {}) => ({
    name,
    help: 'H.',
    type,
    values: [{ value: 1, labels }],
  })
  const metrics = [metric('a b'), metric('ok'), metric('m', 'matrix'), metric('l', 'gauge', { 'x-y': 1 }), {}]
  const registry = quiet()
  bridge({ getMetricsAsJSON: () => metrics }, { registry })
  const parsed = parseText(await textOf(registry))
  expect(parsed.families.has('ok')).toBe(true)
  expect(parsed.samples.filter(({ name }) => !name.startsWith('telltale_'))).toHaveLength(1)
})

test('a registry that is ours below its surface needs no bridge', async () => {
  const registry = quiet()
  new Gauge({ name: 'g', help: 'G.', registry }).set(1)
  bridge(SurfaceRegistry.over(registry), { registry }).stop()
  expect(await textOf(registry)).toBe('# HELP g G.\n# TYPE g gauge\ng 1\n')
})

test('what is no registry is refused', () => {
  for (const wrong of [undefined, null, {}, promClient]) {
    expect(() => bridge(wrong as never)).toThrow(/^bridge got .*, expected a registry with getMetricsAsJSON/)
  }
})
