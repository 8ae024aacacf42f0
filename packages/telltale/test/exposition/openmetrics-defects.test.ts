import * as successor from '@prometheus-io/client'
import * as promClient from 'prom-client'
import { describe, expect, test } from 'vitest'
import { OpenMetricsError, parseOpenMetrics } from '../../../../test/support/openmetrics-parser.js'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, expose, Gauge, Histogram, Info, Registry, StateSet, Summary } from '../../src/index.js'

// Each test shows what the other libraries do in OpenMetrics, so that it proves something, and that Telltale does not.

type Library = typeof promClient
const accept = 'application/openmetrics-text;version=1.0.0'
const help = 'h'
const ours = async (registry: Registry) => (await expose(registry, { accept })).body
const quiet = () => new Registry({ warn: () => {} })

describe.each([
  ['prom-client 15.1.3', promClient],
  // Its types differ in details that no test here touches.
  ['@prometheus-io/client 0.16.1', successor as unknown as Library],
])('compared with %s', (_, library) => {
  type Register = promClient.Registry<promClient.OpenMetricsContentType>

  const register = (): Register => {
    const made = new library.Registry<promClient.OpenMetricsContentType>()
    made.setContentType(library.Registry.OPENMETRICS_CONTENT_TYPE)
    return made
  }

  /** What the strict parser complains of, `undefined` when it finds nothing. */
  const complaint = async (theirs: Register) => faultOf(metadataInOrder(await theirs.metrics()))

  test('an empty registry has no blank line', async () => {
    expect(await ours(quiet())).toBe('# EOF\n')
    expect(await register().metrics()).toMatch(/^\n/)
  })

  test('Infinity in the list of buckets is +Inf, once', async () => {
    const registry = quiet()
    new Histogram({ name: 'm', help, buckets: [1, Infinity], registry }).observe(5)
    expect(parseOpenMetrics(await ours(registry)).samples).toHaveLength(4)
    const theirs = register()
    new library.Histogram({ name: 'm', help, buckets: [1, Infinity], registers: [theirs] }).observe(5)
    expect(await complaint(theirs)).toMatch(/le="1" is not in canonical form/)
    expect(await theirs.metrics()).toContain('le="Infinity"')
  })

  test.each(['le', '1st', 'a.b'])('a default label cannot be named %s', async (label) => {
    expect(() => new Registry({ defaultLabels: { [label]: 'x' } })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_LABEL_NAME' }),
    )
    const theirs = register()
    theirs.setDefaultLabels({ [label]: 'x' })
    new library.Histogram({ name: 'm', help, buckets: [0.5], registers: [theirs] })
    expect(await complaint(theirs)).toMatch(/label le|le is given twice|no label name|no "="|no "=""/)
  })

  test.each<[string, (of: Metrics) => void, (of: Metrics) => void]>([
    ['counter foo and gauge foo_total', (of) => of.counter('foo'), (of) => of.gauge('foo_total')],
    ['counters foo and foo_total', (of) => of.counter('foo'), (of) => of.counter('foo_total')],
    ['histogram foo and counter foo_count', (of) => of.histogram('foo'), (of) => of.counter('foo_count')],
  ])('%s clash', async (_pair, first, second) => {
    const registry = quiet()
    const own: Metrics = {
      counter: (name) => void new Counter({ name, help, registry }),
      gauge: (name) => void new Gauge({ name, help, registry }),
      histogram: (name) => void new Histogram({ name, help, registry }),
    }
    first(own)
    expect(() => second(own)).toThrow(expect.objectContaining({ code: 'TELLTALE_NAME_CLASH' }))
    const theirs = register()
    const registers = [theirs]
    const their: Metrics = {
      counter: (name) => void new library.Counter({ name, help, registers }),
      gauge: (name) => void new library.Gauge({ name, help, registers }),
      histogram: (name) => void new library.Histogram({ name, help, buckets: [0.5], registers }),
    }
    first(their)
    second(their)
    expect(await complaint(theirs)).toMatch(/clash|after a sample|no sample of the family/)
  })

  test('a histogram that saw negative values has no sum and no count', async () => {
    const registry = quiet()
    new Histogram({ name: 'm', help, buckets: [-0.5, 0.5], registry }).observe(-3)
    expect(parseOpenMetrics(await ours(registry)).samples.map(({ name }) => name)).toEqual(
      Array(3).fill('m_bucket'),
    )
    const theirs = register()
    new library.Histogram({ name: 'm', help, buckets: [-0.5, 0.5], registers: [theirs] }).observe(-3)
    expect(await complaint(theirs)).toMatch(/a sum/)
  })

  test('bucket bounds are in canonical form', async () => {
    const buckets = [1e-7, 1, 10, 1e6]
    const registry = quiet()
    new Histogram({ name: 'm', help, buckets, registry })
    const bounds = parseOpenMetrics(await ours(registry)).samples.flatMap(({ labels }) => labels.le ?? [])
    expect(bounds).toEqual(['1e-07', '1.0', '10.0', '1e+06', '+Inf'])
    const theirs = register()
    new library.Histogram({ name: 'm', help, buckets, registers: [theirs] })
    const text = await theirs.metrics()
    for (const le of ['1e-7', '1', '10', '1000000']) expect(text).toContain(`le="${le}"`)
  })

  test('a label that is undefined is not there, and an object is no label value', async () => {
    const registry = quiet()
    const counter = new Counter({ name: 'm_total', help, labels: ['a', 'b'], registry })
    counter.labels({ a: undefined, b: 'x' }).inc()
    counter.labels({ a: {} as string, b: 'x' }).inc()
    const [sample, ...more] = parseOpenMetrics(await ours(registry)).families.get('m')!.samples
    expect([sample!.labels, more]).toEqual([{ b: 'x' }, []])
    const theirs = register()
    const their = new library.Counter({ name: 'm_total', help, labelNames: ['a', 'b'], registers: [theirs] })
    their.inc({ a: undefined as unknown as string, b: 'x' })
    their.inc({ a: {} as string, b: 'x' })
    expect(await theirs.metrics()).toMatch(/a="undefined".*a="\[object Object\]"/s)
  })

  test('units, infos, state sets and creation times are there', async () => {
    const registry = new Registry({ createdTimes: true })
    new Counter({ name: 'm_seconds_total', help, unit: 'seconds', registry })
    new Info({ name: 'build_info', help, labels: ['version'], registry }).set({ version: '1' })
    new StateSet({ name: 'state', help, states: ['up', 'down'], registry }).set('up')
    const parsed = parseOpenMetrics(await ours(registry))
    expect([...parsed.families.values()].map(({ type, unit }) => `${type} ${unit}`)).toEqual([
      'counter seconds',
      'info ',
      'stateset ',
    ])
    expect(parsed.value('m_seconds_created')).toBeGreaterThan(0)
    expect(library).not.toHaveProperty('Info')
    expect(library).not.toHaveProperty('StateSet')
  })

  test('one registry answers in the format that each request asks for', async () => {
    const registry = quiet()
    new Counter({ name: 'm_total', help, registry }).inc()
    new Summary({ name: 's', help, registry })
    expect(parseOpenMetrics(await ours(registry)).value('m_total')).toBe(1)
    expect(parseText((await expose(registry)).body).value('m_total')).toBe(1)
    const theirs = register()
    new library.Counter({ name: 'm_total', help, registers: [theirs] }).inc()
    const [first, second] = [await theirs.metrics(), await theirs.metrics()]
    expect([first, second].filter((text) => text.endsWith('# EOF\n'))).toHaveLength(2)
  })
})

interface Metrics {
  counter(name: string): void
  gauge(name: string): void
  histogram(name: string): void
}

/** They write HELP before TYPE, which is no fault to speak of and would hide the others. */
function metadataInOrder(text: string): string {
  return text.replace(/^(# HELP .*)\n(# TYPE .*)$/gm, '$2\n$1')
}

function faultOf(text: string): string | undefined {
  try {
    parseOpenMetrics(text)
    return undefined
  } catch (error) {
    if (error instanceof OpenMetricsError) return error.message
    throw error
  }
}
