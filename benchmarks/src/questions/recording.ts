import type { Labels, Rival } from '../rival.js'
import { collectGarbage, PROM_CLIENT, type Question } from './question.js'

const CALLS = 1_000_000

const sets: readonly Labels[] = Array.from({ length: 64 }, (_, i) => [
  ['GET', 'POST', 'PUT', 'DELETE'][i & 3]!,
  `/api/v1/resource-${i >> 2}/:id`,
  ['200', '201', '404', '500'][(i >> 1) & 3]!,
])

/** What a recording costs. */
export const recording: Readonly<Record<string, Question>> = {
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
}

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
