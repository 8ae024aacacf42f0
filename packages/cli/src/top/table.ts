import type pc from 'picocolors'
import { columnsOf, cutTo } from '../text-columns.js'
import { bar, harmless, sparkline } from './drawing.js'
import { percent, shortDuration, shortNumber, wholeNumber } from './figures.js'
import type { ColumnName, TopTexts } from './top-texts.js'
import { type BusyRow, type FailingRow, type GrowingRow, type SlowRow, TREND } from './views.js'

export type Colours = ReturnType<typeof pc.createColors>

type Colour = (text: string) => string

/** One column in front of the series. */
export interface Column<R> {
  /** None for a bar. */
  readonly title: ColumnName | undefined
  readonly width: number
  readonly align: 'left' | 'right'
  text(row: R, rows: readonly R[], texts: TopTexts): string
  colour?(row: R, colours: Colours): Colour | undefined
  /** From this width of the terminal on. */
  readonly from?: number
}

const BAR = 10

const trend: Column<BusyRow> = {
  title: 'trend',
  width: TREND,
  align: 'left',
  text: (row) => sparkline(row.trend),
  colour: (_, { cyan }) => cyan,
  from: 90,
}

const total: Column<BusyRow> = {
  title: 'total',
  width: 12,
  align: 'right',
  text: (row) => wholeNumber(row.total),
  from: 60,
}

const rate: Column<BusyRow> = {
  title: 'perSecond',
  width: 10,
  align: 'right',
  text: (row) => (row.rate > 0 ? shortNumber(row.rate) : '–'),
  colour: (row, { bold, dim }) => (row.rate > 0 ? bold : dim),
}

export const busyColumns: readonly Column<BusyRow>[] = [
  {
    title: undefined,
    width: BAR,
    align: 'left',
    text: (row, rows) => bar(share(row.rate, rows[0]?.rate), BAR),
    colour: (_, { green }) => green,
    from: 70,
  },
  rate,
  trend,
  total,
]

export const slowColumns: readonly Column<SlowRow>[] = [
  {
    title: undefined,
    width: BAR,
    align: 'left',
    text: (row, rows) => (row.idle ? ''.padEnd(BAR) : bar(share(worth(row), worth(rows[0])), BAR)),
    colour: (row, colours) => speed(worth(row), colours),
    from: 70,
  },
  {
    title: 'p95',
    width: 9,
    align: 'right',
    text: ({ p95, beyond }) => (p95 === undefined ? '–' : `${beyond ? '>' : ''}${shortDuration(p95)}`),
    colour: (row, colours) => (row.idle ? colours.dim : speed(worth(row), colours)),
  },
  {
    title: 'mean',
    width: 9,
    align: 'right',
    text: (row) => shortDuration(row.mean),
    colour: (row, { dim }) => (row.idle ? dim : undefined),
  },
  {
    title: 'perSecond',
    width: 10,
    align: 'right',
    text: (row, _, { resting }) => (row.idle ? resting : shortNumber(row.rate)),
    colour: (row, { dim }) => (row.idle ? dim : undefined),
  },
]

export const failingColumns: readonly Column<FailingRow>[] = [
  {
    title: undefined,
    width: BAR,
    align: 'left',
    text: (row, rows) => bar(share(row.rate, rows[0]?.rate), BAR),
    colour: (_, { red }) => red,
    from: 70,
  },
  { ...rate, colour: (row, { red, dim }) => (row.rate > 0 ? red : dim) },
  {
    title: 'share',
    width: 8,
    align: 'right',
    text: (row) => (row.share === undefined || row.rate === 0 ? '–' : percent(row.share)),
    colour: (row, { red, yellow, dim }) => (!row.rate || !row.share ? dim : row.share >= 0.05 ? red : yellow),
  },
  { ...trend, colour: (_, { red }) => red },
  total,
]

export const growingColumns: readonly Column<GrowingRow>[] = [
  {
    title: undefined,
    width: BAR,
    align: 'left',
    text: (row, rows) => bar(share(row.series, Math.max(...rows.map(({ series }) => series))), BAR),
    colour: (_, { magenta }) => magenta,
    from: 70,
  },
  { title: 'series', width: 9, align: 'right', text: (row) => wholeNumber(row.series) },
  {
    title: 'ofAll',
    from: 60,
    width: 9,
    align: 'right',
    text: (row) => percent(row.share),
    colour: (row, { yellow }) => (row.share > 0.25 ? yellow : undefined),
  },
  {
    title: 'sinceStart',
    from: 60,
    width: 11,
    align: 'right',
    text: (row) => signed(row.added, wholeNumber),
    colour: (row, { yellow, dim }) => (row.added > 0 ? yellow : dim),
  },
  {
    title: 'perMinute',
    width: 10,
    align: 'right',
    text: (row) => signed(row.perMinute, shortNumber),
    colour: (row, { yellow, dim }) => (row.perMinute > 0 ? yellow : dim),
  },
]

/** A series: its name, and its labels behind it in a quieter colour, in at most `width` columns. */
export function seriesCell(
  name: string,
  labels: Readonly<Record<string, string>>,
  width: number,
  { cyan, dim }: Colours,
): string {
  if (width < 4) return ''
  const shownName = harmless(name)
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${harmless(value)}"`)
  const tail = pairs.length === 0 ? '' : `{${pairs.join(', ')}}`
  const room = width - columnsOf(shownName)
  return room > 0 ? cyan(shownName) + dim(cutTo(tail, room)) : cyan(cutTo(shownName, width))
}

function share(value: number, most = 0): number {
  return most > 0 ? value / most : 0
}

function worth(row: SlowRow | undefined): number {
  return row?.p95 ?? row?.mean ?? 0
}

function speed(seconds: number, { green, yellow, red }: Colours): Colour {
  if (seconds >= 1) return red
  return seconds >= 0.25 ? yellow : green
}

function signed(value: number, text: (value: number) => string): string {
  if (value === 0) return '–'
  return value > 0 ? `+${text(value)}` : text(value)
}
