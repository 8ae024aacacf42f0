/** Seconds of each unit, from the longest: the order in which a duration has them. */
const units = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 } as const

const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/

/** Go counts durations in nanoseconds, as signed 64-bit integers. */
const longest = 2 ** 63 / 1e9

/** Seconds of a duration as Prometheus writes it (`1h30m`, `0`); `undefined` when it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  const parts = text === '' ? undefined : pattern.exec(text)?.slice(1)
  if (parts === undefined) return undefined
  const seconds = Object.values(units).reduce((sum, unit, i) => sum + Number(parts[i] ?? 0) * unit, 0)
  return seconds < longest ? seconds : undefined
}

/** As {@link parseDuration}, without zero. */
export function positiveDuration(text: string): number | undefined {
  return parseDuration(text) || undefined
}

/** Seconds as Prometheus writes them: `90` is `1m30s`. */
export function durationText(seconds: number): string {
  if (seconds === 0) return '0s'
  let rest = Math.round(seconds * 1000)
  let text = ''
  for (const [unit, size] of Object.entries(units)) {
    // Years and weeks only when nothing is left over, as 90d is easier to read than 12w6d.
    const whole = Math.round(size * 1000)
    if ((unit === 'y' || unit === 'w') && rest % whole !== 0) continue
    const count = Math.floor(rest / whole)
    if (count === 0) continue
    text += `${count}${unit}`
    rest -= count * whole
  }
  return text
}
