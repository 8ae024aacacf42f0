import type { Labels, Rival } from '../rival.js'
import { collectGarbage, PROM_CLIENT, type Question } from './question.js'

/** What series weigh. */
export const memory: Readonly<Record<string, Question>> = {
  'counter-memory': {
    title: 'memory of a counter series with three labels',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: alike((rival, labels) => rival.incByPosition(labels)),
  },
  'histogram-memory': {
    title: 'memory of a histogram series with three labels and ten buckets',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: alike((rival, labels) => rival.observeByName(labels, 1)),
  },
  'counter-memory-mix': {
    title: 'memory of a counter series, 20 routes by 4 methods by 6 status codes',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: mixed((rival, labels) => rival.incByPosition(labels)),
  },
  'histogram-memory-mix': {
    title: 'memory of a histogram series with ten buckets, with the same labels',
    unit: 'bytes',
    goal: { library: PROM_CLIENT, times: 4 },
    measure: mixed((rival, labels) => rival.observeByName(labels, 1)),
  },
}

/** Series of which each has a label value of its own. */
function alike(record: (rival: Rival, labels: Labels) => void): Question['measure'] {
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
function mixed(record: (rival: Rival, labels: Labels) => void): Question['measure'] {
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
