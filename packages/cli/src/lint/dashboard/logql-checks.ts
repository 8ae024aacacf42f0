import type { Finding, Localised } from '../../finding/index.js'
import { variablesIn } from '../../promql/index.js'
import type { YamlMap, YamlScalar } from '../../yaml-document/index.js'
import type { Dashboard, Panel } from './dashboard-model.js'
import { targetName } from './dashboard-model.js'

/** The rules for queries to Loki, as far as brackets, quotes and selectors go: this is no parser of LogQL. */
export function logqlFindings(
  dashboard: Dashboard,
  { within }: Panel,
  target: YamlMap,
  expr: YamlScalar,
): readonly Finding[] {
  const name = targetName(target)
  const detail = faultIn(expr.text)
  if (detail !== undefined) {
    return [
      dashboard.finding(
        'dashboard/target-logql',
        expr.place,
        within,
        { target: name, detail },
        { subject: name },
      ),
    ]
  }
  return Array.from(expr.text.matchAll(/\[([^\]"`]*)\]/g)).flatMap((match) => {
    const got = match[0]
    const uses = variablesIn(got)
    if (uses.some((use) => use.name === '__auto') || !/^\[\s*(?:\d|\$)/.test(got)) return []
    const place = expr.placeOf(match.index)
    return [
      dashboard.finding(
        'dashboard/target-logql-auto',
        place,
        within,
        { target: name, got },
        { subject: got },
      ),
    ]
  })
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

function faultIn(text: string): Localised | undefined {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""')
  if (/["`]/.test(bare.replaceAll('""', ''))) return { en: 'a quote is missing', ko: '따옴표가 빠졌습니다' }
  const open: string[] = []
  for (const character of bare) {
    if (Object.hasOwn(closing, character)) open.push(closing[character]!)
    else if (/[)\]}]/.test(character) && open.pop() !== character) {
      return { en: `"${character}" closes nothing`, ko: `"${character}"에 맞는 괄호가 없습니다` }
    }
  }
  const missing = open.at(-1)
  if (missing !== undefined) return { en: `"${missing}" is missing`, ko: `"${missing}"가 빠졌습니다` }
  return bare.includes('{') || variablesIn(text).length > 0
    ? undefined
    : { en: 'it selects no stream, as {app="shop"} does', ko: '{app="shop"} 처럼 스트림을 고르지 않습니다' }
}
