import { fitted } from './drawing.js'
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

const nothing: Readonly<Record<ViewName, string>> = {
  busiest: 'No counters here.',
  slowest: 'No durations were observed: no histogram or summary in seconds has a count.',
  failing: 'Nothing has failed: no error counter and no 5xx series is above zero.',
  growing: 'No metrics here.',
}

/** Draws the whole screen, `size.rows` lines of it. */
export function frameOf(
  history: EndpointHistory,
  state: FrameState,
  size: FrameSize,
  colours: Colours,
): Frame {
  const body = bodyOf(history, state.view, size.columns, colours)
  const visible = Math.max(1, size.rows - 7)
  const offset = Math.min(state.offset, Math.max(0, body.total - visible))
  const rows = body.rows(offset, visible)
  if (body.total === 0) rows.push(colours.dim(fitted(`  ${nothing[state.view]}`, size.columns)))
  const lines = [
    titleLine(state, size.columns, colours),
    factsLine(history, state, colours),
    '',
    tabsLine(state.view, colours),
    colours.dim(body.title),
    ...rows,
    ...Array.from({ length: visible - rows.length }, () => ''),
    '',
    footerLine(body.total, offset, visible, size.columns, colours),
  ]
  return { lines, total: body.total, visible }
}

/** A view as a plain table of at most `count` rows, with its heading. */
export function tableOf(
  history: EndpointHistory,
  view: ViewName,
  size: FrameSize,
  colours: Colours,
): readonly string[] {
  const body = bodyOf(history, view, size.columns, colours)
  const heading = colours.bold(view.toUpperCase())
  if (body.total === 0) return [heading, `  ${nothing[view]}`]
  const more = body.total - size.rows
  const rest = more > 0 ? [colours.dim(`  and ${wholeNumber(more)} more`)] : []
  return [heading, colours.dim(body.title), ...body.rows(0, size.rows), ...rest].map((line) => line.trimEnd())
}

/** What was read, in one line. */
export function factsOf(history: EndpointHistory): string {
  const { newest } = history
  if (newest === undefined) return ''
  const families = newest.exposition.families.length
  return (
    `${wholeNumber(history.series)} series of ${wholeNumber(families)} metrics, ` +
    `${shortBytes(newest.bytes)} in ${shortDuration(newest.seconds)}`
  )
}

function bodyOf(history: EndpointHistory, view: ViewName, width: number, colours: Colours): Body {
  switch (view) {
    case 'busiest':
      return bodyFrom(busiest(history), busyColumns, width, colours)
    case 'slowest':
      return bodyFrom(slowest(history), slowColumns, width, colours)
    case 'failing':
      return bodyFrom(failing(history), failingColumns, width, colours)
    case 'growing':
      return bodyFrom(growing(history), growingColumns, width, colours, 'metric')
  }
}

function bodyFrom<R extends { readonly name: string; readonly labels: Readonly<Record<string, string>> }>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  width: number,
  colours: Colours,
  last = 'series',
): Body {
  const shown = columns.filter(({ from = 0 }) => width >= from)
  const before = shown.reduce((sum, column) => sum + column.width + 2, 2)
  const cell = (column: Column<R>, text: string) =>
    column.align === 'right' ? text.padStart(column.width) : fitted(text, column.width)
  const line = (row: R) => {
    const cells = shown.map((column) => {
      const colour = column.colour?.(row, colours)
      const text = cell(column, column.text(row, rows))
      return colour === undefined ? text : colour(text)
    })
    return `  ${cells.join('  ')}  ${seriesCell(row.name, row.labels, width - before, colours)}`
  }
  return {
    total: rows.length,
    title: fitted(
      `  ${shown.map((column) => cell(column, column.title)).join('  ')}  ${last}`,
      width,
    ).trimEnd(),
    rows: (from, count) => rows.slice(from, from + count).map(line),
  }
}

function titleLine({ source, paused, trouble, every }: FrameState, width: number, colours: Colours): string {
  const { bold, cyan, dim, green, red, yellow } = colours
  const [mark, word] =
    trouble !== undefined
      ? [red, 'no answer']
      : paused
        ? [yellow, 'paused']
        : [green, `every ${shortDuration(every / 1000)}`]
  const name = 'telltale top'
  const room = width - name.length - word.length - 10
  return ` ${bold(name)}  ${cyan(fitted(source, room))}  ${mark(trouble === undefined && !paused ? '●' : '○')} ${dim(word)}`
}

function factsLine(history: EndpointHistory, { trouble }: FrameState, { dim, red }: Colours): string {
  return trouble === undefined ? dim(` ${factsOf(history)}`) : red(` ${trouble}`)
}

function tabsLine(view: ViewName, { bold, dim, inverse, isColorSupported }: Colours): string {
  const tabs = viewNames.map((name, i) => {
    const text = `${i + 1} ${name[0]!.toUpperCase()}${name.slice(1)}`
    if (name !== view) return dim(` ${text} `)
    return isColorSupported ? bold(inverse(` ${text} `)) : `[${text}]`
  })
  return ` ${tabs.join(' ')}`
}

function footerLine(total: number, offset: number, visible: number, width: number, { dim }: Colours): string {
  const keys = ' ←→ or 1–4 view   ↑↓ scroll   space pause   q quit'
  const last = Math.min(total, offset + visible)
  const place =
    total > visible ? `${offset + 1}–${last} of ${wholeNumber(total)} ` : `${wholeNumber(total)} rows `
  const gap = width - keys.length - place.length
  return dim(gap > 0 ? keys + ' '.repeat(gap) + place : keys)
}
