import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prometheusServer, runCommand } from '@telltale/cli'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parsePromql } from '../../packages/cli/src/promql/index.js'
import { badExpressions } from '../../packages/cli/test/promql/bad-expressions.js'
import { expression, mutated } from '../../packages/cli/test/promql/expression-generator.js'
import { goodExpressions } from '../../packages/cli/test/promql/good-expressions.js'
import { installed, testFolder } from './servers/index.js'

const target = { major: 2, minor: 42 }

/** What lint and promtool 2.42 disagree about, and why lint says what it says. */
const differences: readonly { readonly name: string; readonly text: RegExp }[] = [
  {
    name: 'a metric called offset: the grammar of Prometheus 3 does not take it, 2.42 does',
    text: /(^|[^\w:])offset($|[^\w:])/i,
  },
  {
    name: 'a unit alone behind a range, as in [5m y]: 2.42 reads over it',
    text: /\[\s*\w+\s+[a-z]+\s*[\]:]/,
  },
]

let folder: Awaited<ReturnType<typeof testFolder>>

beforeAll(async () => {
  folder = await testFolder('lint-promql')
})

afterAll(() => folder.remove())

test('promtool refuses each bad expression, as lint does', async () => {
  const texts = Object.values(badExpressions).flat()
  expect(texts.length).toBeGreaterThanOrEqual(150)
  const refused = await refusedByPromtool(texts)
  expect(texts.filter((text) => !refused.has(text))).toEqual([])
})

test('promtool accepts each good expression, as lint does', async () => {
  expect(await refusedByPromtool(goodExpressions)).toEqual(new Map())
})

test.each([
  { what: 'expressions of the grammar', source: expression, count: 2000 },
  { what: 'expressions with errors put in', source: mutated, count: 3000 },
])('promtool and lint agree about $count $what', async ({ source, count }) => {
  const texts = [...new Set(fc.sample(source, { numRuns: count, seed: 42 }))]
  const refused = await refusedByPromtool(texts)
  const disagreements = texts.flatMap((text) => {
    const mine = parsePromql(text, target).problems.filter(({ id }) => id !== 'promql/feature-flag')
    const theirs = refused.get(text)
    if (mine.length > 0 === (theirs !== undefined)) return []
    if (differences.some((difference) => difference.text.test(text))) return []
    return [{ text, promtool: theirs ?? 'accepts it', lint: mine.map(({ id }) => id) }]
  })
  expect(disagreements).toEqual([])
  expect(refused.size).toBeGreaterThan(count / 20)
  expect(refused.size).toBeLessThan(count * 0.98)
})

/** Those that `promtool check rules` refuses, with its reason; all of them go into one file. */
async function refusedByPromtool(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const file = join(folder.path, 'rules.yml')
  const rules = texts.map((text, index) => ({ record: `e${index}`, expr: text === '' ? ' ' : text }))
  await writeFile(file, stringify({ groups: [{ name: 'all', rules }] }, { version: '1.1', lineWidth: 0 }))
  const promtool = (await installed(prometheusServer)).command('promtool')
  const { stdout, tail } = await runCommand('sh', ['-c', '"$0" check rules "$1" 2>&1', promtool, file])
  const refused = new Map<string, string>()
  for (const [, index, reason] of stdout.matchAll(/rule \d+, "e(\d+)": (.*)/g)) {
    refused.set(texts[Number(index)]!, reason!)
  }
  if (refused.size === 0 && !stdout.includes('SUCCESS')) throw new Error(tail.join('\n'))
  return refused
}
