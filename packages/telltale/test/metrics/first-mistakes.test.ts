import { afterEach, describe, expect, test, vi } from 'vitest'
import { Counter } from '../../src/metrics/counter.js'
import { Gauge } from '../../src/metrics/gauge.js'
import { Histogram } from '../../src/metrics/histogram.js'
import { Summary } from '../../src/metrics/summary.js'
import { Registry } from '../../src/registry/registry.js'

// What TypeScript refuses, and JavaScript does not.
const help = 'One.'

describe('labels by another name, as in other libraries, are refused and not left out', () => {
  test.each(['labelNames', 'labelnames', 'label'])('%s', (option) => {
    const registry = new Registry()
    const definition = { name: 'orders_total', help, registry, [option]: ['method'] }
    expect(() => new Counter(definition)).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_OPTION',
        message: `metric "orders_total": got the option "${option}", expected "labels". Write labels: ["method", "route"]`,
      }),
    )
    expect(() => new Counter({ name: 'orders_total', help, registry })).not.toThrow()
  })
})

test('a text in place of a list of labels is named with what is expected', () => {
  const definition = { name: 'orders_total', help, registry: new Registry(), labels: 'method' as never }
  expect(() => new Counter(definition)).toThrow(
    'metric "orders_total": got labels "method", expected a list of names, for example ["method"]',
  )
})

describe('labels given to what records say where they go', () => {
  afterEach(() => vi.restoreAllMocks())
  const registry = new Registry()
  const labels = ['method'] as const
  const given = { method: 'GET' } as never
  const methods: readonly (readonly [name: string, call: () => void])[] = [
    ['inc', () => new Counter({ name: 'a_total', help, labels, registry }).labels('x').inc(given)],
    ['set', () => new Gauge({ name: 'b', help, labels, registry }).labels('x').set(given)],
    ['observe', () => new Histogram({ name: 'c', help, labels, registry }).labels('x').observe(given)],
    ['observe', () => new Summary({ name: 'd', help, labels, registry }).labels('x').observe(given)],
  ]
  test.each(methods)('%s', (method, call) => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    call()
    const [[text]] = warned.mock.calls as unknown as readonly [readonly [string]]
    expect(text).toContain(`${method} got an object with ["method"]`)
    expect(text).toContain(`Name the series first: labels({ … }).${method}(…)`)
  })
})
