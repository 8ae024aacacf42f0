import { counter, gauge, ramp, type Scenario } from './scenario.js'

const of = (name: string, instance: string, labels = '') =>
  `${name}{job="app",instance="${instance}"${labels && `,${labels}`}}`
const on = (instance: string, severity = 'warning') =>
  `severity="${severity}",job="app",instance="${instance}"`
const MEGABYTE = 1_000_000

export const runtimeScenarios: readonly Scenario[] = [
  {
    alert: 'EventLoopLag',
    shows: 'lag of 2 s, of 0.5 s under a prefix, of 0.05 s, and one that was short',
    at: 10,
    series: {
      [of('nodejs_eventloop_lag_p99_seconds', 'blocked')]: gauge([2, 20]),
      [of('prod_nodejs_eventloop_lag_p99_seconds', 'late')]: gauge([0.5, 20]),
      [of('nodejs_eventloop_lag_p99_seconds', 'good')]: gauge([0.05, 20]),
      [of('nodejs_eventloop_lag_p99_seconds', 'hiccup')]: gauge([0.05, 3], [5, 1], [0.05, 16]),
    },
    firing: [on('blocked', 'critical'), on('blocked'), on('late')],
  },
  {
    alert: 'EventLoopSaturated',
    shows: 'a loop that works 95 % of the time, one at 50 %, under two prefixes at once',
    at: 20,
    series: {
      [of('nodejs_eventloop_active_seconds_total', 'busy')]: counter([57, 30]),
      [of('nodejs_eventloop_idle_seconds_total', 'busy')]: counter([3, 30]),
      [of('app_nodejs_eventloop_active_seconds_total', 'busy')]: counter([57, 30]),
      [of('app_nodejs_eventloop_idle_seconds_total', 'busy')]: counter([3, 30]),
      [of('nodejs_eventloop_active_seconds_total', 'good')]: counter([30, 30]),
      [of('nodejs_eventloop_idle_seconds_total', 'good')]: counter([30, 30]),
    },
    firing: [on('busy')],
  },
  {
    alert: 'GcTimeHigh',
    shows: 'two kinds of collections that take 12 % together, and 2 %',
    at: 20,
    series: {
      [of('nodejs_gc_duration_seconds_sum', 'full', 'kind="major"')]: counter([6, 30]),
      [of('nodejs_gc_duration_seconds_sum', 'full', 'kind="minor"')]: counter([1.2, 30]),
      [of('nodejs_gc_duration_seconds_sum', 'good', 'kind="minor"')]: counter([1.2, 30]),
    },
    firing: [on('full')],
  },
  {
    alert: 'HeapNearLimit',
    shows: 'a small heap that is full, a large one that is not',
    at: 10,
    series: {
      [of('prod_nodejs_heap_size_used_bytes', 'small')]: gauge([190 * MEGABYTE, 20]),
      [of('prod_nodejs_heap_size_limit_bytes', 'small')]: gauge([200 * MEGABYTE, 20]),
      [of('nodejs_heap_size_used_bytes', 'large')]: gauge([1900 * MEGABYTE, 20]),
      [of('nodejs_heap_size_limit_bytes', 'large')]: gauge([4000 * MEGABYTE, 20]),
    },
    firing: [on('small', 'critical')],
  },
  {
    alert: 'HeapLeakSuspected',
    shows: 'growth that passes the limit in four hours, growth from low, and a saw tooth',
    at: 260,
    series: {
      [of('nodejs_heap_size_used_bytes', 'leaking')]: ramp(400 * MEGABYTE, MEGABYTE, 300),
      [of('nodejs_heap_size_limit_bytes', 'leaking')]: gauge([800 * MEGABYTE, 300]),
      [of('nodejs_heap_size_used_bytes', 'young')]: ramp(10 * MEGABYTE, MEGABYTE, 300),
      [of('nodejs_heap_size_limit_bytes', 'young')]: gauge([800 * MEGABYTE, 300]),
      [of('nodejs_heap_size_used_bytes', 'sawtooth')]: Array(30)
        .fill(ramp(500 * MEGABYTE, 25 * MEGABYTE, 10))
        .join(' '),
      [of('nodejs_heap_size_limit_bytes', 'sawtooth')]: gauge([800 * MEGABYTE, 300]),
    },
    firing: [on('leaking')],
  },
  {
    alert: 'ExternalMemoryGrowing',
    shows: 'a gigabyte in five hours, and none',
    at: 260,
    series: {
      [of('nodejs_external_memory_bytes', 'leaking')]: ramp(MEGABYTE, 3.5 * MEGABYTE, 300),
      [of('nodejs_external_memory_bytes', 'good')]: gauge([500 * MEGABYTE, 300]),
    },
    firing: [on('leaking')],
  },
  {
    alert: 'HandlesGrowing',
    shows: 'four sockets a minute that stay, and a steady number',
    at: 280,
    series: {
      [of('nodejs_active_handles', 'leaking', 'type="TCPSocketWrap"')]: ramp(10, 4, 300),
      [of('nodejs_active_handles', 'good', 'type="TCPSocketWrap"')]: gauge([2000, 300]),
    },
    firing: [on('leaking')],
  },
  {
    alert: 'CpuSaturated',
    shows: 'a whole core, half of one, and one that restarted',
    at: 25,
    series: {
      [of('process_cpu_seconds_total', 'busy')]: counter([60, 40]),
      [of('nodejs_process_cpu_seconds_total', 'prefixed')]: counter([60, 40]),
      [of('process_cpu_seconds_total', 'good')]: counter([30, 40]),
      [of('process_cpu_seconds_total', 'restarted')]: `${counter([30, 20])} ${counter([30, 20])}`,
    },
    firing: [on('busy'), on('prefixed')],
  },
  {
    alert: 'FileDescriptorsHigh',
    shows: '900 of 1,024, 100 of 1,024, and a system that tells no limit',
    at: 20,
    series: {
      [of('process_open_fds', 'full')]: gauge([900, 30]),
      [of('process_max_fds', 'full')]: gauge([1024, 30]),
      [of('process_open_fds', 'good')]: gauge([100, 30]),
      [of('process_max_fds', 'good')]: gauge([1024, 30]),
      [of('process_open_fds', 'unlimited')]: gauge([900, 30]),
      [of('process_max_fds', 'unlimited')]: gauge([0, 30]),
    },
    firing: [on('full')],
  },
  {
    alert: 'UnhandledErrors',
    shows: 'a rejection that nobody handled, under two prefixes, and one of an hour ago',
    at: 70,
    series: {
      [of('nodejs_unhandled_errors_total', 'bad', 'kind="rejection"')]: gauge([0, 65], [1, 15]),
      [of('app_nodejs_unhandled_errors_total', 'bad', 'kind="rejection"')]: gauge([0, 65], [1, 15]),
      [of('nodejs_unhandled_errors_total', 'bad', 'kind="exception"')]: gauge([0, 80]),
      [of('nodejs_unhandled_errors_total', 'old', 'kind="exception"')]: gauge([0, 5], [1, 75]),
    },
    firing: [on('bad').concat(',kind="rejection"')],
  },
  {
    alert: 'Restarting',
    shows: 'five starts within a quarter of an hour, one deployment, and the alert staying for a while',
    at: 20,
    series: {
      [of('process_start_time_seconds', 'looping')]: gauge([1, 4], [2, 2], [3, 2], [4, 2], [5, 2], [6, 30]),
      [of('process_start_time_seconds', 'deployed')]: gauge([1, 10], [2, 30]),
    },
    firing: [on('looping')],
  },
]
