import type { Finding } from '../../finding/index.js'
import type { YamlMap } from '../../yaml-document/index.js'
import type { ConfigPart } from '../config/config-place.js'
import { matcherFaults } from './route-checks.js'

const sides = ['source', 'target'] as const

/** What is wrong with an inhibition rule. */
export function inhibitionFindings(rule: ConfigPart): readonly Finding[] {
  const { node } = rule
  const findings: Finding[] = []
  for (const side of sides) {
    findings.push(...matcherFaults(rule, `${side}_matchers`))
    if (matchersOf(node, side).length === 0) {
      findings.push(
        rule.finding(
          'alertmanager/inhibits-all',
          `${side}_matchers`,
          { side, what: effects[side] },
          { subject: side },
        ),
      )
    }
    for (const old of [`${side}_match`, `${side}_match_re`].filter((name) => node.get(name) !== undefined)) {
      const values = { field: old, suggestion: `${side}_matchers` }
      findings.push(rule.finding('alertmanager/old-matcher', old, values, { subject: old }))
    }
  }
  const [source, target] = sides.map((side) => matchersOf(node, side).join())
  if (source === target && source !== '')
    findings.push(rule.finding('alertmanager/inhibits-itself', 'target_matchers', {}))
  if (node.list('equal').length === 0)
    findings.push(rule.finding('alertmanager/inhibit-everywhere', 'equal', {}))
  return findings
}

const effects = {
  source: { en: 'every alert silences', ko: '모든 알림이 막습니다' },
  target: { en: 'every alert is silenced', ko: '모든 알림이 막힙니다' },
} as const

function matchersOf(node: YamlMap, side: (typeof sides)[number]): readonly string[] {
  const listed = node
    .list(`${side}_matchers`)
    .flatMap((item) => (item.kind === 'scalar' ? [plain(item.text)] : []))
  const old = [`${side}_match`, `${side}_match_re`].flatMap((name) =>
    (node.map(name)?.entries ?? []).map(({ key, value }) => {
      const operator = name.endsWith('_re') ? '=~' : '='
      return plain(`${key}${operator}${value.kind === 'scalar' ? value.text : ''}`)
    }),
  )
  return [...listed, ...old].sort()
}

function plain(matcher: string): string {
  return matcher.replace(/["\s]/g, '')
}
