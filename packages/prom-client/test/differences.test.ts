import { readFileSync } from 'node:fs'
import * as promClient from 'prom-client'
import { describe, expect, it } from 'vitest'
import * as telltale from '../src/index.js'
import { type Client, errorsOfBoth, inBoth, type Operations } from './both.js'
import { inCluster } from './cluster/running-cluster.js'
import { type Received, RecordingGateway } from './recording-gateway.js'

const help = 'Help.'
const wrong = (value: unknown) => value as never
const theirs = promClient as unknown as Client

/** One test for each row of the table in the README, by its number. */
const rows: Record<number, () => void | Promise<void>> = {
  1: async () => {
    const { ours, theirs } = await inBoth(({ Counter }, register) => {
      const counter = new Counter({ name: 'c', help, labelNames: ['a', 'b'], registers: [register] })
      counter.inc({ a: '1,b:2' })
      counter.inc({ a: '1', b: '2' })
    })
    expect([ours.samples.length, theirs.samples.length]).toEqual([2, 1])
  },
  2: async () => {
    const operations: Operations = ({ Counter }, register) => {
      const counter = new Counter({ name: 'c', help, labelNames: ['a'], registers: [register] })
      counter.inc({})
      counter.inc({ a: '' })
      counter.inc({ a: undefined })
      counter.inc({ a: wrong(null) })
    }
    const ours = new telltale.Registry()
    await operations(telltale, ours)
    expect(await ours.metrics()).toContain('c 4\n')
    const register = new theirs.Registry()
    await operations(theirs, register)
    // A strict parser refuses this text: it has the series without labels twice.
    expect(await register.metrics()).toMatch(/c 2\nc\{a=""\} 1\nc\{a="null"\} 1/)
  },
  3: async () => {
    const { ours, theirs } = await inBoth(({ Counter }, register) => {
      const counter = new Counter({ name: 'c', help, labelNames: ['a'], registers: [register] })
      const labels = { a: 'x' }
      counter.inc(labels)
      labels.a = 'y'
    })
    expect([ours.samples, theirs.samples].map(([[name]]) => name)).toEqual(['c[["a","x"]]', 'c[["a","y"]]'])
  },
  4: async () => {
    const { ours } = await inBoth(({ Counter }, register) => {
      const counter = new Counter({ name: 'c', help, labelNames: ['a'], registers: [register] })
      counter.inc({ a: wrong({ id: 1 }) })
      counter.inc({ a: 'x' })
    })
    expect(ours.text).toContain('telltale_observations_dropped_total{metric="c",reason="label_value"} 1')
    expect(ours.text).not.toContain('[object Object]')
  },
  5: async () => {
    const counter = (client: Client) => {
      const metric = new client.Counter({ name: 'c', help, registers: [] })
      metric.inc(2)
      metric.inc(NaN)
      metric.inc(1)
      return metric.get()
    }
    expect((await counter(telltale)).values[0]!.value).toBe(3)
    expect((await counter(theirs)).values[0]!.value).toBeNaN()
  },
  6: async () => {
    const gauge = (client: Client) => {
      const metric = new client.Gauge({ name: 'g', help, registers: [] })
      metric.set(2)
      metric.set(NaN)
      metric.inc(Infinity)
      return metric.get()
    }
    expect((await gauge(telltale)).values[0]!.value).toBe(2)
    expect((await gauge(theirs)).values[0]!.value).toBeNaN()
  },
  7: async () => {
    const define: Operations = ({ Histogram }, register) => {
      new Histogram({ name: 'h', help, buckets: [5, 1, 2, 1, Infinity], registers: [register] }).observe(3)
    }
    const bounds = async (client: Client) => {
      const register = new client.Registry()
      await define(client, register)
      const [metric] = await register.getMetricsAsJSON()
      return metric!.values
        .filter(({ labels }) => 'le' in labels)
        .map(({ labels, value }) => [(labels as { le: unknown }).le, value])
    }
    expect(await bounds(telltale)).toEqual([
      [1, 0],
      [2, 0],
      [5, 1],
      ['+Inf', 1],
    ])
    expect((await bounds(theirs))[1]).toEqual([1, 1])
    const given = [2, 1]
    new telltale.Histogram({ name: 'h', help, buckets: given, registers: [] })
    expect([given, Object.isFrozen(given)]).toEqual([[2, 1], false])
  },
  8: async () => {
    const empty: Operations = ({ Histogram }) =>
      new Histogram({ name: 'h', help, buckets: [], registers: [] })
    const { ours, theirs } = await errorsOfBoth(empty)
    expect([ours, theirs]).toEqual([
      expect.stringContaining('TelltaleError: metric "h": got buckets'),
      'no error',
    ])
  },
  9: async () => {
    const { ours, theirs } = await inBoth(({ Histogram }, register) => {
      new Histogram({ name: 'h', help, buckets: [-1, 1], registers: [register] }).observe(5)
    })
    const below = 'h_bucket[["le","-1"]]'
    expect([ours, theirs].map(({ samples }) => new Map(samples).get(below))).toEqual([0, 1])
  },
  10: async () => {
    const { ours, theirs } = await inBoth(({ Histogram }, register) => {
      new Histogram({ name: 'h', help, buckets: [1e-7, 1e6], registers: [register] })
    })
    expect(ours.text).toMatch(/le="1e-07".*\n.*le="1e\+06"/)
    expect(theirs.text).toMatch(/le="1e-7".*\n.*le="1000000"/)
  },
  11: async () => {
    const { ours, theirs } = await inBoth(({ Histogram }, register) => {
      const histogram = new Histogram({ name: 'h', help, buckets: [1], registers: [register] })
      histogram.observe(1)
      histogram.reset()
    })
    expect([ours.samples.length, theirs.samples.length]).toEqual([4, 0])
  },
  12: async () => {
    const register = new telltale.Registry()
    const labelled = () =>
      new telltale.Histogram({ name: 'h', help, labelNames: ['le'], registers: [register] })
    expect(labelled).toThrow('le is a reserved label keyword')
    expect(register.getMetricsAsArray()).toEqual([])
    const [one, two] = [new telltale.Registry(), new telltale.Registry()]
    new telltale.Gauge({ name: 'g', help, registers: [two] })
    expect(() => new telltale.Gauge({ name: 'g', help, registers: [one, two] })).toThrow(
      'already been registered',
    )
    expect(one.getMetricsAsArray()).toEqual([])
  },
  13: async () => {
    const clash: Operations = ({ Counter, Histogram }, register) => {
      new Histogram({ name: 'z', help, registers: [register] })
      new Counter({ name: 'z_count', help, registers: [register] })
    }
    const { ours, theirs } = await errorsOfBoth(clash)
    expect(ours).toMatch(/^TelltaleError: .*"z_count"/)
    expect(theirs).toBe('no error')
  },
  14: async () => {
    for (const labelNames of [['__name__'], ['a', 'a']]) {
      const { ours, theirs } = await errorsOfBoth(
        ({ Counter }) => new Counter({ name: 'c', help, labelNames, registers: [] }),
      )
      expect(ours).toMatch(/^TelltaleError: /)
      expect(theirs).toBe('no error')
    }
    const labels: Operations = (_, register) => register.setDefaultLabels({ 'a-b': 1 })
    expect(await errorsOfBoth(labels)).toEqual({
      ours: expect.stringMatching(/^TelltaleError/),
      theirs: 'no error',
    })
  },
  15: async () => {
    const forge = { name: 'c', help, registers: [], get: () => 'forged', inc: () => {} }
    const counter = new telltale.Counter(forge)
    counter.inc()
    expect((await counter.get()).values[0]!.value).toBe(1)
  },
  16: async () => {
    const register = new telltale.Registry()
    const failing = { registers: [register], help }
    new telltale.Gauge({ name: 'bad', ...failing, collect: () => Promise.reject(new Error('no database')) })
    new telltale.Gauge({ name: 'good', ...failing })
    const text = await register.metrics()
    expect(text).toContain('good 0')
    expect(text).not.toContain('bad 0')
    expect(await register.metrics()).toContain(
      'telltale_collector_errors_total{collector="bad",reason="error"}',
    )
  },
  17: async () => {
    const merged = async (client: Client) => {
      const register = new client.Registry()
      register.setDefaultLabels({ region: 'north' })
      new client.Counter({ name: 'c', help, registers: [register] })
      return client.Registry.merge([register]).metrics()
    }
    expect(await merged(telltale)).toContain('c{region="north"} 0')
    expect(await merged(theirs)).toContain('c 0')
  },
  18: async () => {
    const { ours, theirs } = await inBoth(({ Summary }, register) => {
      new Summary({ name: 's', help, percentiles: [0.5], registers: [register] })
    })
    const quantile = 's[["quantile","0.5"]]'
    expect(new Map(ours.samples).get(quantile)).toBeNaN()
    expect(new Map(theirs.samples).get(quantile)).toBe(0)
  },
  19: async () => {
    const aged: Operations = async ({ Summary }, register) => {
      const options = { maxAgeSeconds: 0.05, ageBuckets: 2, percentiles: [1], registers: [register] }
      const pruned = new Summary({
        name: 'pruned',
        help,
        labelNames: ['a'],
        ...options,
        pruneAgedBuckets: true,
      })
      const kept = new Summary({ name: 'kept', help, ...options })
      kept.observe(5)
      pruned.observe({ a: 'x' }, 5)
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
    const { ours } = await inBoth(aged)
    const said = new Map(ours.samples)
    expect(said.get('kept[["quantile","1"]]')).toBeNaN()
    expect([...said.keys()].filter((name) => name.startsWith('pruned'))).toEqual([])
  },
  20: async () => {
    const { ours, theirs } = await inBoth(({ Counter }, register) => {
      new Counter({ name: 'c', help, registers: [register] }).remove()
    })
    expect([ours.samples.length, theirs.samples.length]).toEqual([1, 0])
  },
  21: async () => {
    const zero: Operations = ({ Histogram }) =>
      new Histogram({ name: 'h', help, labelNames: ['a'], registers: [] }).zero(wrong({ other: 1 }))
    const { ours, theirs } = await errorsOfBoth(zero)
    expect([ours, theirs]).toEqual([expect.stringContaining('Added label "other"'), 'no error'])
  },
  22: async () => {
    const register = new telltale.Registry()
    const counter = new telltale.Counter({ name: 'c', help, labelNames: ['id'], registers: [register] })
    for (let id = 0; id < 10_002; id++) counter.inc({ id })
    const text = await register.metrics()
    expect(text).toContain('c{id="__overflow__"} 2')
    expect(text).toContain('telltale_series_overflow_total{metric="c"} 2')
    const small = new telltale.Counter({
      name: 's',
      help,
      labelNames: ['id'],
      registers: [register],
      seriesLimit: 1,
    })
    for (const id of ['a', 'b', 'c']) small.inc({ id })
    expect((await small.get()).values).toHaveLength(2)
  },
  23: async () => {
    const register = new telltale.Registry()
    const first = telltale.collectDefaultMetrics({ register })
    const second = telltale.collectDefaultMetrics({ register })
    first.stop()
    expect(await register.metrics()).toContain('nodejs_version_info')
    second.stop()
    expect(register.getMetricsAsArray()).toEqual([])
    const again: Operations = ({ collectDefaultMetrics }, register) => {
      collectDefaultMetrics({ register })
      collectDefaultMetrics({ register })
    }
    const other = new theirs.Registry()
    expect(() => again(theirs, other)).toThrow('has already been registered')
  },
  24: async () => {
    const register = new telltale.Registry()
    telltale.collectDefaultMetrics({ register, prefix: 'nodejs_' })
    const text = await register.metrics()
    register.clear()
    expect(text).toContain('\nnodejs_eventloop_lag_seconds ')
    expect(text).not.toContain('nodejs_nodejs_')
  },
  25: async () => {
    const register = new telltale.Registry()
    telltale.collectDefaultMetrics({ register })
    const text = await register.metrics()
    register.clear()
    const types = [...text.matchAll(/nodejs_active_handles\{type="([^"]*)"/g)].map(([, type]) => type)
    const known = new Set(process.getActiveResourcesInfo())
    expect(types.length).toBeGreaterThan(0)
    for (const type of types) expect(known).toContain(type)
  },
  26: async () => {
    const counter = new telltale.Counter({ name: 'c', help, labelNames: ['code'], registers: [] })
    counter.inc({ code: 200 })
    expect((await counter.get()).values[0]!.labels).toEqual({ code: '200' })
    const histogram = new telltale.Histogram({ name: 'h', help, registers: [] })
    expect((await histogram.get()).values[0]).not.toHaveProperty('exemplar')
  },
  27: async () => {
    const { ours, theirs } = await inBoth(({ Counter }, register) => {
      new Counter({ name: 'a', help, registers: [register] })
      new Counter({ name: 'b', help, registers: [register] })
    })
    expect([ours.text.includes('\n\n'), theirs.text.includes('\n\n')]).toEqual([false, true])
  },
  28: async () => {
    const register = new telltale.Registry()
    const counter = new telltale.Counter({ name: 'c', help, registers: [register], enableExemplars: true })
    counter.inc({ exemplarLabels: { trace_id: 'abc' } })
    expect(await register.metrics()).toContain('c 1\n')
    const exemplars: Operations = ({ Counter }, registry) =>
      new Counter({ name: 'c', help, registers: [registry], enableExemplars: true })
    expect((await errorsOfBoth(exemplars)).theirs).toMatch(/^TypeError: Exemplars are supported only/)
  },
  29: async () => {
    const [ours, theirs] = await openMetricsOfBoth(({ Counter }, register) => {
      new Counter({ name: 'y', help, registers: [register] }).inc()
    })
    expect(ours).toContain('# TYPE y unknown\n')
    expect(ours).toContain('\ny 1\n')
    expect(theirs).toContain('# TYPE y counter\ny_total 1\n')
  },
  30: async () => {
    const name = async (client: Client) => {
      const register = new client.Registry(client.openMetricsContentType)
      const counter = new client.Counter({ name: 'y_total', help, registers: [register as never] })
      await register.metrics()
      return counter.name
    }
    expect([await name(telltale), await name(theirs)]).toEqual(['y_total', 'y'])
  },
  31: async () => {
    const { ours, theirs } = await errorsOfBoth(({ Registry }) =>
      new Registry().getSingleMetricAsString('none'),
    )
    expect(ours).toBe('TypeError: There is no metric with the name none')
    expect(theirs).toMatch(/^TypeError: Cannot read/)
  },
  32: async () => {
    const child: Operations = ({ Counter }, register) => {
      const options = { labelNames: ['l'], registers: [register], enableExemplars: true }
      new Counter({ name: 'y_total', help, ...options }).labels({ l: 'x' }).inc(5)
    }
    const [ours, theirs] = await openMetricsOfBoth(child)
    expect(ours).toContain('y_total{l="x"} 5\n')
    expect(theirs).toContain('y_total 1\n')
  },
  33: async () => {
    const emoji: Operations = ({ Counter, Registry, openMetricsContentType }) => {
      const register = new Registry(openMetricsContentType) as unknown as telltale.Registry
      const counter = new Counter({ name: 'y_total', help, registers: [register], enableExemplars: true })
      counter.inc({ exemplarLabels: { a: '\u{1f600}'.repeat(100) } })
    }
    const { ours, theirs } = await errorsOfBoth(emoji)
    expect([ours, theirs]).toEqual(['no error', expect.stringMatching(/^RangeError/)])
  },
  34: async () => {
    const [ours, theirs] = await openMetricsOfBoth(({ Summary }, register) => {
      new Summary({ name: 's', help, percentiles: [], registers: [register] }).observe(-1)
    })
    expect([ours.includes('s_sum'), theirs.includes('s_sum -1')]).toEqual([false, true])
  },
  35: async () => {
    const [ours, theirs] = await openMetricsOfBoth(() => {})
    expect([ours, theirs]).toEqual(['# EOF\n', '\n# EOF\n'])
  },
  36: () => {
    const register: telltale.Registry<telltale.RegistryContentType> = telltale.register
    register.setContentType(telltale.openMetricsContentType)
    const ours = telltale.contentType
    register.setContentType(telltale.prometheusContentType)
    expect(ours).toBe(telltale.prometheusContentType)
    theirs.register.setContentType(telltale.openMetricsContentType as never)
    // The named exports of a CommonJS module do not follow it either; what it exports does.
    expect((promClient as unknown as { default: Client }).default.contentType).toBe(
      telltale.openMetricsContentType,
    )
    theirs.register.setContentType(telltale.prometheusContentType)
  },
  37: async () => {
    const json = [1, 2].map((value) => [
      { name: 's', help, type: 'summary', aggregator: 'sum', values: [{ value, labels: { quantile: 0.5 } }] },
    ])
    expect(await aggregated(json)).toEqual([
      expect.stringContaining('s{quantile="0.5"} 2\n'),
      expect.stringContaining('s{quantile="0.5"} 3\n'),
    ])
  },
  38: async () => {
    const json = await Promise.all(
      [[1, 5], [5]].map((buckets) => {
        const register = new telltale.Registry()
        new telltale.Histogram({ name: 'h', help, buckets, registers: [register] }).observe(0.5)
        return register.getMetricsAsJSON()
      }),
    )
    const [ours, theirs] = await aggregated(json)
    expect(ours).not.toContain('le="1"')
    expect(ours).toMatch(/le="5"\} 2\n/)
    // Half of what is below 1.
    expect(theirs).toMatch(/le="1"\} 1\n/)
  },
  39: async () => {
    const json = [1, 2].map((value) => [{ name: 'g', help, type: 'gauge', values: [{ value, labels: {} }] }])
    const { ours, theirs } = await errorsOfBoth(({ AggregatorRegistry }) =>
      AggregatorRegistry.aggregate(json),
    )
    expect([ours, theirs]).toEqual(['no error', "Error: 'undefined' is not a defined aggregator."])
    expect(await telltale.AggregatorRegistry.aggregate(json).metrics()).toContain('g 3\n')
  },
  40: async () => {
    const cluster = (from: 'ours' | 'theirs') =>
      inCluster(from, async (running) => {
        const [one, two] = await running.fork(2)
        for (const worker of [one, two]) await running.do('count', worker, 5)
        await running.do('scrape')
        await running.do('kill', one)
        return (await running.do('scrape')).text!
      })
    expect(await cluster('ours')).toContain('jobs_total{kind="a"} 10\n')
    expect(await cluster('theirs')).toContain('jobs_total{kind="a"} 5\n')
  },
  41: async () => {
    const cluster = (from: 'ours' | 'theirs') =>
      inCluster(from, async (running) => {
        const [one, two] = await running.fork(2)
        for (const worker of [one, two]) await running.do('count', worker, 5)
        await running.do('scrape')
        await running.do('block', one, 7000)
        return (await running.do('scrape')).text!
      })
    const [ours, theirs] = await Promise.all([cluster('ours'), cluster('theirs')])
    expect(ours).toContain('jobs_total{kind="a"} 10\n')
    expect(theirs).toBe('Error: Operation timed out.')
  },
  42: async () => {
    const cluster = (from: 'ours' | 'theirs') =>
      inCluster(
        from,
        async (running) => {
          const [worker] = await running.fork(1)
          await running.do('count', worker, 5)
          return (await running.do('scrape')).text!
        },
        'bare',
      )
    const [ours, theirs] = await Promise.all([cluster('ours'), cluster('theirs')])
    expect(ours).toContain('jobs_total{kind="a"} 5\n')
    expect(theirs).toBe('Error: Operation timed out.')
  },
  43: async () => {
    const cluster = (from: 'ours' | 'theirs') =>
      inCluster(
        from,
        async (running) => {
          await running.fork(1)
          return (await running.do('scrape')).text!
        },
        'openmetrics',
      )
    expect(await cluster('ours')).toMatch(/# EOF\n$/)
    expect(await cluster('theirs')).not.toContain('# EOF')
  },
  44: async () => {
    const text = await inCluster('ours', async (running) => {
      await running.fork(1)
      return (await running.do('scrape')).text!
    })
    expect(text).toContain('\ntelltale_cluster_silent_workers 0\n')
    expect(text).toContain('\ntelltale_cluster_oldest_snapshot_seconds ')
  },
  45: async () => {
    const { ours, theirs } = await pushedByBoth((gateway) =>
      gateway.push({ jobName: 'job', groupings: { path: '/a', empty: '' } }),
    )
    expect(ours.received[0]!.path).toBe('/metrics/job/job/path@base64/L2E/empty@base64/=')
    expect(theirs.received[0]!.path).toBe('/metrics/job/job/path/%2Fa/empty/')
  },
  46: async () => {
    const { ours, theirs } = await pushedByBoth((gateway) => gateway.push({ jobName: 'job' }), {
      contentType: telltale.openMetricsContentType,
    })
    expect([ours, theirs].map(({ received }) => received[0]!.headers['content-type'])).toEqual([
      telltale.prometheusContentType,
      undefined,
    ])
    expect([ours, theirs].map(({ received }) => received[0]!.body.includes('# EOF'))).toEqual([false, true])
  },
  47: async () => {
    const { ours, theirs } = await pushedByBoth(async (gateway) => {
      await gateway.delete({ jobName: 'job' })
      await gateway.push({ jobName: 'job' })
    })
    expect([ours, theirs].map(({ received }) => received[1]!.headers['content-encoding'])).toEqual([
      'gzip',
      undefined,
    ])
  },
  48: async () => {
    const { ours, theirs } = await pushedByBoth((gateway) =>
      gateway.push({ jobName: 'job', groupings: { l: 'x' } }),
    )
    expect([ours.error, ours.received.length]).toEqual([expect.stringMatching(/the label "l"/), 0])
    expect([theirs.error, theirs.received.length]).toEqual(['no error', 1])
  },
  49: async () => {
    const { ours, theirs } = await pushedByBoth((gateway) => gateway.push({ jobName: 'job' }), {
      status: 301,
    })
    expect([ours.error, theirs.error]).toEqual(['Error: push failed with status 301, ', 'no error'])
  },
  50: () => {
    expect(Object.hasOwn(telltale, 'default')).toBe(true)
    expect((telltale as unknown as { default: Client }).default.Counter).toBe(telltale.Counter)
    const left = Object.keys(promClient).filter((name) => !(name in telltale))
    expect(left).toEqual([])
  },
  51: async () => {
    const register = new telltale.Registry()
    telltale.collectDefaultMetrics({ register })
    const text = await register.metrics()
    register.clear()
    for (const name of [
      'heap_size_limit_bytes',
      'eventloop_active_seconds_total',
      'eventloop_idle_seconds_total',
    ]) {
      expect(text).toContain(`\nnodejs_${name} `)
    }
  },
  52: async () => {
    const order = async ({ Counter }: Client) => {
      const counter = new Counter({ name: 'c', help, labelNames: ['l'], registers: [] })
      for (const l of ['a', 'b', 'c']) counter.inc({ l })
      counter.remove('a')
      counter.inc({ l: 'd' })
      return (await counter.get()).values.map(({ labels }) => labels.l)
    }
    expect([await order(telltale), await order(theirs)]).toEqual([
      ['d', 'b', 'c'],
      ['b', 'c', 'd'],
    ])
  },
}

/** The OpenMetrics text after the same operations, ours first. */
async function openMetricsOfBoth(operations: Operations): Promise<[string, string]> {
  const texts = [telltale, theirs].map(async (client) => {
    const register = new client.Registry(client.openMetricsContentType)
    await operations(client, register as unknown as telltale.Registry)
    return register.metrics()
  })
  const [ours, others] = await Promise.all(texts)
  return [ours!, others!]
}

/** The text of what the same processes have together, ours first. */
async function aggregated(json: readonly (readonly object[])[]): Promise<readonly string[]> {
  const copies = [telltale, theirs].map((client) =>
    client.AggregatorRegistry.aggregate(structuredClone(json)),
  )
  return Promise.all(copies.map((registry) => registry.metrics()))
}

interface Pushed {
  readonly received: readonly Received[]
  readonly error: string
}

/** What arrives at a Pushgateway when a client with gzip is used in this way, and how that ended. */
async function pushedByBoth(
  use: (gateway: telltale.Pushgateway) => Promise<unknown>,
  { status = 200, contentType = telltale.prometheusContentType as telltale.RegistryContentType } = {},
): Promise<{ ours: Pushed; theirs: Pushed }> {
  const [ours, others] = await Promise.all(
    [telltale, theirs].map(async (client) => {
      const server = new RecordingGateway()
      server.status = status
      const url = await server.start()
      const register = new client.Registry(contentType)
      const registers = [register as unknown as telltale.Registry]
      new client.Counter({ name: 'a_total', help, labelNames: ['l'], registers }).inc({ l: 'y' })
      const headers = { 'Content-Encoding': 'gzip' }
      const gateway = new client.Pushgateway(url, { headers }, register)
      const error = await use(gateway as telltale.Pushgateway).then(
        () => 'no error',
        (thrown: unknown) => String(thrown),
      )
      await server.stop()
      return { received: server.received, error }
    }),
  )
  return { ours: ours!, theirs: others! }
}

const table = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const numbered = [...table.matchAll(/^\| (\d+) +\| (.+?) +\|/gm)].map(([, number, title]) => ({
  number: Number(number),
  title: title!,
}))

describe('the list of differences', () => {
  it('has a test for each row, and a row for each test', () => {
    expect(numbered.map(({ number }) => number)).toEqual(Object.keys(rows).map(Number))
  })

  it.each(numbered)('$number: $title', ({ number }) => rows[number]!())
})
