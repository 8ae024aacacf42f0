import type { Finding } from './finding.js'
import { printable } from './printable.js'
import type { Render, RenderOptions } from './render.js'
import { byPlace, countBySeverity, type Report, worst } from './report.js'
import { words } from './words.js'

/** For people: the findings under the places where they are, and one line with the sum. A page is named once. */
export const renderText: Render = (report, options) => {
  const explained = firstLinks(report.findings)
  const blocks = [...byPlace(report.findings)].map(([name, findings]) =>
    block(name, findings, explained, options),
  )
  return [...blocks, ...missedBlock(report, options), summary(report, options)].join('\n\n')
}

/** The first finding with each link. */
function firstLinks(findings: readonly Finding[]): ReadonlySet<Finding> {
  const firsts = new Map<string, Finding>()
  for (const finding of findings) {
    if (finding.link !== undefined && !firsts.has(finding.link)) firsts.set(finding.link, finding)
  }
  return new Set(firsts.values())
}

function block(
  name: string,
  findings: readonly Finding[],
  explained: ReadonlySet<Finding>,
  options: RenderOptions,
): string {
  const { colours } = options
  const entries = findings.map((finding) => {
    const lines = entry(finding, options)
    return explained.has(finding) ? `${lines}\n    ${colours.dim(finding.link!)}` : lines
  })
  return [colours.underline(printable(name)), ...entries].join('\n')
}

function entry({ id, severity, where, text }: Finding, { colours, language }: RenderOptions): string {
  const colour = { error: colours.red, warning: colours.yellow, info: colours.cyan }[severity]
  const { what, remedy } = text[language]
  const spot = [where.line, where.line === undefined ? undefined : where.column]
    .filter((part) => part !== undefined)
    .join(':')
  const head = [spot, colour(words[language].severity[severity]), colours.dim(id)].filter(
    (part) => part !== '',
  )
  const within = where.within === undefined ? '' : `${printable(where.within)}: `
  return [`  ${head.join('  ')}`, `    ${within}${printable(what)}`, `    → ${printable(remedy)}`].join('\n')
}

function missedBlock({ missed }: Report, { colours, language }: RenderOptions): readonly string[] {
  if (missed.length === 0) return []
  const lines = missed.map(({ name, why }) => `  ${printable(name)}: ${printable(why[language])}`)
  return [[colours.underline(words[language].missed), ...lines].join('\n')]
}

function summary(report: Report, { colours, language }: RenderOptions): string {
  const { findings, looked, known, gone } = report
  const { nothing, total, known: knownText, gone: goneText } = words[language]
  const bad = worst(findings)
  const paint = bad === undefined ? colours.green : bad === 'error' ? colours.red : colours.yellow
  const sum = bad === undefined ? nothing(looked.length) : total(countBySeverity(findings), looked.length)
  return [
    `${paint(bad === undefined ? '✔' : '✖')} ${sum}`,
    ...(known === 0 ? [] : [knownText(known)]),
    ...(gone === 0 ? [] : [goneText(gone)]),
  ].join('\n')
}
