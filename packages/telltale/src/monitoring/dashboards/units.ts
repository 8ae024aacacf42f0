import { samplesOf } from '../query/walk.js'
import type { SignalUnit } from '../signals/signal.js'
import type { Limit, Panel } from './board.js'

const units: Readonly<Record<SignalUnit, string>> = {
  ratio: 'percentunit',
  percent: 'percent',
  seconds: 's',
  bytes: 'bytes',
  'bytes-per-hour': 'bytes',
  'per-second': 'ops',
  'per-hour': 'short',
  count: 'short',
  cores: 'short',
  factor: 'short',
  deviations: 'short',
  timestamp: 'dateTimeAsIso',
  currency: 'short',
  state: 'none',
}

/** The unit under the name that Grafana has for it. */
export function grafanaUnit({ unit, lines }: Panel): string {
  const ofRequests = lines.some(({ query }) => samplesOf(query).some((name) => name.startsWith('http_')))
  return unit === 'per-second' && ofRequests ? 'reqps' : units[unit]
}

const signed: ReadonlySet<SignalUnit> = new Set(['deviations', 'bytes-per-hour', 'per-hour'])

/** Whether values below zero mean something: rates of growth, and what has a limit there. */
export function isSigned({ unit }: Panel, limits: readonly Limit[]): boolean {
  return signed.has(unit) || limits.some(({ op, value }) => op.startsWith('<') && value <= 0)
}
