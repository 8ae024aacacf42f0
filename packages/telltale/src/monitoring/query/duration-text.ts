const units = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

/** Seconds as Prometheus writes a duration: `90` is `1m30s`. At most to the millisecond; 0 is `0s`. */
export function durationText(seconds: number): string {
  let left = Math.round(seconds * 1000)
  // One unit where one is enough: 36 hours are 36h, as people write it, but a week is 1w.
  const single = units.find(([, size]) => left > 0 && left % size === 0)
  if (single !== undefined && left / single[1] < 100) return `${left / single[1]}${single[0]}`
  let text = ''
  for (const [unit, size] of units) {
    const count = Math.floor(left / size)
    if (count > 0) text += `${count}${unit}`
    left -= count * size
  }
  return text === '' ? '0s' : text
}

const written = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/
const sizes = [31_536_000, 604_800, 86_400, 3600, 60, 1, 0.001]

/** The seconds of a duration as Prometheus reads it, such as `1h30m`; `undefined` when it is none. */
export function durationSeconds(text: string): number | undefined {
  const parts = text === '' ? null : written.exec(text)
  return parts?.slice(1).reduce((sum, part, i) => sum + Number(part ?? 0) * sizes[i]!, 0)
}
