import { Ajv } from 'ajv'
import pc from 'picocolors'
import { expect, test } from 'vitest'
import { at, atUrl, reportFormats } from '../../src/finding/index.js'
import { checks, noSeverity, reportOf, shortName, unknownField } from './sample-report.js'
import { sarifSchema } from './sarif-schema.js'

const plain = { language: 'en', failOn: 'error', colours: pc.createColors(false) } as const
const all = [noSeverity, unknownField, shortName]
const missed = [{ name: 'http://localhost:9090', why: { en: 'no answer', ko: '응답 없음' } }]

test('the text has the findings under their files by line, what to do, and a sum', () => {
  expect(reportFormats.text(reportOf(all), plain)).toMatchInlineSnapshot(`
    "deploy/prometheus.yml
      4:3  error  config/unknown-field
        global: got "scrape_intervall", expected a known field
        → Remove "scrape_intervall".
        https://example.com/unknown-field

    deploy/a rule.yml
      2  info  rules/name
        X is short
        → Write {job="x"}, {} and {{ $value }}.
      12:9  warning  rules/no-severity
        alert Down: Down has no severity in {"a": "<&>"}
        → Add severity: critical.

    ✖ 1 error, 1 warning and 1 note in 3 places"
  `)
})

test('a page that explains several findings is named once', () => {
  const again = checks.finding('config/unknown-field', at('other.yml'), { field: 'a' })
  expect(reportFormats.text(reportOf([unknownField, again]), plain).match(/https:/g)).toHaveLength(1)
})

test('the text is in Korean when that is asked for', () => {
  const text = reportFormats.text(reportOf(all, { missed }), { ...plain, language: 'ko' })
  expect(text).toContain('"scrape_intervall" 필드를 알 수 없습니다')
  expect(text).toContain('→ severity: critical 추가.')
  expect(text).toContain('확인하지 못함\n  http://localhost:9090: 응답 없음')
  expect(text).toContain('3곳에서 오류 1건, 경고 1건, 참고 1건')
})

test('a clean run says in how many places nothing was found', () => {
  expect(reportFormats.text(reportOf([]), plain)).toBe('✔ nothing to report in 3 places')
})

test('text from outside cannot colour or move the terminal', () => {
  const evil = checks.finding('config/unknown-field', at('x\u001b[2J\ny'), { field: 'a\u001b]0;title\u0007' })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(reportFormats.text(reportOf([evil]), plain)).not.toMatch(/[\u0007\u001b]/)
})

test('colours are used where they are wanted', () => {
  const text = reportFormats.text(reportOf(all), { ...plain, colours: pc.createColors(true) })
  expect(text).toContain(pc.createColors(true).red('error'))
})

test('JSON has everything, in the language that was asked for, and what a command adds', () => {
  const json = JSON.parse(reportFormats.json(reportOf(all, { missed, data: { coverage: [1] } }), plain))
  expect(json).toMatchObject({
    tool: 'telltale lint',
    language: 'en',
    summary: { counts: { error: 1, warning: 1, info: 1 }, known: 0, gone: 0 },
    missed: [{ name: 'http://localhost:9090', why: 'no answer' }],
    coverage: [1],
  })
  expect(json.findings[0]).toEqual({
    id: 'config/unknown-field',
    severity: 'error',
    where: { kind: 'file', name: 'deploy/prometheus.yml', line: 4, column: 3, within: 'global' },
    what: 'got "scrape_intervall", expected a known field',
    remedy: 'Remove "scrape_intervall".',
    link: 'https://example.com/unknown-field',
    fingerprint: expect.stringMatching(/^[0-9a-f]{20}$/),
  })
})

test('JUnit fails what fails the run, passes the rest, and skips what was not reached', () => {
  expect(reportFormats.junit(reportOf(all, { missed }), plain)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="telltale lint" tests="5" failures="1" errors="0" skipped="1">
      <testsuite name="deploy/prometheus.yml" tests="1" failures="1" errors="0" skipped="0">
        <testcase name="config/unknown-field: global" classname="deploy/prometheus.yml" line="4"><failure type="error" message="got &quot;scrape_intervall&quot;, expected a known field">deploy/prometheus.yml:4:3&#10;got &quot;scrape_intervall&quot;, expected a known field&#10;Remove &quot;scrape_intervall&quot;.</failure></testcase>
      </testsuite>
      <testsuite name="deploy/a rule.yml" tests="2" failures="0" errors="0" skipped="0">
        <testcase name="rules/name" classname="deploy/a rule.yml" line="2"><system-out>info: deploy/a rule.yml:2&#10;X is short&#10;Write {job=&quot;x&quot;}, {} and {{ $value }}.</system-out></testcase>
        <testcase name="rules/no-severity: alert Down" classname="deploy/a rule.yml" line="12"><system-out>warning: deploy/a rule.yml:12:9&#10;Down has no severity in {&quot;a&quot;: &quot;&lt;&amp;&gt;&quot;}&#10;Add severity: critical.</system-out></testcase>
      </testsuite>
      <testsuite name="deploy/fine.yml" tests="1" failures="0" errors="0" skipped="0">
        <testcase name="telltale lint" classname="deploy/fine.yml"/>
      </testsuite>
      <testsuite name="http://localhost:9090" tests="1" failures="0" errors="0" skipped="1">
        <testcase name="telltale lint" classname="http://localhost:9090"><skipped message="no answer"/></testcase>
      </testsuite>
    </testsuites>"
  `)
})

test('JUnit holds no character that XML cannot hold', () => {
  const evil = checks.finding('config/unknown-field', at('x'), { field: 'a\u0000\u001b\ud800\uffff' })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(reportFormats.junit(reportOf([evil]), plain)).not.toMatch(/[\u0000\u001b\ud800\uffff]/)
})

test('GitHub gets one command for each finding, escaped', () => {
  const odd = checks.finding('rules/name', atUrl('http://u:secret@h/m'), { alert: '100%\nsure' })
  expect(reportFormats.github(reportOf([...all, odd], { missed }), plain).split('\n')).toEqual([
    '::error file=deploy/prometheus.yml,line=4,col=3,title=config/unknown-field::global: got "scrape_intervall", expected a known field%0ARemove "scrape_intervall".%0Ahttps://example.com/unknown-field',
    '::notice file=deploy/a rule.yml,line=2,title=rules/name::X is short%0AWrite {job="x"}, {} and {{ $value }}.',
    '::warning file=deploy/a rule.yml,line=12,col=9,title=rules/no-severity::alert Down: Down has no severity in {"a": "<&>"}%0AAdd severity: critical.',
    '::notice title=rules/name::http://h/m: 100%25%0Asure is short%0AWrite {job="x"}, {} and {{ $value }}.',
    '::notice title=not looked at::http://localhost:9090: no answer',
  ])
})

test('SARIF follows its schema, with files, addresses and other places', () => {
  const places = [
    checks.finding('rules/name', atUrl('http://u:secret@h/metrics', { line: 3 }), { alert: 'Y' }),
    checks.finding('rules/name', at('PATH'), { alert: 'Z' }),
  ]
  const text = reportFormats.sarif(reportOf([...all, ...places], { missed }), plain)
  const sarif = JSON.parse(text)
  const validate = new Ajv({ allErrors: true }).compile(sarifSchema)
  validate(sarif)
  expect(validate.errors).toBe(null)
  expect(text).not.toContain('secret')
  const [run] = sarif.runs
  for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
  expect(run.results[1].locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'deploy/a%20rule.yml' },
        region: { startLine: 2 },
      },
    },
  ])
})
