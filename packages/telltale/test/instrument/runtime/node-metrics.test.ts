import { once } from 'node:events'
import { createServer } from 'node:net'
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { afterEach, describe, expect, it } from 'vitest'
import { groupTypes } from '../../../src/instrument/runtime/active-types.js'
import { collectRuntimeMetrics, type RuntimeCollector } from '../../../src/instrument/runtime/index.js'
import { Registry } from '../../../src/registry/registry.js'
import { block, scrape } from './scrape.js'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

function collect(...collectors: readonly RuntimeCollector[]): Registry {
  const registry = new Registry()
  const handle = collectRuntimeMetrics({ registry, collectors })
  stops.push(() => handle.stop())
  return registry
}

describe('active resources', () => {
  it('show a server while it listens, and zero once it is closed', async () => {
    const registry = collect('activeResources', 'activeTotals')
    const type = { type: 'TCPServerWrap' }
    const before = (await scrape(registry)).value('nodejs_active_handles', type) ?? 0
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const open = await scrape(registry)
    expect(open.value('nodejs_active_handles', type)).toBe(before + 1)
    expect(open.value('nodejs_active_resources', type)).toBe(before + 1)
    server.close()
    await once(server, 'close')
    // The loop closes handles at the end of a turn, after its immediates.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const closed = await scrape(registry)
    expect(closed.value('nodejs_active_handles', type)).toBe(before)
    const totals = ['resources', 'handles', 'requests'].map((part) =>
      [open, closed].map((text) => {
        const family = text.families.get(`nodejs_active_${part}`)
        const sum = (family?.samples ?? []).reduce((total, sample) => total + sample.value, 0)
        return sum === text.value(`nodejs_active_${part}_total`)
      }),
    )
    expect(totals.flat()).toEqual([true, true, true, true, true, true])
  })

  it('are handles, requests or timers', () => {
    const types = groupTypes([
      ...['TCPSocketWrap', 'TCPSocketWrap', 'PipeWrap', 'FSEventWrap', 'StatWatcher'],
      ...[
        'FSReqCallback',
        'FSReqPromise',
        'CloseReq',
        'GetAddrInfoReqWrap',
        'ConnectWrap',
        'SimpleWriteWrap',
      ],
      ...['Timeout', 'Immediate'],
    ])
    expect(Object.fromEntries(types.handles)).toEqual({
      TCPSocketWrap: 2,
      PipeWrap: 1,
      FSEventWrap: 1,
      StatWatcher: 1,
    })
    expect([...types.requests.keys()]).toEqual([
      ...[
        'FSReqCallback',
        'FSReqPromise',
        'CloseReq',
        'GetAddrInfoReqWrap',
        'ConnectWrap',
        'SimpleWriteWrap',
      ],
    ])
    expect([...types.resources.values()].reduce((sum, count) => sum + count)).toBe(13)
  })
})

describe('event loop utilisation', () => {
  it('counts the seconds in which the loop was held as active', async () => {
    const registry = collect('eventLoopUtilization')
    const active = async () => (await scrape(registry)).value('nodejs_eventloop_active_seconds_total')!
    const before = await active()
    block(50)
    expect((await active()) - before).toBeGreaterThan(0.049)
  })

  it('counts the seconds in which the loop waited as idle', async () => {
    const registry = collect('eventLoopUtilization')
    const idle = async () => (await scrape(registry)).value('nodejs_eventloop_idle_seconds_total')!
    const before = await idle()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await idle()) - before).toBeGreaterThan(0.05)
  })
})

describe('the heap', () => {
  it('has the limit that V8 has', async () => {
    const text = await scrape(collect('heap'))
    expect(text.value('nodejs_heap_size_limit_bytes')).toBe(getHeapStatistics().heap_size_limit)
    expect(text.value('nodejs_heap_size_used_bytes')!).toBeLessThan(
      text.value('nodejs_heap_size_total_bytes')!,
    )
    expect(text.value('nodejs_external_memory_bytes')!).toBeGreaterThan(0)
  })

  it('has its spaces by name', async () => {
    const text = await scrape(collect('heapSpaces'))
    const spaces = text.families.get('nodejs_heap_space_size_used_bytes')!.samples
    expect(spaces.map((sample) => `${sample.labels.space}_space`)).toEqual(
      getHeapSpaceStatistics().map((space) => space.space_name),
    )
  })
})
