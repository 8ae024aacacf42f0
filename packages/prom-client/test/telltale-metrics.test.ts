import * as promClient from 'prom-client'
import * as engine from 'telltale'
import { expect, it } from 'vitest'
import { Counter, globalRegistry, Histogram, Registry, register } from '../src/index.js'

const help = 'Help.'

it('the global registry is the default registry of the process', () => {
  expect(register.engine).toBe(engine.defaultRegistry())
  expect(register).toBe(globalRegistry)
  expect(Registry.over(engine.defaultRegistry())).toBe(register)
})

it('a metric that names no registry is in the global one', async () => {
  const counter = new Counter({ name: 'surface_default_total', help })
  counter.inc(2)
  expect((await engine.expose(engine.defaultRegistry())).body).toContain('surface_default_total 2\n')
  expect(register.getSingleMetric('surface_default_total')).toBe(counter)
  register.removeSingleMetric('surface_default_total')
  expect((await engine.expose(engine.defaultRegistry())).body).not.toContain('surface_default_total')
})

it("metrics of Telltale's own classes can be read and used like all others", async () => {
  const registry = new engine.Registry()
  const gauge = new engine.Gauge({ name: 'g', help, labels: { kind: ['a', 'b'] }, registry })
  const over = Registry.over(registry)
  new engine.Gauge({ name: 'collected', help, registry, collect: (collected) => collected.set(1) })
  const metric = over.getSingleMetric<'kind'>('g')
  expect(metric).toBe(over.getSingleMetric('g'))
  gauge.labels('a').set(3)
  expect((await metric!.get()).values).toEqual([
    { value: 3, labels: { kind: 'a' } },
    { value: 0, labels: { kind: 'b' } },
  ])
  expect((await over.getSingleMetric('collected')!.get()).values).toEqual([{ value: 1, labels: {} }])
  over.resetMetrics()
  expect(gauge.labels('a').value).toBe(0)
  expect((await metric!.get()).values).toHaveLength(2)
})

it("a merged registry runs the collectors of Telltale's own classes", async () => {
  const registry = new engine.Registry({ defaultLabels: { region: 'north' } })
  new engine.Gauge({ name: 'g', help, registry, collect: (gauge) => gauge.set(7) })
  const own = new Registry()
  new Histogram({ name: 'h', help, labelNames: ['a'], buckets: [1], registers: [own] }).observe({ a: 'x' }, 1)
  own.setDefaultLabels({ zone: 'z' })
  const text = await Registry.merge([Registry.over(registry), own]).metrics()
  expect(text).toContain('g{region="north"} 7\n')
  expect(text).toContain('h_bucket{a="x",zone="z",le="1"} 1\n')
  expect(text).toContain('h_count{a="x",zone="z"} 1\n')
})

it('a registry of another library is refused by name', () => {
  const foreign = { name: 'c', help, registers: [new promClient.Registry()] as unknown as Registry[] }
  expect(() => new Counter(foreign)).toThrow(/^metric "c": got a registry that is not of this package/)
})
