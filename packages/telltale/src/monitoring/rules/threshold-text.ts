import type { SignalUnit } from '../signals/signal.js'

const suffixes: Readonly<Partial<Record<SignalUnit, string>>> = {
  percent: ' %',
  seconds: ' s',
  'per-second': '/s',
  'per-hour': '/h',
  cores: ' cores',
  factor: ' ×',
  deviations: ' σ',
}

const MEBIBYTE = 1024 * 1024

/** The value of a threshold as people read it: 0.05 of a ratio is `5 %`. */
export function thresholdText(value: number, unit: SignalUnit): string {
  if (unit === 'ratio') return `${Number((value * 100).toPrecision(6))} %`
  if (unit === 'bytes') return `${value / MEBIBYTE} MiB`
  if (unit === 'bytes-per-hour') return `${value / MEBIBYTE} MiB/h`
  return `${value}${suffixes[unit] ?? ''}`
}
