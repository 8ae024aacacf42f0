import { describe, expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { expose, Registry, StateSet } from '../../src/index.js'

const states = ['idle', 'busy', 'broken "x"'] as const

test('a state set is a gauge with one sample for each state', async () => {
  const registry = new Registry({ defaultLabels: { job_state: 'never seen' } })
  const state = new StateSet({ name: 'job_state', help: 'J.', states, labels: ['worker'], registry })
  state.labels('1').set('idle')
  state.labels('1').set('broken "x"')
  state.labels('2').enable('idle')
  state.labels('2').enable('busy')
  state.labels('2').disable('idle')
  expect((await expose(registry)).body).toBe(`# HELP job_state J.
# TYPE job_state gauge
job_state{worker="1",job_state="idle"} 0
job_state{worker="1",job_state="busy"} 0
job_state{worker="1",job_state="broken \\"x\\""} 1
job_state{worker="2",job_state="idle"} 0
job_state{worker="2",job_state="busy"} 1
job_state{worker="2",job_state="broken \\"x\\""} 0
`)
  expect([state.labels('2').has('busy'), state.labels('2').has('idle')]).toEqual([true, false])
})

test('without labels it is set directly, and starts with no state', async () => {
  const registry = new Registry()
  const state = new StateSet({ name: 's', help: 'S.', states, registry })
  const values = async () => parseText((await expose(registry)).body).samples.map((sample) => sample.value)
  expect(await values()).toEqual([0, 0, 0])
  state.enable('busy')
  state.enable('idle')
  expect(await values()).toEqual([1, 1, 0])
  state.disable('idle')
  expect(await values()).toEqual([0, 1, 0])
  state.set('idle')
  expect(await values()).toEqual([1, 0, 0])
  registry.reset()
  expect(await values()).toEqual([0, 0, 0])
})

test('a state that there is not is dropped and counted, and the present one stays', async () => {
  const warnings: string[] = []
  const registry = new Registry({ warn: (message) => warnings.push(message) })
  const state = new StateSet({ name: 's', help: 'S.', states, registry })
  state.set('busy')
  state.set('gone' as 'busy')
  state.enable(undefined as unknown as 'busy')
  const parsed = parseText((await expose(registry)).body)
  expect(parsed.value('s', { s: 'busy' })).toBe(1)
  expect(parsed.value('telltale_observations_dropped_total', { metric: 's', reason: 'label_value' })).toBe(2)
  expect(warnings).toEqual([expect.stringContaining('got state "gone", expected one of ["idle", "busy"')])
})

test('a series that was removed records into nothing', async () => {
  const registry = new Registry()
  const state = new StateSet({ name: 's', help: 'S.', states, labels: ['a'], registry })
  const series = state.labels('x')
  state.remove('x')
  series.set('busy')
  state.labels('y')
  expect(parseText((await expose(registry)).body).samples.map((sample) => sample.value)).toEqual([0, 0, 0])
})

describe('definitions that are refused', () => {
  test.each([
    ['no states', { states: [] }, 'TELLTALE_OPTION'],
    ['a state twice', { states: ['a', 'a'] }, 'TELLTALE_OPTION'],
    ['an empty state', { states: ['a', ''] }, 'TELLTALE_OPTION'],
    ['a state that is no text', { states: [1] as unknown as string[] }, 'TELLTALE_OPTION'],
    ['states that are no list', { states: 'up' as unknown as string[] }, 'TELLTALE_OPTION'],
    ['a label of its own name', { labels: ['s'] }, 'TELLTALE_LABEL_NAME'],
    ['a name that no label can have', { name: 'a:s' }, 'TELLTALE_METRIC_NAME'],
    ['a unit', { name: 's_seconds', unit: 'seconds' }, 'TELLTALE_OPTION'],
  ])('%s', (_, options, code) => {
    const registry = new Registry()
    expect(() => new StateSet({ name: 's', help: 'S.', states: ['a'], registry, ...options })).toThrow(
      expect.objectContaining({ code }),
    )
    expect(registry.families).toEqual([])
  })
})
