import { afterEach, expect, test, vi } from 'vitest'
import { languages } from '../../src/language.js'
import { parseOptimize } from '../../src/optimize/optimize-options.js'
import { adviceTexts, readingTexts, reportTexts } from '../../src/optimize/texts/index.js'
import { columnsOf } from '../../src/text-columns.js'

afterEach(() => vi.unstubAllEnvs())

/** Stands for a text, a number and a list at once. */
const given = [['111'], ['222'], ['333'], ['444']] as const

type Text = (...values: readonly unknown[]) => string

/** Every text under its path, with what it was given in it. */
function told(texts: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof texts === 'string') return new Map([[path, texts]])
  if (typeof texts === 'function') {
    const text = texts as Text
    return new Map([[path, text(...given)]])
  }
  const parts = Object.entries(texts as object).flatMap(([key, part]) => [...told(part, `${path}.${key}`)])
  return new Map(parts)
}

test.each([
  ['the advice', adviceTexts],
  ['what is asked', readingTexts],
  ['the report', reportTexts],
])('%s says the same figures in both languages', (_, texts) => {
  const english = told(texts.en)
  const korean = told(texts.ko)
  expect([...korean.keys()]).toEqual([...english.keys()])
  for (const [path, text] of english) {
    const figures = (said: string) => given.map((value) => said.includes(String(value)))
    expect([path, figures(korean.get(path)!)]).toEqual([path, figures(text)])
  }
})

test('the Korean report has no English word but names', () => {
  const names = [
    /--[a-z.]+[\w.=-]*/g,
    /new Histogram\(.*?\)|prometheus\.yml|metric_relabel_configs|remote_write|scrape_interval|promtool/g,
    /telltale \w+|group_left|an_info_metric|labels:|\d+_sum|\d+_count|sum과|count만|json|WAL|UUID|URL|IP|ID/g,
  ]
  const withoutNames = (text: string) => names.reduce((left, name) => left.replace(name, ''), text)
  const rest = [adviceTexts.ko, readingTexts.ko, reportTexts.ko].flatMap((texts) =>
    [...told(texts)].filter(([, text]) =>
      /[A-Za-z]{2,}/.test(withoutNames(text).replaceAll('undefined', '').replace(/ on /, ' ')),
    ),
  )
  expect(rest).toEqual([])
})

test('headings fit above their columns', () => {
  for (const language of languages) {
    const { series, samples, aDay } = reportTexts[language].columns
    expect([series, samples, aDay].filter((heading) => columnsOf(heading) > 9)).toEqual([])
  }
})

test('the language is the one asked for, or that of the environment', () => {
  vi.stubEnv('LC_ALL', 'ko_KR.UTF-8')
  expect(parseOptimize([])?.language).toBe('ko')
  expect(parseOptimize(['--language', 'en'])?.language).toBe('en')
  expect(() => parseOptimize(['--language', 'fr'])).toThrow('--language is "fr"; give en or ko')
})
