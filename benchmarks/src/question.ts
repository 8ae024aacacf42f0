import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { Labels, Rival } from './rival.js'
import { scrape } from './scrape.js'
import { listen, stallDuringScrapes } from './stall.js'

/** One thing that is measured. Smaller is better everywhere. */
export interface Question {
  readonly title: string
  readonly unit: string
  /** What we want: how many times Telltale's value a library's should be, or a value not to exceed. */
  readonly goal?: { readonly library: string; readonly times: number } | { readonly atMost: number }
  /** Titles of what `measure` gives beside the value. */
  readonly beside?: readonly string[]
  /**
   * Measures once, in a process of its own: the value, or the value and what is beside it; `undefined` when the library
   * cannot do it.
   */
  measure(create: () => Promise<Rival>): Promise<number | readonly number[] | undefined>
}

const sets: readonly Labels[] = Array.from({ length: 64 }, (_, i) => [
  ['GET', 'POST', 'PUT', 'DELETE'][i & 3]!,
  `/api/v1/resource-${i >> 2}/:id`,
  ['200', '201', '404', '500'][(i >> 1) & 3]!,
])

/** Nanoseconds for one call, the best of five runs, after two to warm up. */
function nanoseconds(calls: number, run: (calls: number) => void): number {
  let best = Infinity
  for (let round = 0; round < 7; round++) {
    collectGarbage()
    const start = process.hrtime.bigint()
    run(calls)
    const each = Number(process.hrtime.bigint() - start) / calls
    if (round >= 2) best = Math.min(best, each)
  }
  return best
}

function collectGarbage(): void {
  globalThis.gc?.()
}

const CALLS = 1_000_000
const PROM_CLIENT = 'prom-client'

function incHandles(count: number): Question['measure'] {
  return async (create) => {
    const rival = await create()
    const handles = sets.slice(0, count).map((labels) => rival.incHandle(labels))
    if (handles.some((handle) => handle === undefined)) return undefined
    return nanoseconds(CALLS, (calls) => {
      for (let i = 0; i < calls; i++) handles[i & (count - 1)]!()
    })
  }
}

function observeHandles(
  handleOf: (rival: Rival, labels: Labels) => ((value: number) => void) | undefined,
): Question['measure'] {
  return async (create) => {
    const rival = await create()
    const handles = sets.map((labels) => handleOf(rival, labels))
    if (handles.some((handle) => handle === undefined)) return undefined
    return nanoseconds(CALLS, (calls) => {
      for (let i = 0; i < calls; i++) handles[i & 63]!((i & 1023) / 400)
    })
  }
}

/** Twelve lines for each histogram and one for each counter: 8,000 of each are 104,000 lines. */
async function filled(create: () => Promise<Rival>, seriesCount: number, changing: boolean): Promise<Rival> {
  const rival = await create()
  fill(rival, seriesCount, changing)
  return rival
}

function fill(rival: Rival, seriesCount: number, changing: boolean): void {
  for (let i = 0; i < seriesCount; i++) {
    const labels: Labels = ['GET', `/api/v1/resource-${i}/:id`, '200']
    rival.incByPosition(labels)
    rival.observeByName(labels, changing ? Math.random() * 3 : 1)
  }
}

/** A process is scraped for days: the first scrapes, which V8 has not compiled, are left out. */
function exposition(changing: boolean): Question['measure'] {
  return async (create) => {
    const rival = await filled(create, 8000, changing)
    let best = Infinity
    for (let round = 0; round < 30; round++) {
      if (changing) fill(rival, 8000, true)
      const start = performance.now()
      await rival.expose()
      if (round >= 10) best = Math.min(best, performance.now() - start)
    }
    return best
  }
}

/** The best of three scrapes, after one to warm up. */
async function holdOf(rival: Rival): Promise<number> {
  let best = Infinity
  for (let round = 0; round < 4; round++) {
    collectGarbage()
    const { longestHold } = await scrape((req, res) => rival.answer(req, res))
    if (round >= 1) best = Math.min(best, longestHold)
  }
  return best
}

function memory(record: (rival: Rival, labels: Labels) => void): Question['measure'] {
  return async (create) => {
    const rival = await create()
    for (let i = 0; i < 100; i++) record(rival, ['GET', `/warm-${i}`, '200'])
    collectGarbage()
    const before = held()
    const count = 50_000
    for (let i = 0; i < count; i++) record(rival, ['GET', `/api/v1/resource-${i}/:id`, '200'])
    collectGarbage()
    collectGarbage()
    return (held() - before) / count
  }
}

/** What an application has: 20 routes, 4 methods and 6 status codes, each with all others, in 20 metrics. */
function mixedMemory(record: (rival: Rival, labels: Labels) => void): Question['measure'] {
  return async (create) => {
    const mix = (rival: Rival, part: string) => {
      for (let i = 0; i < 480; i++) {
        const method = ['GET', 'POST', 'PUT', 'DELETE'][i & 3]!
        const code = ['200', '201', '204', '400', '404', '500'][(i >> 2) % 6]!
        record(rival, [method, `/${part}/resource-${Math.floor(i / 24)}/:id`, code])
      }
    }
    // One library's set-up and its first series are no part of it.
    mix(await create(), 'warm')
    const rivals: Rival[] = []
    for (let i = 0; i < 20; i++) rivals.push(await create())
    collectGarbage()
    const before = held()
    for (const rival of rivals) mix(rival, 'api')
    collectGarbage()
    collectGarbage()
    return (held() - before) / (20 * 480)
  }
}

/** Bytes of the heap and of array buffers; `external` would leave shared ones out. */
function held(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

export const questions: Readonly<Record<string, Question>> = {
  'inc-handle': {
    title: '`inc` on a kept handle or child, one call site',
    unit: 'ns',
    goal: { library: PROM_CLIENT, times: 50 },
    measure: incHandles(1),
  },
  'inc-handles': {
    title: '`inc` on 64 kept handles or children, in turn',
    unit: 'ns',
    goal: { library: PROM_CLIENT, times: 50 },
    measure: incHandles(64),
  },
  'observe-handles': {
    title: '`observe` (10 buckets) on 64 kept handles or children, in turn',
    unit: 'ns',
    goal: { library: PROM_CLIENT, times: 50 },
    measure: observeHandles((rival, labels) => rival.observeHandle(labels)),
  },
  'observe-native': {
    title: '`observe` into native buckets on 64 kept handles, in turn',
    unit: 'ns',
    measure: observeHandles((rival, labels) => rival.observeNativeHandle(labels)),
  },
  'inc-by-position': {
    title: 'three labels by position, then `inc`',
    unit: 'ns',
    goal: { library: PROM_CLIENT, times: 10 },
    measure: async (create) => {
      const rival = await create()
      return nanoseconds(CALLS, (calls) => {
        for (let i = 0; i < calls; i++) rival.incByPosition(sets[i & 63]!)
      })
    },
  },
  'inc-by-name': {
    title: 'three labels by object, then `inc`',
    unit: 'ns',
    goal: { library: PROM_CLIENT, times: 8 },
    measure: async (create) => {
      const rival = await create()
      return nanoseconds(CALLS, (calls) => {
        for (let i = 0; i < calls; i++) rival.incByName(sets[i & 63]!)
      })
    },
  },
  'observe-by-name': {
    title: 'three labels by object, then `observe`',
    unit: 'ns',
    goal: { library: PROM_CLIENT, times: 8 },
    measure: async (create) => {
      const rival = await create()
      return nanoseconds(CALLS, (calls) => {
        for (let i = 0; i < calls; i++) rival.observeByName(sets[i & 63]!, (i & 1023) / 400)
      })
    },
  },
  'expose-integers': {
    title: 'text of 112,000 lines, nothing changed since the last time',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 20 },
    measure: exposition(false),
  },
  'expose-floats': {
    title: 'text of 112,000 lines, every sum a changed fraction',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 20 },
    measure: exposition(true),
  },
  'http-gzip': {
    title: 'the same over HTTP with gzip, until the last byte',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: async (create) => {
      const rival = await filled(create, 8000, true)
      let best = Infinity
      for (let round = 0; round < 6; round++) {
        collectGarbage()
        const { milliseconds } = await scrape((req, res) => rival.answer(req, res))
        if (round >= 1) best = Math.min(best, milliseconds)
      }
      return best
    },
  },
  'http-hold': {
    title: 'longest hold of the event loop during that scrape',
    unit: 'ms',
    measure: async (create) => {
      const rival = await filled(create, 8000, true)
      return await holdOf(rival)
    },
  },
  'million-hold': {
    title: 'longest hold of the event loop during a scrape of 1,000,000 counter series',
    unit: 'ms',
    goal: { atMost: 10 },
    measure: async (create) => {
      const rival = await create()
      for (let i = 0; i < 1_000_000; i++) rival.incByPosition(['GET', `/api/v1/resource-${i}/:id`, '200'])
      return await holdOf(rival)
    },
  },
  'million-stall': {
    title:
      'longest hold of the event loop while another process scrapes 1,000,000 lines (Telltale: `MetricsServer`)',
    unit: 'ms',
    goal: { atMost: 2 },
    beside: [
      'of it without the time that other threads and processes had the core',
      'longest hold of the same loop when idle, observed for as long, at most 1 s (median of five)',
    ],
    measure: async (create) => {
      const rival = await create()
      // Thirteen lines for each histogram.
      for (let i = 0; i < 77_000; i++) rival.observeByName(['GET', `/api/v1/resource-${i}/:id`, '200'], 1)
      const answer: RequestListener = (req, res) => rival.answer(req, res)
      const url = (await rival.serveFromThread?.()) ?? (await listen(answer))
      const { scraped, scrapedOwn, idle } = await stallDuringScrapes(url)
      return [scraped, scrapedOwn, idle]
    },
  },
  'thread-start': {
    title: 'from `MetricsServer.start()` to the first byte that its thread can answer',
    unit: 'ms',
    measure: async (create) => {
      const rival = await create()
      const start = performance.now()
      const url = await rival.serveFromThread?.()
      return url === undefined ? undefined : performance.now() - start
    },
  },
  'thread-memory': {
    title: 'resident memory that the thread adds, after its first scrape',
    unit: 'bytes',
    measure: async (create) => {
      const rival = await create()
      const before = process.memoryUsage.rss()
      const url = await rival.serveFromThread?.()
      if (url === undefined) return undefined
      await stallDuringScrapes(url)
      return process.memoryUsage.rss() - before
    },
  },
  'counter-memory': {
    title: 'memory of a counter series with three labels',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: memory((rival, labels) => rival.incByPosition(labels)),
  },
  'histogram-memory': {
    title: 'memory of a histogram series with three labels and ten buckets',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: memory((rival, labels) => rival.observeByName(labels, 1)),
  },
  'counter-memory-mix': {
    title: 'memory of a counter series, 20 routes by 4 methods by 6 status codes',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: mixedMemory((rival, labels) => rival.incByPosition(labels)),
  },
  'histogram-memory-mix': {
    title: 'memory of a histogram series with ten buckets, with the same labels',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: mixedMemory((rival, labels) => rival.observeByName(labels, 1)),
  },
  load: {
    title: 'loading the package',
    unit: 'ms',
    goal: { library: PROM_CLIENT, times: 1 },
    measure: async (create) => {
      createRequire(import.meta.url)('node:diagnostics_channel')
      const start = performance.now()
      await create()
      return performance.now() - start
    },
  },
}
