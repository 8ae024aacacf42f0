import { getHeapSpaceStatistics, type HeapSpaceInfo } from 'node:v8'
import type { Source } from './source.js'

/** Each space of V8's heap. */
export const heapSpaces: Source = {
  metric: 'nodejs_heap_space_size_used_bytes',
  start(scope) {
    if (readSpaces() === undefined) return undefined
    const gauges = (part: string, help: string) =>
      scope.gauges(`nodejs_heap_space_size_${part}_bytes`, help, ['space'])
    const total = gauges('total', 'Size of a space of the heap, in bytes.')
    const used = gauges('used', 'Used size of a space of the heap, in bytes.')
    const available = gauges('available', 'Size that is free in a space of the heap, in bytes.')
    return {
      collect() {
        for (const space of readSpaces() ?? []) {
          const name = space.space_name.replace(/_space$/, '')
          total(name).set(space.space_size)
          used(name).set(space.space_used_size)
          available(name).set(space.space_available_size)
        }
      },
    }
  },
}

// Bun has the function, which throws.
function readSpaces(): readonly HeapSpaceInfo[] | undefined {
  try {
    return getHeapSpaceStatistics()
  } catch {
    return undefined
  }
}
