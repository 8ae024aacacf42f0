import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RegistryFeed } from '../../../src/aggregate/feed/registry-feed.js'
import { RegistryMirror } from '../../../src/aggregate/feed/registry-mirror.js'
import { Counter, expose, Gauge, Histogram, Registry, StateSet } from '../../../src/index.js'

/** A registry and its mirror, joined by what a port between two threads does to a message. */
function mirrored(registry: Registry) {
  const mirror = new RegistryMirror()
  const feed = new RegistryFeed(registry, (events) => mirror.apply(structuredClone(events)))
  const source = {
    names: registry.names,
    openMetrics2: registry.openMetrics2,
    gather: async () => mirror.gathering(),
  }
  const text = async (accept?: string) => (await expose(source, { accept })).body
  return { mirror, feed, text }
}

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0'

test('a mirror shows counters, gauges, histograms and state sets as they are now, without a message', async () => {
  const registry = new Registry({ defaultLabels: { region: 'eu' } })
  const requests = new Counter({ name: 'requests_total', help: 'Requests.', labels: ['route'], registry })
  const load = new Gauge({ name: 'load', help: 'Load.', registry })
  const latency = new Histogram({ name: 'latency_seconds', help: 'Latency.', registry })
  const mode = new StateSet({ name: 'mode', help: 'Mode.', states: ['a', 'b'], registry })
  requests.labels('/a').inc()
  const { feed, text } = mirrored(registry)
  await feed.collect(1)
  requests.labels('/a').inc(2)
  load.set(-0.5)
  latency.observe(0.3)
  mode.set('b')
  expect(await text()).toBe((await expose(registry)).body)
  expect(await text()).toContain('requests_total{region="eu",route="/a"} 3')
})

test('series and families that come after the mirror are shown before anything is collected again', async () => {
  const registry = new Registry()
  const { feed, text } = mirrored(registry)
  await feed.collect(1)
  const requests = new Counter({ name: 'requests_total', help: 'Requests.', labels: ['route'], registry })
  requests.labels('/new').inc(7)
  expect(await text()).toContain('requests_total{route="/new"} 7')
})

test('what only collectors bring is as of the last collection', async () => {
  const registry = new Registry()
  let load = 1
  new Gauge({ name: 'load', help: 'Load.', registry, collect: (gauge) => gauge.set(load) })
  const { feed, text } = mirrored(registry)
  await feed.collect(1)
  const before = await text()
  expect(before).toBe((await expose(registry)).body)
  load = 2
  expect(await text()).toBe(before)
  await feed.collect(1)
  expect(await text()).toBe((await expose(registry)).body)
  expect(await text()).toContain('load 2')
})

test('exemplars and creation times are in the mirror', async () => {
  const registry = new Registry({ createdTimes: true })
  const requests = new Counter({ name: 'requests_total', help: 'Requests.', labels: ['route'], registry })
  const { feed, text } = mirrored(registry)
  registry.withExemplar({ trace_id: 'abc' }, () => requests.labels('/a').inc())
  await feed.collect(1)
  const own = (await expose(registry, { accept: OPEN_METRICS })).body
  expect(own).toContain('trace_id="abc"')
  expect(own).toContain('requests_created')
  expect(await text(OPEN_METRICS)).toBe(own)
})

test('a family whose collector fails is left out, as it is in a scrape of the registry itself', async () => {
  const registry = new Registry()
  let fails = false
  const collect = (gauge: Gauge) => {
    if (fails) throw new Error('no')
    gauge.set(1)
  }
  new Gauge({ name: 'depth', help: 'Depth.', registry, collect })
  const { feed, text } = mirrored(registry)
  await feed.collect(1)
  expect(await text()).toContain('depth 1')
  fails = true
  await feed.collect(1)
  expect(await text()).not.toContain('depth 1')
})

test('whatever is done to a registry, its mirror shows the same', async () => {
  const name = fc.constantFrom('a_total', 'b_total', 'c_total')
  const label = fc.constantFrom('x', 'y', 'z', 'w')
  const step = fc.oneof(
    fc.record({ do: fc.constant('inc' as const), name, label }),
    fc.record({ do: fc.constant('remove' as const), name, label }),
    fc.record({ do: fc.constant('unregister' as const), name, label }),
    fc.record({ do: fc.constant('reset' as const), name, label }),
    fc.record({ do: fc.constant('collect' as const), name, label }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.boolean(), async (steps, early) => {
      const registry = new Registry()
      let mirror = early ? mirrored(registry) : undefined
      for (const { do: action, name: metric, label: value } of steps) {
        const counter =
          (registry.get(metric) as Counter<['l']> | undefined) ??
          new Counter({ name: metric, help: 'Help.', labels: ['l'], registry })
        if (action === 'inc') counter.labels(value).inc()
        else if (action === 'remove') counter.remove(value)
        else if (action === 'unregister') registry.unregister(metric)
        else if (action === 'reset') registry.reset()
        else await mirror?.feed.collect(1)
      }
      mirror ??= mirrored(registry)
      await mirror.feed.collect(1)
      const sorted = (text: string) => text.split('\n').sort()
      expect(sorted(await mirror.text())).toEqual(sorted((await expose(registry)).body))
    }),
  )
})

test('a feed that is closed posts nothing any more and holds no memory', async () => {
  const registry = new Registry()
  const gauge = new Gauge({ name: 'depth', help: 'Depth.', labels: ['queue'], registry })
  const { row } = gauge.labels('a')
  const { feed, mirror, text } = mirrored(registry)
  const sample = () => {
    gauge.remove('a')
    feed.close()
    expect(gauge.labels('b').row).toBe(row)
  }
  mirror.gathering().families[0]!.emit({ family: () => {}, sample }, 0, 1)
  for (let i = 0; i < 100; i++) gauge.labels(`${i}`)
  expect(await text()).not.toContain('queue="99"')
})
