import { getHeapStatistics } from 'node:v8'
import type { Source } from './source.js'

/** V8's heap as a whole, and how far it may grow before the process ends. */
export const heap: Source = {
  metric: 'nodejs_heap_size_used_bytes',
  start(scope) {
    const total = scope.gauge('nodejs_heap_size_total_bytes', 'Size of the heap in bytes.')
    const used = scope.gauge('nodejs_heap_size_used_bytes', 'Size of the heap that is used, in bytes.')
    const limit = scope.gauge('nodejs_heap_size_limit_bytes', 'Size that the heap may grow to, in bytes.')
    const external = scope.gauge(
      'nodejs_external_memory_bytes',
      'Memory outside of the heap that objects in it hold, in bytes.',
    )
    return {
      collect() {
        const statistics = getHeapStatistics()
        total.set(statistics.total_heap_size)
        used.set(statistics.used_heap_size)
        limit.set(statistics.heap_size_limit)
        external.set(statistics.external_memory)
      },
    }
  },
}
