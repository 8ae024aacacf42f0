import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { defaultRules } from '../../../telltale/src/lint/default-rules.js'
import { lintCheckIds, lintChecks } from '../../src/lint/index.js'
import { alertmanagerEnglish } from '../../src/lint/texts/alertmanager-english.js'
import { alertmanagerKorean } from '../../src/lint/texts/alertmanager-korean.js'
import { configEnglish } from '../../src/lint/texts/config-english.js'
import { configKorean } from '../../src/lint/texts/config-korean.js'
import { dashboardEnglish } from '../../src/lint/texts/dashboard-english.js'
import { dashboardKorean } from '../../src/lint/texts/dashboard-korean.js'
import { lintEnglish } from '../../src/lint/texts/lint-english.js'
import { lintKorean } from '../../src/lint/texts/lint-korean.js'
import { libraryRules, metricsEnglish } from '../../src/lint/texts/metrics-english.js'
import { metricsKorean } from '../../src/lint/texts/metrics-korean.js'
import { queryEnglish } from '../../src/lint/texts/query-english.js'
import { queryKorean } from '../../src/lint/texts/query-korean.js'
import { rulesEnglish } from '../../src/lint/texts/rules-english.js'
import { rulesKorean } from '../../src/lint/texts/rules-korean.js'
import { yamlEnglish } from '../../src/lint/texts/yaml-english.js'
import { yamlKorean } from '../../src/lint/texts/yaml-korean.js'
import { promqlChecks } from '../../src/promql/index.js'
import { promqlEnglish } from '../../src/promql/promql-english.js'
import { promqlKorean } from '../../src/promql/promql-korean.js'

type Texts = Readonly<Record<string, { readonly what: string; readonly remedy: string }>>

const languages: readonly (readonly [area: string, english: Texts, korean: Texts])[] = [
  ['alertmanager', alertmanagerEnglish, alertmanagerKorean],
  ['config', configEnglish, configKorean],
  ['dashboard', dashboardEnglish, dashboardKorean],
  ['lint', lintEnglish, lintKorean],
  ['metrics', metricsEnglish, metricsKorean],
  ['promql', promqlEnglish, promqlKorean],
  ['query', queryEnglish, queryKorean],
  ['rules', rulesEnglish, rulesKorean],
  ['yaml', yamlEnglish, yamlKorean],
]

const namesIn = ({ what, remedy }: Texts[string]) =>
  new Set(`${what} ${remedy}`.match(/\{[A-Za-z]\w*\}/g) ?? [])

test.each(languages)(
  '%s: Korean says what English says, with no value that English has not',
  (_, english, korean) => {
    expect(Object.keys(korean).sort()).toEqual(Object.keys(english).sort())
    for (const [id, text] of Object.entries(korean)) {
      const extra = [...namesIn(text)].filter((name) => !namesIn(english[id]!).has(name))
      expect({ id, extra }).toEqual({ id, extra: [] })
      expect(text.what + text.remedy, id).toMatch(/[가-힣]|\{/)
    }
  },
)

test('every id is an area and a name in kebab-case', () => {
  expect(lintCheckIds.filter((id) => !/^[a-z]+\/[a-z]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  expect(new Set(lintCheckIds).size).toBe(lintCheckIds.length)
})

test('every check is made somewhere', () => {
  const folder = fileURLToPath(new URL('../../src/lint', import.meta.url))
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('texts') && !name.endsWith('lint-checks.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n')
  const library = new Set<string>(libraryRules)
  expect(lintChecks.ids.filter((id) => !library.has(id) && !sources.includes(`'${id}'`))).toEqual([])
})

test('every rule of the library has its texts', () => {
  expect(defaultRules.map(({ id }) => `metrics/${id}`).sort()).toEqual([...libraryRules].sort())
})

test('the documentation has every check with its severity', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../../docs/lint.md', import.meta.url)), 'utf8')
  const rows = new Map(
    Array.from(page.matchAll(/^\| `([a-z]+\/[a-z0-9-]+)` \| (\w+) \|/gm), ([, id, severity]) => [
      id,
      severity,
    ]),
  )
  const library = new Set<string>([...libraryRules, 'metrics/other'])
  const severities = [
    ...lintChecks.ids
      .filter((id) => !library.has(id))
      .map((id) => [id, lintChecks.definition(id).severity] as const),
    ...promqlChecks.ids.map((id) => [id, promqlChecks.definition(id).severity] as const),
  ]
  expect(rows).toEqual(new Map(severities))
})
