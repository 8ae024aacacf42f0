import {
  binary,
  HOUR,
  increase,
  MINUTE,
  maxBy,
  metric,
  num,
  over,
  overSubquery,
  predict,
  rate,
  ratio,
  recorded,
  sumBy,
} from '../query/build.js'
import {
  cpuCores,
  externalMemory,
  fdsPerLimit,
  gcShare,
  heapLimit,
  heapPerLimit,
  heapUsed,
  loopLagP99,
  loopUtilization,
  openHandles,
} from '../records/runtime-records.js'
import { runtimeTexts } from '../texts/runtime-texts.js'
import { type Signal, signalsOf } from './signal.js'

const instance = ['job', 'instance']
const legend = '{{instance}}'
const line = { visualisation: 'timeseries', legend } as const

// What is left after each garbage collection: the saw teeth in between are no growth.
const floorOf = (of: Parameters<typeof recorded>[0]) => over('min_over_time', recorded(of), 30 * MINUTE)

/** The process and what it runs on. */
export const runtimeSignals: readonly Signal[] = signalsOf(
  'runtime',
  {
    'event-loop-lag': {
      unit: 'seconds',
      query: recorded(loopLagP99),
      panel: line,
      alert: {
        name: 'EventLoopLag',
        op: '>',
        thresholds: [
          { severity: 'critical', value: 1, forSeconds: 2 * MINUTE },
          { severity: 'warning', value: 0.2, forSeconds: 5 * MINUTE },
        ],
      },
    },
    'event-loop-utilization': {
      unit: 'ratio',
      query: recorded(loopUtilization),
      panel: line,
      alert: {
        name: 'EventLoopSaturated',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.9, forSeconds: 10 * MINUTE }],
      },
    },
    'event-loop-blocked': {
      unit: 'seconds',
      query: maxBy(instance, metric('telltale_event_loop_blocked_seconds')),
      panel: line,
      alert: {
        name: 'EventLoopBlocked',
        op: '>',
        // Seen by the scrapes that come while it lasts: the value says how long already.
        thresholds: [{ severity: 'critical', value: 10, forSeconds: 0, keepFiringSeconds: 2 * MINUTE }],
      },
    },
    'event-loop-blocked-share': {
      unit: 'ratio',
      query: sumBy(instance, rate(metric('telltale_event_loop_blocked_duration_seconds_sum'))),
      panel: line,
      alert: {
        name: 'EventLoopBlockedOften',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.1, forSeconds: 10 * MINUTE }],
      },
    },
    'gc-share': {
      unit: 'ratio',
      query: recorded(gcShare),
      panel: line,
      alert: {
        name: 'GcTimeHigh',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.1, forSeconds: 10 * MINUTE }],
      },
    },
    'heap-used': { unit: 'bytes', query: recorded(heapUsed), panel: line },
    'heap-limit': { unit: 'bytes', query: recorded(heapLimit), panel: line },
    'heap-per-limit': {
      unit: 'ratio',
      query: recorded(heapPerLimit),
      panel: line,
      alert: {
        name: 'HeapNearLimit',
        op: '>',
        thresholds: [{ severity: 'critical', value: 0.9, forSeconds: 5 * MINUTE }],
      },
    },
    'heap-prediction': {
      unit: 'ratio',
      query: ratio(predict(floorOf(heapUsed), 3 * HOUR, 4 * HOUR, 5 * MINUTE), recorded(heapLimit)),
      panel: line,
      alert: {
        name: 'HeapLeakSuspected',
        op: '>',
        // A young process grows too: only a heap that is half full is a reason to look.
        minimum: { query: recorded(heapPerLimit), above: 0.5, on: instance },
        thresholds: [{ severity: 'warning', value: 1, forSeconds: 30 * MINUTE }],
      },
    },
    'external-memory-growth': {
      unit: 'bytes-per-hour',
      query: binary(overSubquery('deriv', floorOf(externalMemory), 3 * HOUR, 5 * MINUTE), '*', num(HOUR)),
      panel: line,
      alert: {
        name: 'ExternalMemoryGrowing',
        op: '>',
        thresholds: [{ severity: 'warning', value: 50 * 1024 * 1024, forSeconds: 30 * MINUTE }],
      },
    },
    'open-handles-growth': {
      unit: 'per-hour',
      query: binary(over('deriv', recorded(openHandles), 3 * HOUR), '*', num(HOUR)),
      panel: line,
      alert: {
        name: 'HandlesGrowing',
        op: '>',
        thresholds: [{ severity: 'warning', value: 100, forSeconds: HOUR }],
      },
    },
    cpu: {
      unit: 'cores',
      query: recorded(cpuCores),
      panel: line,
      alert: {
        name: 'CpuSaturated',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.9, forSeconds: 15 * MINUTE }],
      },
    },
    'file-descriptors': {
      unit: 'ratio',
      query: recorded(fdsPerLimit),
      panel: line,
      alert: {
        name: 'FileDescriptorsHigh',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.85, forSeconds: 10 * MINUTE }],
      },
    },
    'unhandled-errors': {
      unit: 'count',
      query: sumBy(
        [...instance, 'kind'],
        maxBy(
          [...instance, 'worker', 'kind'],
          increase(metric('nodejs_unhandled_errors_total'), 15 * MINUTE),
        ),
      ),
      panel: { visualisation: 'timeseries', legend: '{{instance}} {{kind}}' },
      alert: {
        name: 'UnhandledErrors',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 0 }],
      },
    },
    'process-warnings': {
      unit: 'count',
      query: sumBy(
        [...instance, 'name'],
        maxBy([...instance, 'worker', 'name'], increase(metric('nodejs_warnings_total'), 15 * MINUTE)),
      ),
      panel: { visualisation: 'timeseries', legend: '{{instance}} {{name}}' },
    },
    restarts: {
      unit: 'count',
      query: maxBy(instance, over('changes', metric('process_start_time_seconds'), 15 * MINUTE)),
      panel: line,
      alert: {
        name: 'Restarting',
        op: '>',
        thresholds: [{ severity: 'warning', value: 3, forSeconds: 0, keepFiringSeconds: 15 * MINUTE }],
      },
    },
    uptime: {
      unit: 'seconds',
      query: binary({ kind: 'time' }, '-', maxBy(instance, metric('process_start_time_seconds'))),
      panel: { visualisation: 'stat', legend },
    },
    'resident-memory': {
      unit: 'bytes',
      query: maxBy(instance, metric('process_resident_memory_bytes')),
      panel: line,
    },
    'node-version': {
      unit: 'state',
      query: maxBy([...instance, 'version'], metric('nodejs_version_info')),
      panel: { visualisation: 'table', legend: '{{instance}} {{version}}' },
    },
  },
  runtimeTexts,
)
