import { durationText, type Expression, parsePromql, walk } from '../../promql/index.js'
import { percent, shortDuration } from '../../top/figures.js'
import type { ServerReading } from '../measure/server-reading.js'
import type { AdviceTexts } from '../texts/index.js'
import { VARIABLE } from '../usage/metric-selection.js'
import type { UsePlace } from '../usage/use-index.js'
import type { Advice } from './advice.js'
import type { Evidence } from './evidence.js'

/** Seconds that one rule may take without being told of. */
const SLOW_RULE = 1
const MOST_REPEATED = 5

/** Slow rules, recording rules that nothing uses, and expressions that are worked out in several places. */
export async function adviseRules(reading: ServerReading, evidence: Evidence): Promise<readonly Advice[]> {
  const texts = reading.advice.rules
  return [
    ...slowRules(evidence, texts),
    ...unusedRecordings(evidence, texts),
    ...(await repeated(reading, evidence)),
  ]
}

function slowRules({ groups }: Evidence, texts: AdviceTexts['rules']): readonly Advice[] {
  return groups.flatMap(({ name: group, interval, evaluationTime, rules }) => {
    const found: Advice[] = []
    if (evaluationTime > interval / 2) {
      found.push({
        id: 'slow-group',
        area: 'rules',
        subject: texts.group(group),
        figure: texts.slowGroup(
          shortDuration(evaluationTime),
          percent(evaluationTime / interval),
          durationText(interval),
        ),
        saving: undefined,
        change: {
          place: 'rules',
          text: texts.split(),
        },
        drops: [],
      })
    }
    for (const rule of rules) {
      if (rule.evaluationTime < Math.max(SLOW_RULE, interval / 10)) continue
      found.push({
        id: 'slow-rule',
        area: 'rules',
        subject: texts.inGroup(rule.name, group),
        figure: texts.slow(shortDuration(rule.evaluationTime), durationText(interval)),
        saving: undefined,
        change: {
          place: 'rules',
          text: texts.recordInner(),
        },
        drops: [],
      })
    }
    return found
  })
}

function unusedRecordings(
  { groups, uses, doubts, nobody }: Evidence,
  texts: AdviceTexts['rules'],
): readonly Advice[] {
  if (doubts.length > 0) return []
  return groups.flatMap(({ name: group, interval, rules }) =>
    rules.flatMap((rule) => {
      if (rule.type !== 'recording' || uses.useOf(rule.name) !== undefined) return []
      return [
        {
          id: 'unused-recording',
          area: 'rules' as const,
          subject: texts.inGroup(rule.name, group),
          figure: texts.unused(nobody, shortDuration(rule.evaluationTime), durationText(interval)),
          saving: undefined,
          change: { place: 'rules' as const, text: texts.takeOut(rule.name) },
          drops: [],
        },
      ]
    }),
  )
}

interface Repeated {
  readonly text: string
  readonly expression: Expression
  readonly places: Set<string>
}

/** Aggregations of rates that stand in two places or more, and in no recording rule. */
async function repeated(reading: ServerReading, { groups, uses }: Evidence): Promise<readonly Advice[]> {
  const recorded = new Set(
    groups.flatMap(({ rules }) =>
      rules.flatMap(({ type, query }) => (type === 'recording' ? [plain(query)] : [])),
    ),
  )
  const found = [...repeatedIn(uses.places).values()]
    .filter(({ text, places: where }) => where.size > 1 && !recorded.has(text))
    .sort((a, b) => b.places.size - a.places.size || b.text.length - a.text.length)
    .slice(0, MOST_REPEATED)
  const advice: Advice[] = []
  for (const { text, expression, places: where } of found) {
    const began = performance.now()
    const result = await reading.query(reading.texts.repeated, text)
    // Nothing to record: of what is not stored, or does not happen.
    if (result === undefined || result.length === 0) continue
    const seconds = (performance.now() - began) / 1000
    advice.push({
      id: 'repeated-expression',
      area: 'rules',
      subject: text,
      figure: reading.advice.rules.repeated(where.size, [...where].slice(0, 2), shortDuration(seconds)),
      saving: undefined,
      change: { place: 'rules', text: `- record: ${recordName(expression)}\n  expr: ${text}` },
      drops: [],
    })
  }
  return advice
}

function repeatedIn(places: readonly UsePlace[]): ReadonlyMap<string, Repeated> {
  const found = new Map<string, Repeated>()
  for (const { text, name, source } of places) {
    // A query in the log is that of a panel once more.
    if (source === 'query log' || text.includes('$') || text.includes(VARIABLE)) continue
    const { expression } = parsePromql(text, { major: 99, minor: 0 })
    if (expression === undefined) continue
    for (const { expression: part } of walk(expression)) {
      if (part.kind !== 'aggregation' || !hasRange(part)) continue
      const key = plain(text.slice(part.from, part.to))
      const known = found.get(key)
      if (known === undefined) found.set(key, { text: key, expression: part, places: new Set([name]) })
      else known.places.add(name)
    }
  }
  return found
}

function hasRange(expression: Expression): boolean {
  for (const { expression: part } of walk(expression)) if (part.kind === 'range') return true
  return false
}

/** One line, with single blanks outside of strings. */
function plain(text: string): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\s+/g, (part) => (part.trim() === '' ? ' ' : part))
    .trim()
}

/** `level:metric:operation`, as recording rules are named. */
function recordName(expression: Expression): string {
  let metric = 'metric'
  let operation = ''
  const level = expression.kind === 'aggregation' ? expression.labels.join('_') : ''
  for (const { expression: part } of walk(expression)) {
    if (part.kind === 'selector' && part.name !== undefined && metric === 'metric') metric = part.name
    if (part.kind === 'call' && operation === '') operation = part.name
    if (part.kind === 'range' && part.range !== undefined && /^\D*$/.test(operation))
      operation += durationText(part.range)
  }
  const counted = /^(rate|increase|irate)/.test(operation) ? metric.replace(/_total$/, '') : metric
  return `${level === '' ? 'all' : level}:${counted}:${operation || 'sum'}`
}
