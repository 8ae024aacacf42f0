import { readFileSync } from 'node:fs'
import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Advice } from '../../src/optimize/advice/advice.js'
import type { DropRule } from '../../src/optimize/advice/drop-rule.js'
import { patchConfiguration } from '../../src/optimize/apply/configuration-patch.js'
import { dropRules } from '../../src/optimize/apply/drop-rules.js'
import { diffLines } from '../../src/optimize/apply/line-diff.js'
import { planChange } from '../../src/optimize/apply/planned-change.js'

const drop = (regex: string): DropRule => ({ source_labels: ['__name__'], regex, action: 'drop' })
const one = (job: string, regex = 'a|b') => new Map([[job, [drop(regex)]]])
const plain = pc.createColors(false)

function added(before: string, after: string): readonly string[] {
  return diffLines(before, after, plain).filter((line) => /^[+-]/.test(line))
}

describe('a prometheus.yml', () => {
  const guide = readFileSync(new URL('../../../../deploy/prometheus.yml', import.meta.url), 'utf8')

  test('gets its rules at the end of the job, and keeps every other line', () => {
    const { after, patched } = patchConfiguration(guide, 'prometheus.yml', one('nodejs-app'))
    expect(patched).toEqual(['nodejs-app'])
    expect(added(guide, after)).toEqual([
      '+     metric_relabel_configs:',
      '+       # Not used by any rule, dashboard or query: telltale optimize',
      '+       - source_labels: [__name__]',
      '+         regex: a|b',
      '+         action: drop',
    ])
    expect(parse(after).scrape_configs[0].metric_relabel_configs).toEqual([drop('a|b')])
  })

  test('gets rules for several jobs', () => {
    const rules = new Map([...one('nodejs-app'), ...one('node-exporter', 'c')])
    const { after } = patchConfiguration(guide, 'prometheus.yml', rules)
    const regexes = parse(after).scrape_configs.map((job: { metric_relabel_configs?: DropRule[] }) =>
      job.metric_relabel_configs?.map(({ regex }) => regex),
    )
    expect(regexes).toEqual([['a|b'], undefined, ['c']])
  })

  test('that has rules already keeps them in front, comments included', () => {
    const before = `scrape_configs:
- job_name: app
  metric_relabel_configs:
  - action: labeldrop # why
    regex: pod
  # after the list
  static_configs:
  - targets: [a:1]
`
    const { after } = patchConfiguration(before, 'prometheus.yml', one('app'))
    expect(added(before, after)).toEqual([
      '+   # Not used by any rule, dashboard or query: telltale optimize',
      '+   - source_labels: [__name__]',
      '+     regex: a|b',
      '+     action: drop',
    ])
    expect(parse(after).scrape_configs[0].metric_relabel_configs).toHaveLength(2)
  })

  test.each([
    ['without a last line feed', 'scrape_configs:\n  - job_name: app\n    static_configs: [{targets: [a]}]'],
    ['in one line', "scrape_configs: [{job_name: app, static_configs: [{targets: ['a:1']}]}]\n"],
    ['with an empty list', 'scrape_configs:\n  - job_name: app\n    metric_relabel_configs: []\n'],
    ['with a comment behind its last line', 'scrape_configs:\n  - job_name: app # ours\n# end\n'],
    ['with Windows line ends', 'scrape_configs:\r\n  - job_name: app\r\n    scheme: http\r\n'],
  ])('%s says what it should', (_, before) => {
    const { after } = patchConfiguration(before, 'prometheus.yml', one('app', 'it\\.s'))
    const [job] = parse(after).scrape_configs
    expect(job).toEqual({ ...parse(before).scrape_configs[0], metric_relabel_configs: [drop('it\\.s')] })
  })

  test('without the job is left alone, and says so', () => {
    const { after, absent } = patchConfiguration(guide, 'prometheus.yml', one('elsewhere'))
    expect(after).toBe(guide)
    expect(absent).toEqual(['elsewhere'])
  })

  test.each([
    ['scrape_configs:\n  - a: [', /^prometheus\.yml:\d+:\d+: /],
    ['groups: []', /prometheus\.yml has no scrape_configs/],
    ['just text', /has no scrape_configs/],
    ['scrape_configs:\n  - job_name: app\n    metric_relabel_configs: text\n', /is no list/],
  ])('%j is refused', (text, message) => {
    expect(() => patchConfiguration(text, 'prometheus.yml', one('app'))).toThrow(message)
  })
})

describe('rules for a job', () => {
  const advice = (names: readonly string[], pools: readonly string[]): Advice => ({
    id: 'unused-metric',
    area: 'unused',
    subject: names[0]!,
    figure: '',
    saving: undefined,
    change: { place: 'prometheus.yml', text: '' },
    drops: names.map((name) => ({ name, pools })),
  })

  test('name the three parts of a histogram as one, and escape what is special', () => {
    const rules = dropRules([
      advice(['h_bucket', 'h_sum', 'h_count'], ['app']),
      advice(['a.b'], ['app', 'other']),
    ])
    expect([...rules].map(([job, own]) => [job, own.map(({ regex }) => regex)])).toEqual([
      ['app', ['a\\.b|h_(bucket|sum|count)']],
      ['other', ['a\\.b']],
    ])
  })

  test('are several where the names are many', () => {
    const names = Array.from({ length: 100 }, (_, i) => `metric_with_a_long_name_${i}`)
    const rules = dropRules([advice(names, ['app'])]).get('app') ?? []
    expect(rules.length).toBeGreaterThan(3)
    expect(rules.flatMap(({ regex }) => regex.split('|')).sort()).toEqual([...names].sort())
  })
})

test('what a job outside of the file brings too stays, and is no saving', () => {
  const advice = (name: string, pools: readonly string[]): Advice => ({
    id: 'unused-metric',
    area: 'unused',
    subject: name,
    figure: '',
    saving: { series: 10, samplesPerSecond: 1, bytesPerDay: 100 },
    change: { place: 'prometheus.yml', text: '' },
    drops: [{ name, pools }],
  })
  const file = 'scrape_configs:\n  - job_name: app\n'
  const { patch, saving, absent } = planChange(file, 'prometheus.yml', [
    advice('here', ['app']),
    advice('both', ['app', 'far']),
  ])
  expect(parse(patch.after).scrape_configs[0].metric_relabel_configs).toEqual([drop('here')])
  expect(saving.series).toBe(10)
  expect(absent).toEqual(['far'])
})

test('a difference shows three lines around each change', () => {
  const before = Array.from({ length: 12 }, (_, i) => `line ${i}`)
  const after = before.with(6, 'changed')
  expect(diffLines(before.join('\n'), after.join('\n'), plain)).toEqual([
    '  line 3',
    '  line 4',
    '  line 5',
    '+ changed',
    '- line 6',
    '  line 7',
    '  line 8',
    '  line 9',
    '  …',
  ])
})
