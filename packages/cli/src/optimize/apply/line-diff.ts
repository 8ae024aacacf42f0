import type pc from 'picocolors'

type Colours = ReturnType<typeof pc.createColors>

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** Lines around a change that are shown. */
const CONTEXT = 3

/** The difference of two texts, as `diff -u` shows it. Empty when there is none. */
export function diffLines(before: string, after: string, colours: Colours): readonly string[] {
  const lines = compare(before.split('\n'), after.split('\n'))
  const shown = lines.map((_, i) =>
    lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  )
  const paint = { ' ': colours.dim, '-': colours.red, '+': colours.green }
  const result: string[] = []
  for (const [i, { sign, text }] of lines.entries()) {
    if (shown[i]) result.push(paint[sign](`${sign} ${text}`))
    else if (shown[i - 1] === true) result.push(colours.dim('  …'))
  }
  return result
}

/** The longest common lines, from the table of their lengths: configurations have some hundred lines. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lengths = lengthTable(before, after)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i]! })
      i++
      j++
    } else if (j < after.length && (i >= before.length || lengths[i]![j + 1]! >= lengths[i + 1]![j]!)) {
      lines.push({ sign: '+', text: after[j++]! })
    } else lines.push({ sign: '-', text: before[i++]! })
  }
  return lines
}

function lengthTable(before: readonly string[], after: readonly string[]): readonly Uint32Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      table[i]![j] =
        before[i] === after[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!)
    }
  }
  return table
}
