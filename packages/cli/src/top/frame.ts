import type { Language } from '../language.js'
import { columnsOf, cutTo, ending } from '../text-columns.js'
import { fitted, harmless } from './drawing.js'
import type { EndpointHistory } from './endpoint-history.js'
import { shortBytes, shortDuration, wholeNumber } from './figures.js'
import {
  busyColumns,
  type Colours,
  type Column,
  failingColumns,
  growingColumns,
  seriesCell,
  slowColumns,
} from './table.js'
import { type ColumnName, type TopTexts, topTexts } from './top-texts.js'
import { busiest, failing, growing, slowest, type ViewName, viewNames } from './views.js'

export interface FrameState {
  readonly source: string
  readonly view: ViewName
  /** The first row that is shown. */
  readonly offset: number
  readonly paused: boolean
  /** Milliseconds between readings. */
  readonly every: number
  /** Why the newest reading failed. */
  readonly trouble: string | undefined
  readonly language: Language
}

export interface FrameSize {
  readonly columns: number
  readonly rows: number
}

/** One screen: its lines, and how many rows of the view there are and fit. */
export interface Frame {
  readonly lines: readonly string[]
  readonly total: number
  readonly visible: number
}

interface Body {
  readonly total: number
  readonly title: string
  rows(from: number, count: number): string[]
}

/** Draws the whole screen, `size.rows` lines of it. */
export function frameOf(
  history: EndpointHistory,
  state: FrameState,
  size: FrameSize,
  colours: Colours,
): Frame {
  const texts = topTexts[state.language]
  const body = bodyOf(history, state.view, { width: size.columns, colours, texts })
  const visible = Math.max(1, size.rows - 7)
  const offset = Math.min(state.offset, Math.max(0, body.total - visible))
  const rows = body.rows(offset, visible)
  if (body.total === 0) rows.push(colours.dim(fitted(`  ${texts.nothing[state.view]}`, size.columns)))
  const lines = [
    titleLine(state, size.columns, colours, texts),
    factsLine(history, state, size.columns, colours),
    '',
    tabsLine(state.view, size.columns, colours, texts),
    colours.dim(body.title),
    ...rows,
    ...Array.from({ length: visible - rows.length }, () => ''),
    '',
    footerLine({ total: body.total, offset, visible }, size.columns, colours, texts),
  ]
  return { lines, total: body.total, visible }
}

/** A view as a plain table of at most `count` rows, with its heading. */
export function tableOf(
  history: EndpointHistory,
  view: ViewName,
  size: FrameSize,
  colours: Colours,
  language: Language,
): readonly string[] {
  const texts = topTexts[language]
  const body = bodyOf(history, view, { width: size.columns, colours, texts })
  const heading = colours.bold(texts.views[view].toUpperCase())
  if (body.total === 0) return [heading, `  ${texts.nothing[view]}`]
  const more = body.total - size.rows
  const rest = more > 0 ? [colours.dim(`  ${texts.more(wholeNumber(more))}`)] : []
  return [heading, colours.dim(body.title), ...body.rows(0, size.rows), ...rest].map((line) => line.trimEnd())
}

/** What was read, in one line. */
export function factsOf(history: EndpointHistory, language: Language): string {
  const { newest } = history
  if (newest === undefined) return ''
  return topTexts[language].facts(
    wholeNumber(history.series),
    wholeNumber(newest.exposition.families.length),
    shortBytes(newest.bytes),
    shortDuration(newest.seconds),
  )
}

/** How a view is drawn. */
interface Style {
  readonly width: number
  readonly colours: Colours
  readonly texts: TopTexts
}

function bodyOf(history: EndpointHistory, view: ViewName, style: Style): Body {
  switch (view) {
    case 'busiest':
      return bodyFrom(busiest(history), busyColumns, style)
    case 'slowest':
      return bodyFrom(slowest(history), slowColumns, style)
    case 'failing':
      return bodyFrom(failing(history), failingColumns, style)
    case 'growing':
      return bodyFrom(growing(history), growingColumns, style, 'metric')
  }
}

function bodyFrom<R extends { readonly name: string; readonly labels: Readonly<Record<string, string>> }>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  { width, colours, texts }: Style,
  last: ColumnName = 'series',
): Body {
  const shown = columns.filter(({ from = 0 }) => width >= from)
  const before = shown.reduce((sum, column) => sum + column.width + 2, 2)
  const cell = (column: Column<R>, text: string) =>
    column.align === 'right' ? ending(text, column.width) : fitted(text, column.width)
  const line = (row: R) => {
    const cells = shown.map((column) => {
      const colour = column.colour?.(row, colours)
      const text = cell(column, column.text(row, rows, texts))
      return colour === undefined ? text : colour(text)
    })
    return `  ${cells.join('  ')}  ${seriesCell(row.name, row.labels, width - before, colours)}`
  }
  const titles = shown.map((column) =>
    cell(column, column.title === undefined ? '' : texts.columns[column.title]),
  )
  return {
    total: rows.length,
    title: fitted(`  ${titles.join('  ')}  ${texts.columns[last]}`, width).trimEnd(),
    rows: (from, count) => rows.slice(from, from + count).map(line),
  }
}

function titleLine(
  { source, paused, trouble, every }: FrameState,
  width: number,
  colours: Colours,
  texts: TopTexts,
): string {
  const { bold, cyan, dim, green, red, yellow } = colours
  const [mark, word] =
    trouble !== undefined
      ? [red, texts.noAnswer]
      : paused
        ? [yellow, texts.paused]
        : [green, texts.every(shortDuration(every / 1000))]
  const name = 'telltale top'
  const room = width - name.length - columnsOf(word) - 10
  return ` ${bold(name)}  ${cyan(fitted(source, room))}  ${mark(trouble === undefined && !paused ? '●' : '○')} ${dim(word)}`
}

function factsLine(
  history: EndpointHistory,
  { trouble, language }: FrameState,
  width: number,
  { dim, red }: Colours,
): string {
  return trouble === undefined
    ? dim(cutTo(` ${factsOf(history, language)}`, width))
    : red(cutTo(` ${harmless(trouble)}`, width))
}

function tabsLine(
  view: ViewName,
  width: number,
  { bold, dim, inverse, isColorSupported }: Colours,
  { views }: TopTexts,
): string {
  const all = viewNames.reduce((sum, name) => sum + columnsOf(views[name]) + 5, 1)
  const tabs = viewNames.map((name, i) => {
    // Where there is no room for all, the keys have to do.
    const text = name === view || all <= width ? `${i + 1} ${views[name]}` : String(i + 1)
    if (name !== view) return dim(` ${text} `)
    return isColorSupported ? bold(inverse(` ${text} `)) : `[${text}]`
  })
  return ` ${tabs.join(' ')}`
}

function footerLine(
  { total, offset, visible }: { readonly total: number; readonly offset: number; readonly visible: number },
  width: number,
  { dim }: Colours,
  texts: TopTexts,
): string {
  const keys = cutTo(` ${texts.keys}`, width)
  const last = Math.min(total, offset + visible)
  const count = wholeNumber(total)
  const place = `${total > visible ? texts.place(offset + 1, last, count) : texts.rows(count)} `
  const gap = width - columnsOf(keys) - columnsOf(place)
  return dim(gap > 0 ? keys + ' '.repeat(gap) + place : keys)
}
