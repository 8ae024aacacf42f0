import { expect, test } from 'vitest'
import {
  type AlertRuleEntry,
  alertPage,
  dashboardUids,
  inhibitRules,
  neededRetention,
  type RuleFile,
  rulePack,
  signals,
  tuneSignals,
} from '../../src/monitoring/index.js'

const alertsOf = ({ groups }: RuleFile): readonly AlertRuleEntry[] =>
  groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule] : [])))

const named = (file: RuleFile, name: string) => alertsOf(file).filter(({ alert }) => alert === name)

test('every alert has a severity, a summary, a description, its runbook and its dashboard', () => {
  for (const { alert, labels, annotations } of alertsOf(rulePack())) {
    expect(['critical', 'warning', 'info', 'none'], alert).toContain(labels.severity)
    expect(annotations.summary, alert).not.toBe('')
    expect(annotations.description, alert).toMatch(/\.$/)
    expect(annotations.runbook_url, alert).toBe(`docs/alerts.md#${alert.toLowerCase()}`)
    const uids = Object.values(dashboardUids).join('|')
    expect(annotations.dashboard_url, alert).toMatch(new RegExp(`^http://localhost:3001/d/(${uids})(\\?|$)`))
  }
})

test('each link to a runbook leads to a heading of the page, in both languages', () => {
  for (const language of ['en', 'ko'] as const) {
    const anchors = [...alertPage({ language }).matchAll(/^### (.+)$/gm)].map(([, title]) =>
      title!.toLowerCase(),
    )
    for (const { annotations } of alertsOf(rulePack({ language }))) {
      expect(anchors).toContain(annotations.runbook_url!.split('#')[1])
    }
  }
})

test('what is recorded stands before what reads it in its group, and nothing is recorded twice', () => {
  const seen = new Set<string>()
  const { groups } = rulePack()
  const trends = groups.find(({ name }) => name === 'telltale-trends')!
  for (const rule of [...trends.rules, ...groups.flatMap((group) => (group === trends ? [] : group.rules))]) {
    if (!('record' in rule)) continue
    expect(seen.has(rule.record), rule.record).toBe(false)
    seen.add(rule.record)
  }
  for (const { name, rules } of groups.filter((group) => group !== trends)) {
    const before = new Set(trends.rules.flatMap((rule) => ('record' in rule ? [rule.record] : [])))
    for (const rule of rules) {
      for (const [read] of rule.expr.matchAll(/\b[a-z_]+:[a-z_]+:[\w:]+/g)) {
        expect(before.has(read), `${name}: ${read}`).toBe(true)
      }
      if ('record' in rule) before.add(rule.record)
    }
  }
})

test('an alert of two severities has the same name for both, so that one can silence the other', () => {
  expect(named(rulePack(), 'EventLoopLag').map(({ labels }) => labels.severity)).toEqual([
    'critical',
    'warning',
  ])
  expect(inhibitRules().at(-1)).toMatchObject({
    equal: expect.arrayContaining(['alertname', 'job', 'instance']),
  })
})

test('whatever distinguishes alerts of two severities is compared before one silences the other', () => {
  const equal = inhibitRules().at(-1)!.equal
  for (const { id, alert, panel } of signals) {
    if (alert === undefined || new Set(alert.thresholds.map(({ severity }) => severity)).size < 2) continue
    for (const [, label] of panel.legend.matchAll(/\{\{(\w+)\}\}/g)) expect(equal, id).toContain(label)
  }
})

test('rules name the jobs that they are for; alerts about targets are for all', () => {
  const pack = rulePack({ jobs: ['web', 'a.b'] })
  expect(JSON.stringify(pack)).toContain('job=~\\"web|a\\\\\\\\.b\\"')
  expect(named(pack, 'TargetDown')[0]!.expr).toBe('min by (instance) (up) < 1')
  expect(named(pack, 'TargetAbsent').map(({ expr }) => expr)).toEqual([
    'absent(up{job="web"}) > 0',
    'absent(up{job="a.b"}) > 0',
  ])
})

test('other thresholds are in rules and page, and the others stay', () => {
  const tuned = tuneSignals(signals, {
    'http-error-ratio': { thresholds: { critical: 0.5 }, forSeconds: 60, minimum: 7 },
    'no-such-signal': { forSeconds: 1 },
  })
  const [critical, warning] = named(rulePack({ signals: tuned }), 'ErrorRatioHigh')
  expect(critical).toMatchObject({ for: '1m', expr: expect.stringMatching(/> 0\.5\n.*> 7$/) })
  expect(warning!.expr).toMatch(/> 0\.01\n/)
  expect(alertPage({ signals: tuned })).toContain('| critical | > 50 %')
  expect(named(rulePack(), 'ErrorRatioHigh')[0]!.expr).toMatch(/> 0\.05\n/)
})

test('says for how long samples have to be kept', () => {
  expect(neededRetention(signals)).toBeGreaterThanOrEqual(3 * 7 * 86_400)
  const withoutTrends = signals.filter(({ group }) => group === 'runtime')
  expect(neededRetention(withoutTrends)).toBeLessThan(86_400)
})

test('durations can be shortened, and nothing else changes', () => {
  const quick = rulePack({ duration: () => '1s' })
  const shape = (file: RuleFile) => JSON.stringify(file).replaceAll(/\d+(ms|[smhdw])(\d+[smhd])*/g, 'D')
  expect(shape(quick)).toBe(shape(rulePack()))
})
