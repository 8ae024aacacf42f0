import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text as textOf } from 'node:stream/consumers'
import { prometheusServer } from '@telltale/cli'
import { beforeAll, expect, test } from 'vitest'
import { expositions } from '../../packages/telltale/test/lint/expositions.js'
import { installed } from './servers/index.js'

/** Which rule a complaint of promtool belongs to. */
const complaints: readonly (readonly [pattern: RegExp, rule: string])[] = [
  [/^no help text$/, 'help-missing'],
  [/^use base unit /, 'base-unit'],
  [/"_total" suffix$/, 'counter-total'],
  [/"_(bucket|count|sum)" suffix$|"(le|quantile)" label$/, 'reserved-name'],
  [/^metric name should not include type /, 'type-in-name'],
  [/should not contain ':'$/, 'colon-in-name'],
  [/not 'camelCase'$/, 'camel-case'],
  [/abbreviated units$/, 'abbreviated-unit'],
]

let promtool: (text: string) => Promise<{ readonly status: number; readonly output: string }>

beforeAll(async () => {
  const installation = await installed(prometheusServer)
  promtool = async (text) => {
    const child = spawn(installation.command('promtool'), ['check', 'metrics'], {
      env: installation.environment(),
    })
    child.stdin.end(text)
    const [output, [status]] = await Promise.all([textOf(child.stderr), once(child, 'close')])
    return { status, output }
  }
})

test('there are enough texts to compare', () => {
  expect(expositions.length).toBeGreaterThanOrEqual(40)
})

test.each(expositions)('promtool says of $what what lint says', async ({ text, findings }) => {
  const { status, output } = await promtool(text)
  expect(rulesByMetric(output)).toEqual(sorted(findings))
  expect(status).toBe(Object.keys(findings).length === 0 ? 0 : 3)
})

function rulesByMetric(output: string): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {}
  for (const line of output.split('\n').filter((line) => line !== '')) {
    const [, metric, complaint] = /^(\S+) (.*)$/.exec(line) ?? []
    const rule = complaints.find(([pattern]) => pattern.test(complaint ?? ''))?.[1] ?? line
    found[metric ?? ''] = [...(found[metric ?? ''] ?? []), rule]
  }
  return sorted(found)
}

function sorted(findings: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(findings).map(([metric, rules]) => [metric, [...new Set(rules)].sort()]),
  )
}
