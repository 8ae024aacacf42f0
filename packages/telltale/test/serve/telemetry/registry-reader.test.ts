import { MessageChannel } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { snapshotOf } from '../../../src/aggregate/family-snapshot.js'
import { RegistryMirror } from '../../../src/aggregate/feed/registry-mirror.js'
import { Counter, Registry } from '../../../src/index.js'
import { Pulse } from '../../../src/serve/telemetry/pulse.js'
import { RegistryOwner } from '../../../src/serve/telemetry/registry-owner.js'
import { PATIENCE_SECONDS, RegistryReader } from '../../../src/serve/telemetry/registry-reader.js'
import { block } from '../../instrument/runtime/scrape.js'

test('a scrape of a blocked loop shows what was made before it, though the thread had no time to hear of it', async () => {
  const registry = new Registry()
  const pulse = new Pulse()
  const { port1, port2 } = new MessageChannel()
  const owner = new RegistryOwner(registry, port1, pulse)
  const reader = new RegistryReader(new RegistryMirror(), port2, new Pulse(pulse.memory))
  port2.on('message', (message) => reader.take(message))
  onTestFinished(() => {
    owner.close()
    port1.close()
  })
  new Counter({ name: 'early_total', help: 'Early.', registry })
  await expect.poll(() => reader.gathering().families).toHaveLength(1)

  const born = new Counter({ name: 'born_total', help: 'Born.', labels: ['number'], registry })
  for (let i = 0; i < 5000; i++) born.labels(String(i)).inc()
  block(2000 * PATIENCE_SECONDS)
  await reader.collect(10)
  const found = snapshotOf(reader.gathering(), () => 'sum').find(({ name }) => name === 'born_total')
  expect(found?.series).toHaveLength(5000)
})
