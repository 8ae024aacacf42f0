import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { run } from '../../src/rules/command.js'
import { Terminal } from '../../src/terminal.js'

let folder = ''
let shown = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-rules-'))
  shown = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    shown += String(text)
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const rules = (...args: readonly string[]) => run(args, new Terminal(process.stdout))
const file = (name: string) => join(folder, name)
const written = (name: string) => readFile(file(name), 'utf8')

const objectives = `
service: shop
objectives:
  - name: availability
    target: 90
    window: 30d
    ratio: { errors: { status_code: 5.. } }
`

describe('telltale rules', () => {
  test('prints a rule file, and nothing else, when no file is named', async () => {
    expect(await rules('--job', 'web')).toBe(0)
    const { groups } = parse(shown, { version: '1.1' })
    expect(groups.map(({ name }: { name: string }) => name)).toContain('telltale-http')
    expect(shown).toContain('job="web"')
  })

  test('writes the rules, the page of runbooks and the inhibition, and says so', async () => {
    expect(await rules('--out', file('r.yml'), '--docs', file('a.md'), '--inhibit', file('i.yml'))).toBe(0)
    expect(shown).toMatch(/written .*r\.yml\n.*a\.md\n.*i\.yml\n\d+ recording rules, \d+ alerting rules/)
    const alerts = [...(await written('r.yml')).matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
    const page = await written('a.md')
    for (const alert of alerts) expect(page).toContain(`### ${alert}\n`)
    expect(parse(await written('i.yml')).inhibit_rules).toHaveLength(3)
  })

  test('tells whether files are up to date, and which are not', async () => {
    const args = ['--out', file('r.yml'), '--docs', file('a.md')]
    expect(await rules(...args, '--check')).toBe(1)
    expect(shown).toContain('missing')
    await rules(...args)
    expect(await rules(...args, '--check')).toBe(0)
    await writeFile(file('a.md'), 'changed by hand')
    shown = ''
    expect(await rules(...args, '--check')).toBe(1)
    expect(shown).toMatch(/up to date .*r\.yml\n.*differs .*a\.md/s)
    expect(await written('a.md')).toBe('changed by hand')
  })

  test('writes the texts of alerts and runbooks in Korean', async () => {
    await rules('--language', 'ko', '--out', file('r.yml'), '--docs', file('a.md'))
    expect(await written('r.yml')).toMatch(/summary: .*[가-힣]/)
    expect(await written('r.yml')).toContain('docs/alerts.ko.md#errorratiohigh')
    expect(await written('a.md')).toContain('# 알림')
  })

  test('adds objectives, with a warning for what can never fire and for a short retention', async () => {
    await writeFile(file('slo.yml'), objectives)
    await rules('--slo', file('slo.yml'), '--retention', '15d', '--out', file('r.yml'))
    expect(await written('r.yml')).toContain('alert: ErrorBudgetBurn')
    expect(shown).toMatch(/over 1h can never fire.*144 %/)
    expect(shown).toMatch(/30d is longer than the 15d/)
    expect(shown).toMatch(/comparisons with weeks before need samples of 3w/)
  })

  test('takes the prefix of an environment, or one that is given', async () => {
    await rules('--environment', 'production', '--out', file('r.yml'))
    expect(await written('r.yml')).toContain('prod_nodejs_heap_size_limit_bytes')
    expect(await written('r.yml')).not.toContain('staging_')
    await rules('--prefix', '', '--out', file('r.yml'))
    expect(await written('r.yml')).toMatch(/\(nodejs_heap_size_limit_bytes\)/)
  })

  test('asks for the bounds of buckets as the version of Prometheus stores them', async () => {
    const latency = objectives
      .replace('target: 90', 'target: 99')
      .replace(/ratio: .*/, 'latency: { threshold: 1s }')
    await writeFile(file('slo.yml'), latency)
    await rules('--slo', file('slo.yml'), '--out', file('r.yml'))
    expect(await written('r.yml')).toContain('le=~"1|1\\\\.0"')
    await rules('--slo', file('slo.yml'), '--out', file('r.yml'), '--target', '3.x')
    expect(await written('r.yml')).toContain('le="1.0"')
  })

  test('takes other thresholds, in rules and page alike', async () => {
    await writeFile(file('t.yml'), 'http-error-ratio: { critical: 0.02, for: 10m, minimum: 3 }')
    await rules('--tune', file('t.yml'), '--out', file('r.yml'), '--docs', file('a.md'))
    expect(await written('r.yml')).toMatch(/ratio_rate5m > 0\.02\n.*rate5m > 3\n\s+for: 10m/)
    expect(await written('a.md')).toContain('| critical | > 2 %, `job:http_requests:rate5m > 3` | 10m |')
  })
})

describe('telltale rules refuses', () => {
  test.each([
    [['--language', 'de'], /--language is "de"; give en or ko/],
    [['--target', '1.8'], /--target is "1\.8"; give 2\.42 or 3\.x/],
    [['--retention', 'long'], /give a duration/],
    [['--environment', 'prodution'], /development, staging or production/],
    [['--check'], /nothing to compare/],
    [['--slo', '/nowhere/slo.yml'], /there is no such file/],
  ])('%o', async (args, message) => {
    await expect(rules(...args)).rejects.toThrow(message)
  })

  test.each([
    ['slo', 'service: shop\nobjectives: [', /line 2, column/],
    ['slo', objectives.replace('30d', '5m'), /objectives\[0\]\.window.*got "5m"; give 1d to 366d/],
    ['tune', 'http-eror-ratio: { critical: 1 }', /no alert "http-eror-ratio"; there are http-error-ratio/],
    [
      'tune',
      'http-error-ratio: { info: 1 }',
      /"http-error-ratio\.info" is 1; give a number for critical or warning/,
    ],
    ['tune', 'event-loop-lag: { minimum: 1 }', /this alert has no minimum/],
    ['tune', 'event-loop-lag: { for: soon }', /give a duration such as 10m/],
  ])('a file for --%s with a mistake, and says where: %s', async (flag, text, message) => {
    await writeFile(file('given.yml'), text)
    await expect(rules(`--${flag}`, file('given.yml'))).rejects.toThrow(message)
  })
})

test('the rules and the runbooks of this repository are up to date', async () => {
  const english = ['--out', 'deploy/better_rules.yml', '--docs', 'docs/alerts.md', '--job', 'nodejs-app']
  expect(await rules(...english, '--check'), `run: telltale rules ${english.join(' ')}`).toBe(0)
  const korean = ['--docs', 'docs/alerts.ko.md', '--language', 'ko']
  expect(await rules(...korean, '--check'), `run: telltale rules ${korean.join(' ')}`).toBe(0)
})
