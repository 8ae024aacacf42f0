import type { Severity } from '../signals/signal.js'
import type { Limit, Panel } from './board.js'
import type { GrafanaThresholdStep } from './classic-model.js'

const colours: Readonly<Record<Severity, string>> = {
  critical: 'red',
  warning: 'orange',
  info: 'blue',
  none: 'green',
}

const GOOD = 'green'
/** Grafana colours from the value on, an alert on `> 0` only above it. */
const JUST_ABOVE_ZERO = 1e-9

/** The limits of a panel: those of its alerts, and its own. */
export function limitsOf({ alerts, limits }: Pick<Panel, 'alerts' | 'limits'>): readonly Limit[] {
  return [
    ...alerts.flatMap(({ op, thresholds }) =>
      thresholds.map(({ severity, value }) => ({ op, severity, value })),
    ),
    ...limits,
  ]
}

/** The limits as steps of colours, from the lowest value to the highest. */
export function thresholdSteps(limits: readonly Limit[]): readonly GrafanaThresholdStep[] {
  const low = limits.filter(({ op }) => op.startsWith('<')).sort((a, b) => a.value - b.value)
  const high = limits.filter(({ op }) => op.startsWith('>')).sort((a, b) => a.value - b.value)
  const rising = low.map(({ op, value }, i) => ({
    color: low[i + 1] === undefined ? GOOD : colours[low[i + 1]!.severity],
    value: op === '<=' ? above(value) : value,
  }))
  return [
    { color: low[0] === undefined ? GOOD : colours[low[0].severity], value: null },
    ...rising,
    ...high.map(({ op, severity, value }) => ({
      color: colours[severity],
      value: op === '>' ? above(value) : value,
    })),
  ]
}

const above = (value: number) => (value === 0 ? JUST_ABOVE_ZERO : value)
