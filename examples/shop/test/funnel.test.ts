import { expect, it } from 'vitest'
import { Funnel } from '../src/orders/funnel.js'

it('the conversion rate is the percentage of visitors who bought, over a quarter of an hour', () => {
  let now = 1_000_000
  const funnel = new Funnel(() => now)
  expect(funnel.conversion('guest')).toBe(0)
  for (const client of ['a', 'b', 'c', 'd']) funnel.visit(client, 'guest')
  funnel.purchase('a', 'guest')
  funnel.purchase('a', 'guest')
  funnel.visit('a', 'guest')
  expect(funnel.conversion('guest')).toBe(25)
  expect(funnel.conversion('registered')).toBe(0)

  funnel.visit('b', 'registered')
  funnel.purchase('b', 'registered')
  expect(funnel.conversion('guest')).toBeCloseTo(33.3, 0)
  expect(funnel.conversion('registered')).toBe(100)

  now += 15 * 60 * 1000 + 1
  funnel.visit('e', 'guest')
  expect(funnel.conversion('guest')).toBe(0)
  expect(funnel.conversion('registered')).toBe(0)
})

it('a flood of visitors does not grow the memory', () => {
  const funnel = new Funnel()
  for (let client = 0; client < 50_000; client++) funnel.visit(`client-${client}`, 'guest')
  funnel.purchase('client-49999', 'guest')
  expect(funnel.conversion('guest')).toBe(0.01)
})
