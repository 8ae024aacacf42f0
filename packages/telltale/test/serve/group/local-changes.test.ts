import { expect, test } from 'vitest'
import { GroupLedger } from '../../../src/aggregate/group/group-ledger.js'
import { Counter } from '../../../src/metrics/counter.js'
import { Registry } from '../../../src/registry/registry.js'
import { LocalChanges } from '../../../src/serve/group/local-changes.js'

test('the last words of a process that ends while a look is under way are understood without that look', async () => {
  const registry = new Registry()
  const jobs = new Counter({ name: 'jobs_total', help: 'Jobs.', labels: ['kind'], registry })
  for (let kind = 0; kind < 9000; kind++) jobs.labels(`${kind}`).inc()
  const local = new LocalChanges(registry, () => {})
  const look = local.peek()
  // The first slice is written, and nothing of it told.
  await new Promise((resolve) => setImmediate(resolve))
  jobs.labels('7').inc(6)
  const ledger = new GroupLedger()
  ledger.apply({ kind: 'entered', process: 'a', worker: 0 })
  for (const update of local.last()) ledger.apply({ kind: 'updated', process: 'a', update })
  const family = ledger.view().find(({ name }) => name === 'jobs_total')!
  const values: number[] = []
  family.emit({ family() {}, sample: (_series, _line, value) => values.push(value) }, 0, family.size)
  expect(values).toHaveLength(9000)
  expect(values.reduce((sum, value) => sum + value, 0)).toBe(9006)
  await look
})
