import { closeSync, openSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { parseMaxFiles } from '../../../src/instrument/runtime/file-descriptors.js'
import { collectRuntimeMetrics, type RuntimeCollector } from '../../../src/instrument/runtime/index.js'
import { parseMemoryStatus } from '../../../src/instrument/runtime/memory.js'
import { Registry } from '../../../src/registry/registry.js'
import { block, scrape } from './scrape.js'

const onLinux = process.platform === 'linux'
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

describe('CPU seconds', () => {
  it('are the true total of the process, and user and system add up', async () => {
    block(20)
    const registry = collect('cpu')
    const before = process.cpuUsage()
    const text = await scrape(registry)
    const after = process.cpuUsage()
    const total = text.value('process_cpu_seconds_total')!
    expect(total).toBeGreaterThanOrEqual((before.user + before.system) / 1e6 - 1e-9)
    expect(total).toBeLessThanOrEqual((after.user + after.system) / 1e6 + 1e-9)
    const user = text.value('process_cpu_user_seconds_total')!
    expect(user + text.value('process_cpu_system_seconds_total')!).toBeCloseTo(total, 9)
  })

  it('grow, and show the true total again after the registry was reset', async () => {
    const registry = collect('cpu')
    const first = (await scrape(registry)).value('process_cpu_seconds_total')!
    registry.reset()
    block(20)
    expect((await scrape(registry)).value('process_cpu_seconds_total')!).toBeGreaterThan(first)
  })
})

describe('memory', () => {
  it('is resident memory as Node sees it', async () => {
    const resident = (await scrape(collect('memory'))).value('process_resident_memory_bytes')!
    expect(Math.abs(resident / process.memoryUsage.rss() - 1)).toBeLessThan(0.2)
  })

  it('is read from what Linux says, in bytes', () => {
    const text =
      'Name:\tnode\nVmPeak:\t  900 kB\nVmSize:\t  800 kB\nVmRSS:\t   50 kB\nVmData:\t  200 kB\nThreads:\t7\n'
    expect(parseMemoryStatus(text)).toEqual({ virtual: 819_200, resident: 51_200, data: 204_800 })
  })

  it('is not read from a text that lacks a line', () => {
    expect(parseMemoryStatus('Name:\tnode\nVmSize:\t  800 kB\n')).toBeUndefined()
  })
})

describe('file descriptors', () => {
  it.runIf(onLinux)('count one more for each file that is opened', async () => {
    const registry = collect('fileDescriptors')
    const before = (await scrape(registry)).value('process_open_fds')!
    const files = [openSync('/dev/null', 'r'), openSync('/dev/null', 'r')]
    const during = (await scrape(registry)).value('process_open_fds')!
    files.forEach(closeSync)
    expect(during - before).toBe(2)
    expect((await scrape(registry)).value('process_max_fds')!).toBeGreaterThan(during)
  })

  it.each([
    ['1024', 1024],
    ['unlimited', Infinity],
  ])('are limited to %s', (soft, expected) => {
    const head = 'Limit                     Soft Limit           Hard Limit           Units     \n'
    const line = `Max open files            ${soft.padEnd(20)} 524288               files     \n`
    expect(parseMaxFiles(`${head}${line}`)).toBe(expected)
  })
})

describe('the process', () => {
  it('started when it did, and stays started then', async () => {
    const registry = collect('startTime')
    const started = (await scrape(registry)).value('process_start_time_seconds')!
    expect(started).toBeCloseTo(Date.now() / 1000 - process.uptime(), 1)
    expect((await scrape(registry)).value('process_start_time_seconds')).toBe(started)
  })

  it('tells its version in labels', async () => {
    const [major, minor, patch] = process.versions.node.split('.')
    const registry = collect('version')
    const labels = { version: process.version, major: major!, minor: minor!, patch: patch! }
    expect((await scrape(registry)).value('nodejs_version_info', labels)).toBe(1)
    registry.reset()
    expect((await scrape(registry)).value('nodejs_version_info', labels)).toBe(1)
  })
})
