import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CommandArguments } from '../../src/command-arguments.js'
import {
  deliver,
  fingerprints,
  languageOf,
  readReportOptions,
  reportFlags,
  spotIn,
} from '../../src/finding/index.js'
import { checks, noSeverity, recordingTerminal, reportOf, shortName, unknownField } from './sample-report.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finding-'))
})

afterAll(() => rm(folder, { recursive: true }))

const all = [unknownField, noSeverity, shortName]

function optionsOf(...args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options: reportFlags })
  return readReportOptions(new CommandArguments('lint'), values, checks.ids)
}

async function delivered(findings = all, ...args: readonly string[]) {
  const { terminal, text } = recordingTerminal()
  const code = await deliver(reportOf(findings), optionsOf('--language', 'en', ...args), terminal)
  return { code, text: text() }
}

test.each([
  { findings: all, args: [], code: 1 },
  { findings: [noSeverity, shortName], args: [], code: 0 },
  { findings: [noSeverity, shortName], args: ['--fail-on', 'warning'], code: 1 },
  { findings: [shortName], args: ['--fail-on', 'warning'], code: 0 },
  { findings: [shortName], args: ['--fail-on', 'info'], code: 1 },
  { findings: all, args: ['--fail-on', 'never'], code: 0 },
  { findings: all, args: ['--skip', 'config'], code: 0 },
  { findings: all, args: ['--only', 'rules/no-severity,rules/name'], code: 0 },
  { findings: all, args: ['--only', 'config/*'], code: 1 },
])('with $args and $findings.length findings the exit code is $code', async ({ findings, args, code }) => {
  expect((await delivered(findings, ...args)).code).toBe(code)
})

test('the exit code is 2 when nothing could be looked at', async () => {
  const { terminal } = recordingTerminal()
  expect(await deliver(reportOf([], { looked: [] }), optionsOf(), terminal)).toBe(2)
})

test('--only and --skip leave out by id and by area', async () => {
  expect((await delivered(all, '--only', 'rules')).text).not.toContain('config/unknown-field')
  expect((await delivered(all, '--skip', 'rules/na*')).text).not.toContain('rules/name')
})

test.each([
  { args: ['--only', 'rulez'], says: '--only is "rulez", which no check fits' },
  {
    args: ['--skip', 'rules/no-sev'],
    says: 'give an id such as config/unknown-field, or an area: config, rules',
  },
  { args: ['--format', 'html'], says: 'give text, json, junit, sarif or github' },
  { args: ['--fail-on', 'fatal'], says: 'give error, warning, info or never' },
  { args: ['--language', 'de'], says: 'give en or ko' },
  { args: ['--update-baseline'], says: '--baseline FILE' },
])('$args is refused with the remedy', ({ args, says }) => {
  expect(() => optionsOf(...args)).toThrow(says)
})

test('what the baseline knows is left out, until it changes', async () => {
  const file = join(folder, 'baseline.json')
  const first = await delivered(all, '--baseline', file, '--update-baseline')
  expect(first.code).toBe(0)

  const moved = all.map((finding) => ({ ...finding, where: spotIn(finding.where, { line: 99 }) }))
  const again = await delivered(moved, '--baseline', file)
  expect(again).toMatchObject({
    code: 0,
    text: expect.stringContaining('3 findings that the baseline knows left out'),
  })

  const another = { ...unknownField, where: spotIn(unknownField.where, { within: 'scrape_configs[1]' }) }
  const more = await delivered([...all, another], '--baseline', file)
  expect(more.code).toBe(1)
  expect(more.text).toContain('1 error, 0 warnings')

  const repaired = await delivered([shortName], '--baseline', file)
  expect(repaired.text).toContain('2 entries of the baseline gone')
})

test('a second finding that is alike in everything is not known', async () => {
  const file = join(folder, 'twice.json')
  await delivered([unknownField], '--baseline', file, '--update-baseline')
  expect((await delivered([unknownField, unknownField], '--baseline', file)).code).toBe(1)
})

test('the baseline is the same text whatever the language and the order', async () => {
  const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')]
  await delivered(all, '--baseline', one, '--update-baseline')
  await delivered([...all].reverse(), '--baseline', two, '--update-baseline', '--language', 'ko')
  expect(await readFile(two, 'utf8')).toBe(await readFile(one, 'utf8'))
})

test('a baseline that is missing or is something else is refused', async () => {
  await expect(delivered(all, '--baseline', join(folder, 'none.json'))).rejects.toThrow('--update-baseline')
  const other = join(folder, 'other.json')
  await delivered(all, '--format', 'json', '--output', other)
  await expect(delivered(all, '--baseline', other)).rejects.toThrow('is no baseline of this command')
})

test('--output takes the report, and the terminal says the sum', async () => {
  const file = join(folder, 'report.sarif')
  const { text } = await delivered(all, '--format', 'sarif', '--output', file)
  expect(JSON.parse(await readFile(file, 'utf8')).version).toBe('2.1.0')
  expect(text).toBe(`✖ 1 error, 1 warning and 1 note in 3 places\n${file}\n`)
})

test('an output that cannot be written is refused', async () => {
  await expect(delivered(all, '--output', join(folder, 'none', 'x'))).rejects.toThrow('cannot be written')
})

test('fingerprints do not depend on lines, and differ for subjects', () => {
  const [mark] = fingerprints([unknownField])
  const other = checks.finding('config/unknown-field', unknownField.where, { field: 'x' }, { subject: 'x' })
  expect(fingerprints([other])).not.toEqual([mark])
  expect(fingerprints([{ ...unknownField, where: spotIn(unknownField.where, { line: 1 }) }])).toEqual([mark])
})

test.each([
  [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
  [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'kok_IN' }, 'en'],
  [{}, 'en'],
])('with %o the language is %s', (env, language) => {
  expect(languageOf(env)).toBe(language)
})
