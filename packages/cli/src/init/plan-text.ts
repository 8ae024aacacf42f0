import { diffLines } from '../optimize/apply/line-diff.js'
import type { Terminal } from '../terminal.js'
import { adviceFor } from './advice.js'
import { type Change, isWritten } from './change.js'
import type { InitPlan } from './init-plan.js'
import { type InitTexts, initTexts } from './init-texts.js'

/** Beyond, a difference is told in one line. */
const longestDifference = 2_000

/** Shows what a plan writes: every file, and of files that are there what changes in them. */
export function printPlan(plan: InitPlan, terminal: Terminal): void {
  const texts = initTexts[plan.shape.language]
  terminal.line(`  ${terminal.colours.bold(plan.project.name)}: ${projectLine(plan)}`)
  terminal.line()
  const width = Math.max(...plan.changes.map(({ kind }) => widthOf(texts.kind[kind])))
  for (const change of plan.changes.filter(({ kind }) => kind !== 'same')) {
    printChange(change, width, texts, terminal)
  }
  const same = plan.changes.filter(({ kind }) => kind === 'same').length
  if (same > 0) terminal.line(terminal.colours.dim(`  ${texts.unchanged(same)}`))
  terminal.line()
}

/** Shows what is left to be done by hand. */
export function printAdvice(plan: InitPlan, terminal: Terminal): void {
  for (const line of adviceFor(plan)) terminal.line(`  ${terminal.colours.yellow('!')} ${line}`)
}

/** `Express 5, ESM, TypeScript, pg, redis`. */
function projectLine({ project }: InitPlan): string {
  const { framework, unknownFramework, typescript, entry, manifest, drivers } = project
  const isModule = (entry?.modules ?? (manifest.type === 'module' ? 'import' : 'require')) === 'import'
  return [
    unknownFramework !== undefined && framework.name === 'http' ? unknownFramework : framework.title,
    isModule ? 'import' : 'require',
    typescript ? 'TypeScript' : 'JavaScript',
    ...drivers,
    ...(entry === undefined ? [] : [entry.path]),
  ].join(', ')
}

function printChange(change: Change, width: number, texts: InitTexts, terminal: Terminal): void {
  const { green, yellow, dim, cyan } = terminal.colours
  const paint = { create: green, update: cyan, edit: cyan, beside: yellow, yours: dim, same: dim }[
    change.kind
  ]
  const word = texts.kind[change.kind]
  const lines = change.after.split('\n').length - 1
  const size = change.kind === 'create' ? dim(`  ${texts.lines(lines)}`) : ''
  terminal.line(`  ${paint(word)}${' '.repeat(width - widthOf(word))}  ${change.path}${size}`)
  if (!isWritten(change) || change.before === undefined) return
  if (Math.max(lines, change.before.split('\n').length) > longestDifference) {
    terminal.line(dim(`      ${texts.lines(lines)}`))
    return
  }
  for (const line of diffLines(change.before, change.after, terminal.colours)) terminal.line(`      ${line}`)
}

/** In columns: a Korean letter takes two. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u1100' ? 2 : 1), 0)
}
