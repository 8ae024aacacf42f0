import type pc from 'picocolors'
import type { Language, SignalGroup } from 'telltale/monitoring'
import type { SignalCoverage } from './coverage.js'

type Colours = ReturnType<typeof pc.createColors>

const headings: Readonly<Record<Language, readonly string[]>> = {
  en: ['exposed', 'recorded', 'alerted', 'dashboard'],
  ko: ['노출', '저장', '알림', '대시보드'],
}

const marks = { yes: '✔', no: '✖', unknown: '?', unneeded: '·' } as const

/** The signals as a table, by group: those that lack something one by one, the others together. */
export function coverageText(rows: readonly SignalCoverage[], language: Language, colours: Colours): string {
  const groups = [...new Set(rows.map(({ group }) => group))]
  const width = Math.max(...rows.map(({ title }) => columns(title[language])))
  const heads = headings[language]
  const title = { en: 'Signals', ko: '신호' }[language]
  const first = `${colours.bold(pad(title, width + 6))}${heads.map((head) => pad(head, columns(head) + 2)).join('')}`
  const legend = {
    en: '✔ yes  ✖ no  ? could not be looked at  · not needed',
    ko: '✔ 예  ✖ 아니오  ? 확인하지 못함  · 필요 없음',
  }[language]
  const blocks = groups.map((group) => block(group, rows, language, width, colours))
  return [first.trimEnd(), ...blocks, colours.dim(legend)].join('\n')
}

function block(
  group: SignalGroup,
  rows: readonly SignalCoverage[],
  language: Language,
  width: number,
  colours: Colours,
): string {
  const own = rows.filter((row) => row.group === group)
  if (own.every(({ exposed }) => exposed === 'no')) {
    const nothing = { en: 'nothing of it is exposed', ko: '노출되는 것이 없음' }[language]
    return `  ${colours.dim(`${group}: ${nothing} (${own.length})`)}`
  }
  const shown = own.filter(({ exposed }) => exposed !== 'no')
  const hidden = own.length - shown.length
  const lacking = shown.filter((row) => !cellsOf(row).every((cell) => cell === 'yes' || cell === 'unneeded'))
  const complete = shown.length - lacking.length
  const line = (title: string, cells: readonly Cell[]) =>
    `${pad(title, width + 4)}  ${marked(cells, language, colours)}`.trimEnd()
  const [all, rest, none] = {
    en: [`${group} (${complete})`, `${complete} more`, `${hidden} more, of which nothing is exposed`],
    ko: [`${group} (${complete})`, `그 밖의 ${complete}개`, `노출되지 않는 신호 ${hidden}개`],
  }[language] as [string, string, string]
  const whole: readonly Cell[] = ['yes', 'yes', 'yes', 'yes']
  return [
    lacking.length === 0 ? line(`  ${all}`, whole) : `  ${group}`,
    ...lacking.map((row) => line(`    ${row.title[language]}`, cellsOf(row))),
    ...(lacking.length === 0 || complete === 0 ? [] : [line(`    ${rest}`, whole)]),
    ...(hidden === 0 ? [] : [`    ${colours.dim(none)}`]),
  ].join('\n')
}

type Cell = SignalCoverage['alerted']

function cellsOf({ exposed, recorded, alerted, dashboard }: SignalCoverage): readonly Cell[] {
  return [exposed, recorded, alerted, dashboard]
}

function marked(cells: readonly Cell[], language: Language, colours: Colours): string {
  return cells
    .map((cell, index) => {
      const paint = cell === 'yes' ? colours.green : cell === 'no' ? colours.red : colours.dim
      return paint(marks[cell]) + ' '.repeat(columns(headings[language][index]!) + 1)
    })
    .join('')
}

/** Columns of a terminal: Korean letters take two. */
function columns(text: string): number {
  return [...text].reduce(
    (sum, letter) => sum + (/[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  )
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}
