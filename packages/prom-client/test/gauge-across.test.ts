import { Gauge, register } from '@telltale/prom-client'
import { defaultRegistry } from 'telltale'
import { expect, test } from 'vitest'

test('the aggregator of a gauge decides in a process group too', () => {
  const aggregators = ['sum', 'min', 'max', 'average', 'first', 'omit'] as const
  for (const aggregator of aggregators) {
    new Gauge({ name: `across_${aggregator}`, help: 'Help.', aggregator })
  }
  const across = (aggregator: string) => defaultRegistry().get(`across_${aggregator}`)?.across
  expect(aggregators.map(across)).toEqual([undefined, 'min', 'max', 'average', undefined, undefined])
  register.clear()
})
