import { expect, test } from 'vitest'
import { inFile } from '../../src/finding/index.js'
import { lintChecks, withoutIgnored } from '../../src/lint/index.js'

const rules = `# telltale-ignore rules/no-severity: the route goes by team
groups:
- name: shop
  rules:
    # telltale-ignore rules/no-runbook, rules/humanize: as the guide has it
    - alert: Slow
      expr: up == 0 # telltale-ignore query/*: an example

      # a comment in between
      for: 1m
    - alert: Down
      # telltale-ignore rules/no-summary
      expr: up == 0
`

function leftOf(id: Parameters<typeof lintChecks.finding>[0], ...lines: readonly number[]) {
  const findings = lines.map((line) => lintChecks.finding(id, inFile('rules.yml', { line }), {} as never))
  return withoutIgnored(findings, rules).map(({ where }) => where.line)
}

test('a comment above an alert takes a finding away from the whole of it, and from no other', () => {
  expect(leftOf('rules/no-runbook', 6, 7, 10, 11, 13)).toEqual([11, 13])
})

test('a comment above everything speaks for the file', () => {
  expect(leftOf('rules/no-severity', 2, 3, 6, 13)).toEqual([])
})

test('a comment behind something speaks for its line, also by area or beginning', () => {
  expect(leftOf('query/nan', 6, 7, 10)).toEqual([6, 10])
})

test('a comment without a reason takes nothing away', () => {
  expect(leftOf('rules/no-summary', 13)).toEqual([13])
})
