import type { GaugeSeries } from '../../metrics/gauge.js'
import type { DelayReading, LoopDelay } from './loop-delay.js'
import { processMonitors } from './process-monitors.js'
import type { Scope } from './scope.js'
import type { Source } from './source.js'

const metrics: Readonly<Record<keyof DelayReading, readonly [name: string, help: string]>> = {
  recent: ['nodejs_eventloop_lag_seconds', 'Mean lateness of the event loop over the last seconds.'],
  min: ['nodejs_eventloop_lag_min_seconds', 'Least lateness of the event loop in the last minutes.'],
  max: ['nodejs_eventloop_lag_max_seconds', 'Greatest lateness of the event loop in the last minutes.'],
  mean: ['nodejs_eventloop_lag_mean_seconds', 'Mean lateness of the event loop in the last minutes.'],
  stddev: [
    'nodejs_eventloop_lag_stddev_seconds',
    'Standard deviation of the lateness of the event loop in the last minutes.',
  ],
  p50: ['nodejs_eventloop_lag_p50_seconds', 'Median lateness of the event loop in the last minutes.'],
  p90: ['nodejs_eventloop_lag_p90_seconds', '90th percentile of the lateness in the last minutes.'],
  p99: ['nodejs_eventloop_lag_p99_seconds', '99th percentile of the lateness in the last minutes.'],
}

const keys = Object.keys(metrics) as (keyof DelayReading)[]

/**
 * By how much the event loop is late, as `LoopDelay` measures it. This is the one source that costs something
 * while the process is idle: the process wakes up every `eventLoopMonitoringPrecision` milliseconds.
 */
export const eventLoopDelay: Source = {
  metric: 'nodejs_eventloop_lag_seconds',
  setting: 'eventLoopMonitoringPrecision',
  start(scope) {
    const monitor = leaseMonitor(scope)
    if (monitor === undefined) return undefined
    const gauges = keys.map((key) => [key, defineGauge(scope, key)] as const)
    return {
      collect() {
        const reading = monitor.read()
        if (reading === undefined) return
        for (const [key, gauge] of gauges) gauge.set(reading[key])
      },
    }
  },
}

// Bun has Node's function, which throws there.
function leaseMonitor(scope: Scope): LoopDelay | undefined {
  try {
    const lease = processMonitors().loopDelay(scope.settings.eventLoopMonitoringPrecision)
    scope.atEnd(() => lease.release())
    return lease.monitor
  } catch {
    return undefined
  }
}

function defineGauge(scope: Scope, key: keyof DelayReading): GaugeSeries {
  const [name, help] = metrics[key]
  return scope.gauge(name, help)
}
