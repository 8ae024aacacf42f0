import { type Finding, fits } from '../finding/index.js'

/** Lines that a comment speaks for, from 1, and the patterns of ids. */
interface Ignored {
  readonly from: number
  readonly to: number
  readonly patterns: readonly string[]
}

const comment = /^(.*?)#\s*telltale-ignore\s+([\w/*-]+(?:\s*,\s*[\w/*-]+)*)\s*:\s*\S/

/**
 * Leaves out the findings that comments of a YAML file take away: `# telltale-ignore rules/no-runbook: reason`. Behind
 * something it speaks for its line; on a line of its own for what begins below, with all that is indented more. A
 * comment without a reason counts for nothing.
 */
export function withoutIgnored(findings: readonly Finding[], text: string): readonly Finding[] {
  if (!text.includes('telltale-ignore')) return findings
  const ignored = ignoredIn(text)
  return findings.filter(
    ({ id, where: { line } }) =>
      line === undefined ||
      !ignored.some(
        ({ from, to, patterns }) =>
          line >= from && line <= to && patterns.some((pattern) => fits(id, pattern)),
      ),
  )
}

function ignoredIn(text: string): readonly Ignored[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const [, before = '', list = ''] = comment.exec(line) ?? []
    if (list === '') return []
    const patterns = list.split(',').map((pattern) => pattern.trim())
    if (before.trim() !== '') return [{ from: index + 1, to: index + 1, patterns }]
    const first = lines.findIndex((below, at) => at > index && isContent(below))
    return first === -1 ? [] : [{ from: first + 1, to: endOf(lines, first), patterns }]
  })
}

/** The last line of what begins on a line, from 1. Lists may stand as far left as the key that has them. */
function endOf(lines: readonly string[], first: number): number {
  const indent = indentOf(lines[first]!)
  const isItem = lines[first]!.trimStart().startsWith('-')
  const next = lines.findIndex((line, at) => {
    if (at <= first || !isContent(line) || indentOf(line) > indent) return false
    return indentOf(line) < indent || isItem || !line.trimStart().startsWith('-')
  })
  return next === -1 ? lines.length : next
}

function isContent(line: string): boolean {
  return /^\s*[^\s#]/.test(line)
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
