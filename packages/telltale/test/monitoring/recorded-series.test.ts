import { expect, test } from 'vitest'
import {
  dashboards,
  objectiveRules,
  type RuleFile,
  readObjectives,
  rulePack,
} from '../../src/monitoring/index.js'

/** Names of recorded series: they have a colon, and stand in no text. */
const recordedNames = (expressions: readonly string[]) =>
  new Set(expressions.flatMap((text) => [...text.matchAll(/\b\w+:\w+(?::\w+)*/g)].map(([name]) => name)))

const objectives = objectiveRules(
  readObjectives({
    service: 'shop',
    objectives: [
      { name: 'availability', target: 99.9, window: '30d', ratio: { errors: { status_code: '5..' } } },
    ],
  }).objectives,
)

const rulesOf = ({ groups }: RuleFile) => groups.flatMap(({ rules }) => rules)
const rules = [...rulesOf(rulePack()), ...rulesOf(objectives)]

test('each series that the pack records is read by an alert, another record or a panel', () => {
  const panels = dashboards().flatMap((dashboard) =>
    dashboard.panels.flatMap((panel) => ('targets' in panel ? panel.targets : [])),
  )
  const read = recordedNames([...rules.map(({ expr }) => expr), ...panels.map((target) => target.expr ?? '')])
  const recorded = rules.flatMap((rule) => ('record' in rule ? [rule.record] : []))
  expect(recorded.filter((name) => !read.has(name))).toEqual([])
})
