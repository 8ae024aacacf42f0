import type { Finding } from './finding.js'
import { placeText } from './place.js'
import type { Render, RenderOptions } from './render.js'
import { byPlace } from './report.js'
import { fails } from './severity.js'

interface Suite {
  readonly xml: string
  readonly tests: number
  readonly failures: number
  readonly skipped: number
}

/** JUnit XML: a suite for each place, a failed case for each finding that fails the run, and a passed one for others. */
export const renderJunit: Render = (report, options) => {
  const groups = byPlace(report.findings)
  const names = new Set([...report.looked, ...groups.keys()])
  const suites = [...names].map((name) => suiteOf(report.tool, name, groups.get(name) ?? [], options))
  const missed = report.missed.map(({ name, why }) => missedSuite(report.tool, name, why[options.language]))
  const all = [...suites, ...missed]
  const counts = countsOf(all)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(report.tool)}" ${attributes(counts)}>`,
    ...all.map((suite) => suite.xml),
    '</testsuites>',
  ].join('\n')
}

function suiteOf(tool: string, name: string, findings: readonly Finding[], options: RenderOptions): Suite {
  const cases = findings.map((finding) => caseOf(name, finding, options))
  const lines = cases.length === 0 ? [`    <testcase name="${xml(tool)}" classname="${xml(name)}"/>`] : cases
  const failures = findings.filter(({ severity }) => fails(severity, options.failOn)).length
  return suite(name, lines, { tests: lines.length, failures, skipped: 0 })
}

function missedSuite(tool: string, name: string, why: string): Suite {
  const line = `    <testcase name="${xml(tool)}" classname="${xml(name)}"><skipped message="${xml(why)}"/></testcase>`
  return suite(name, [line], { tests: 1, failures: 0, skipped: 1 })
}

function suite(name: string, lines: readonly string[], counts: Omit<Suite, 'xml'>): Suite {
  const open = `  <testsuite name="${xml(name)}" ${attributes(counts)}>`
  const { tests, failures, skipped } = counts
  return { xml: [open, ...lines, '  </testsuite>'].join('\n'), tests, failures, skipped }
}

function caseOf(
  place: string,
  { id, severity, where, text }: Finding,
  { failOn, language }: RenderOptions,
): string {
  const { what, remedy } = text[language]
  const body = xml(`${placeText(where)}\n${what}\n${remedy}`)
  const name = where.within === undefined ? id : `${id}: ${where.within}`
  const open = `    <testcase name="${xml(name)}" classname="${xml(place)}"${lineAttribute(where.line)}>`
  const content = fails(severity, failOn)
    ? `<failure type="${severity}" message="${xml(what)}">${body}</failure>`
    : `<system-out>${severity}: ${body}</system-out>`
  return `${open}${content}</testcase>`
}

function lineAttribute(line: number | undefined): string {
  return line === undefined ? '' : ` line="${line}"`
}

function countsOf(suites: readonly Suite[]): Omit<Suite, 'xml'> {
  const sum = (pick: (suite: Suite) => number) => suites.reduce((total, suite) => total + pick(suite), 0)
  return { tests: sum((s) => s.tests), failures: sum((s) => s.failures), skipped: sum((s) => s.skipped) }
}

function attributes({ tests, failures, skipped }: Omit<Suite, 'xml'>): string {
  return `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}"`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}

/** What XML 1.0 cannot hold at all is replaced, lone surrogates included. */
function xml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"\n]/g, (character) => entities[character]!)
  )
}
