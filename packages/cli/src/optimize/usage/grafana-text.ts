import { parsePromql } from '../../promql/index.js'
import { VARIABLE } from './metric-selection.js'
import { metricsUsedIn, type Uses } from './metric-use.js'

/** `$name`, `${name}`, `${name:format}`, `${name.field}` and `[[name]]`. */
const variables = /\$\{([A-Za-z_]\w*)(?:[.:][^}]*)?\}|\$([A-Za-z_]\w*)|\[\[([A-Za-z_]\w*)(?::[^\]]*)?\]\]/g

const durations = /^__(rate_interval|interval|range)$/
const numbers = /^__(interval_ms|range_s|range_ms|from|to|rate_interval_ms)$/

interface Variable {
  readonly from: number
  readonly to: number
  readonly name: string
}

/** Reads how an expression of a dashboard uses metrics, with its variables as what fits their places. */
export function metricsUsedInPanel(text: string): Uses {
  const plain = withoutRangeVariables(text)
  const found = [...plain.matchAll(variables)].map((match): Variable => {
    const name = match[1] ?? match[2] ?? match[3]!
    return { from: match.index, to: match.index + match[0].length, name }
  })
  if (found.length === 0) return metricsUsedIn(plain)
  for (const alone of ['number', 'name'] as const) {
    const filled = fill(plain, found, alone)
    const { expression, problems } = parsePromql(filled, { major: 99, minor: 0 })
    if (expression !== undefined && problems.length === 0) return metricsUsedIn(filled)
  }
  return metricsUsedIn(fill(plain, found, 'name'))
}

/** Every name in a text that cannot be read: any of them may be a metric. */
export function identifiersIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[A-Za-z_:][\w:]*/g) ?? [])
}

/** Ranges, steps and offsets that a variable states become five minutes. */
function withoutRangeVariables(text: string): string {
  const any = '(?:\\$\\{[^}]*\\}|\\$\\w+|\\[\\[\\w+\\]\\])'
  return text
    .replace(new RegExp(`\\[\\s*${any}\\s*(:\\s*(?:${any}|\\w+)?\\s*)?\\]`, 'g'), (_, step?: string) =>
      step === undefined ? '[5m]' : '[5m:1m]',
    )
    .replace(new RegExp(`\\[\\s*(\\w+)\\s*:\\s*${any}\\s*\\]`, 'g'), '[$1:1m]')
    .replace(new RegExp(`\\boffset\\s+(-?)${any}`, 'g'), 'offset $15m')
}

function fill(text: string, found: readonly Variable[], alone: 'number' | 'name'): string {
  let result = ''
  let at = 0
  for (const variable of found) {
    result += text.slice(at, variable.from) + placeholder(text, variable, alone)
    at = variable.to
  }
  return result + text.slice(at)
}

function placeholder(text: string, { from, to, name }: Variable, alone: 'number' | 'name'): string {
  if (durations.test(name)) return '5m'
  if (numbers.test(name)) return '1'
  const joined = /[\w:]/.test(text[from - 1] ?? '') || /[\w:]/.test(text[to] ?? '')
  const selects = /^\s*[{[]/.test(text.slice(to))
  if (alone === 'number' && !joined && !selects && !isQuoted(text, from) && !isInLabels(text, from))
    return '1'
  return `${VARIABLE}${name}${VARIABLE}`
}

/** Whether a place is inside a string. */
function isQuoted(text: string, place: number): boolean {
  let quote = ''
  for (let i = 0; i < place; i++) {
    const character = text[i]!
    if (quote !== '' && quote !== '`' && character === '\\') i++
    else if (quote === '') quote = /["'`]/.test(character) ? character : ''
    else if (character === quote) quote = ''
  }
  return quote !== ''
}

/** Whether a place is in a list of labels: `by (…)` and the like, or `{…}`. */
function isInLabels(text: string, place: number): boolean {
  const before = text.slice(0, place)
  return (
    /\b(by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/i.test(before) ||
    before.lastIndexOf('{') > before.lastIndexOf('}')
  )
}
