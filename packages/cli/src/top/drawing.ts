import { cutTo, padded } from '../text-columns.js'

const levels = '▁▂▃▄▅▆▇█'
const parts = ' ▏▎▍▌▋▊▉'

/** A trend as one character for each step, the highest step full; an empty step is a blank. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values)
  return values
    .map((value) => {
      if (!(value > 0)) return ' '
      return levels[Math.min(levels.length - 1, Math.floor((value / most) * levels.length))]!
    })
    .join('')
}

/** A bar for a ratio of 0 to 1, in eighths of a character, filled up with blanks to `width`. */
export function bar(ratio: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, ratio)) * width * 8)
  const whole = '█'.repeat(Math.floor(eighths / 8))
  const rest = eighths % 8 === 0 ? '' : parts[eighths % 8]!
  return `${whole}${rest}`.padEnd(width)
}

/** `text` in exactly `width` columns, cut with an ellipsis or filled up. */
export function fitted(text: string, width: number): string {
  return padded(cutTo(text, width), width)
}

/** Control characters would move the cursor or change the terminal; they come from the endpoint. */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '�')
}
