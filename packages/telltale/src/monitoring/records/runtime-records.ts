import { binary, MINUTE, maxBy, metric, over, rate, ratio, recorded, sumBy } from '../query/build.js'
import type { Query, RecordingRule } from '../query/query.js'

const instance = ['job', 'instance']

// Of several prefixes one is enough: the values are the same.
const one = (query: Query) => maxBy(instance, query)

const active = one(rate(metric('nodejs_eventloop_active_seconds_total')))
const idle = one(rate(metric('nodejs_eventloop_idle_seconds_total')))

export const loopUtilization: RecordingRule = {
  record: 'instance:nodejs_eventloop_utilization:ratio_rate5m',
  query: ratio(active, binary(active, '+', idle)),
  labels: instance,
}

export const loopLagP99: RecordingRule = {
  record: 'instance:nodejs_eventloop_lag_p99_seconds:max5m',
  query: one(over('max_over_time', metric('nodejs_eventloop_lag_p99_seconds'), 5 * MINUTE)),
  labels: instance,
}

export const gcShare: RecordingRule = {
  record: 'instance:nodejs_gc_duration_seconds:ratio_rate5m',
  query: sumBy(instance, maxBy([...instance, 'kind'], rate(metric('nodejs_gc_duration_seconds_sum')))),
  labels: instance,
}

export const heapUsed: RecordingRule = {
  record: 'instance:nodejs_heap_size_used_bytes:max',
  query: one(metric('nodejs_heap_size_used_bytes')),
  labels: instance,
}

export const heapLimit: RecordingRule = {
  record: 'instance:nodejs_heap_size_limit_bytes:max',
  query: one(metric('nodejs_heap_size_limit_bytes')),
  labels: instance,
}

export const heapPerLimit: RecordingRule = {
  record: 'instance:nodejs_heap_used_per_limit:ratio',
  query: ratio(recorded(heapUsed), recorded(heapLimit)),
  labels: instance,
}

export const externalMemory: RecordingRule = {
  record: 'instance:nodejs_external_memory_bytes:max',
  query: one(metric('nodejs_external_memory_bytes')),
  labels: instance,
}

export const openHandles: RecordingRule = {
  record: 'instance:nodejs_active_handles:sum',
  query: sumBy(instance, maxBy([...instance, 'type'], metric('nodejs_active_handles'))),
  labels: instance,
}

export const cpuCores: RecordingRule = {
  record: 'instance:process_cpu_seconds:rate5m',
  query: one(rate(metric('process_cpu_seconds_total'))),
  labels: instance,
}

export const fdsPerLimit: RecordingRule = {
  record: 'instance:process_fds:ratio',
  query: ratio(one(metric('process_open_fds')), one(metric('process_max_fds'))),
  labels: instance,
}
