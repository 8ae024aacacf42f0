const steps = [
  { from: 1e9, unit: 'G' },
  { from: 1e6, unit: 'M' },
  { from: 1e3, unit: 'k' },
] as const

/** A number in at most five characters and a unit: 0.02, 12.4, 340, 12.3k. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  const step = steps.find(({ from }) => size >= from * 0.99995)
  if (step !== undefined) return `${digits(value / step.from)}${step.unit}`
  return digits(value)
}

/** A whole number with thousands set apart. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Seconds in the unit that they are best read in. */
export function shortDuration(seconds: number): string {
  const size = Math.abs(seconds)
  if (size === 0) return '0 s'
  if (size < 0.9995e-3) return `${digits(seconds * 1e6)} µs`
  if (size < 0.9995) return `${digits(seconds * 1e3)} ms`
  if (size < 120) return `${digits(seconds)} s`
  return size < 7200 ? `${digits(seconds / 60)} min` : `${digits(seconds / 3600)} h`
}

/** Bytes in powers of 1024. */
export function shortBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 1023.5 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? Math.round(value) : digits(value)} ${units[unit]}`
}

/** A ratio as a percentage. */
export function percent(ratio: number): string {
  const value = ratio * 100
  if (value > 0 && value < 0.01) return '<0.01 %'
  return `${digits(value)} %`
}

/** Three digits that count, without needless zeros: 0.0213, 1.2, 12.4, 340. */
function digits(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 100) return value.toFixed(0)
  if (size >= 10) return trimmed(value.toFixed(1))
  if (size >= 1) return trimmed(value.toFixed(2))
  return size < 0.0005 ? value.toExponential(0) : trimmed(value.toFixed(3))
}

function trimmed(text: string): string {
  return text.replace(/\.?0+$/, '')
}
