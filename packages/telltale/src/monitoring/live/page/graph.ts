import type { Language, SignalUnit } from '../../signals/signal.js'
import type { PanelLimit } from '../live-panels.js'
import type { Span } from '../live-watch.js'
import type { TrackLine } from '../track.js'
import { secondsText, valueText } from '../value-text.js'
import { escaped } from './escaped.js'

/** What is drawn. Times are in seconds. */
export interface Graph {
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
  readonly times: readonly number[]
  readonly lines: readonly TrackLine[]
  readonly isStacked: boolean
  readonly unit: SignalUnit
  readonly limits: readonly PanelLimit[]
  readonly blocked: readonly Span[]
  readonly silent: readonly Span[]
  /** The moment that is looked at. */
  readonly cursor: number | undefined
  readonly language: Language
}

/** Where the drawing area is within a graph. */
export const INSET = { left: 58, right: 6, top: 8, bottom: 18 } as const
/** Longer pauses between two moments are left open. */
const GAP_SECONDS = 8

interface Scale {
  readonly x: (at: number) => number
  readonly y: (value: number) => number
  readonly top: number
  readonly step: number
}

/** A graph as SVG, of the size in pixels that it is shown in. */
export function graphSvg(graph: Graph): string {
  const scale = scaleOf(graph)
  const parts = [
    bands(graph, scale, graph.silent, 'silent'),
    bands(graph, scale, graph.blocked, 'blocked'),
    grid(graph, scale),
    graph.isStacked ? areas(graph, scale) : graph.lines.map((line) => curve(graph, scale, line)).join(''),
    limitLines(graph, scale),
    cursorLine(graph, scale),
    timeLabels(graph),
  ]
  return `<svg width="${graph.width}" height="${graph.height}" aria-hidden="true">${parts.join('')}</svg>`
}

function scaleOf(graph: Graph): Scale {
  const { width, height, from, to } = graph
  const { top, step } = ticksOf(graph)
  const [across, down] = [width - INSET.left - INSET.right, height - INSET.top - INSET.bottom]
  return {
    x: (at) => round(INSET.left + (Math.max(0, at - from) / (to - from)) * across),
    y: (value) => round(INSET.top + (1 - Math.min(1, value / top)) * down),
    top,
    step,
  }
}

/** The upper end of the scale, a round number, and the distance of its lines. */
function ticksOf(graph: Graph): { readonly top: number; readonly step: number } {
  const most = Math.max(largest(graph), lowestShownLimit(graph) * 1.1) || leastTop[graph.unit] || 1
  const base = graph.unit === 'bytes' ? 1024 ** Math.floor(Math.log2(most) / 10) : 1
  const rough = most / base / 3
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = base * power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10)
  return { step, top: Math.max(Math.ceil((most / step) * 0.999), 1) * step }
}

const leastTop: Readonly<Partial<Record<SignalUnit, number>>> = { ratio: 0.01, seconds: 0.01, bytes: 1024 }

function largest({ lines, times, isStacked }: Graph): number {
  const sums = times.map((_, i) => {
    const values = lines.map(({ values: all }) => all[i] ?? 0)
    return isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values)
  })
  return Math.max(0, ...sums)
}

/** A limit far above the values would press them flat, but for shares, where the distance is what counts. */
function lowestShownLimit(graph: Graph): number {
  const { limits, unit } = graph
  if (limits.length === 0) return 0
  const lowest = Math.min(...limits.map(({ value }) => value))
  return unit === 'ratio' || unit === 'cores' || lowest <= largest(graph) * 5 ? lowest : 0
}

function grid({ width, unit, language }: Graph, { y, top, step }: Scale): string {
  const count = Math.round(top / step)
  return Array.from({ length: count + 1 }, (_, i) => {
    const at = y(i * step)
    const label = valueText(i * step, unit, language)
    const text = `<text x="${INSET.left - 8}" y="${at + 4}">${escaped(label)}</text>`
    return `<path class="grid" d="M${INSET.left} ${at}H${width - INSET.right}"/>${text}`
  }).join('')
}

function bands({ from, height, to }: Graph, { x }: Scale, spans: readonly Span[], kind: string): string {
  return spans
    .filter((span) => span.to > from)
    .map((span) => {
      const start = x(span.from)
      const wide = Math.max(2, round(x(Math.min(span.to, to)) - start))
      return `<rect class="${kind}" x="${start}" y="${INSET.top}" width="${wide}" height="${height - INSET.top - INSET.bottom}"/>`
    })
    .join('')
}

function curve({ times }: Graph, { x, y }: Scale, { place, values }: TrackLine): string {
  let path = ''
  let before: number | undefined
  values.forEach((value, i) => {
    const at = times[i]!
    if (value === undefined) before = undefined
    else {
      const starts = before === undefined || at - before > GAP_SECONDS
      // A moment alone is a dot.
      path += `${starts ? 'M' : 'L'}${x(at)} ${y(value)}${starts ? 'h0' : ''}`
      before = at
    }
  })
  return `<path class="line c${place % 8}" d="${path}"/>`
}

function areas(graph: Graph, { x, y }: Scale): string {
  const { times, lines } = graph
  return segments(graph)
    .map((indices) => {
      let below = indices.map(() => 0)
      const shapes = lines.map(({ place, values }) => {
        const base = below
        below = indices.map((i, at) => base[at]! + (values[i] ?? 0))
        const upper = indices.map((i, at) => `${x(times[i]!)} ${y(below[at]!)}`)
        const lower = indices.map((i, at) => `${x(times[i]!)} ${y(base[at]!)}`).reverse()
        return `<path class="area c${place % 8}" d="M${[...upper, ...lower].join('L')}Z"/>`
      })
      return shapes.join('')
    })
    .join('')
}

/** The moments with a value, by their indices, in pieces between which there is nothing. */
function segments({ times, lines }: Graph): readonly (readonly number[])[] {
  const found: number[][] = []
  let before = Number.NEGATIVE_INFINITY
  for (const [i, at] of times.entries()) {
    if (!lines.some(({ values }) => values[i] !== undefined)) continue
    if (at - before > GAP_SECONDS) found.push([])
    found.at(-1)!.push(i)
    before = at
  }
  return found
}

function limitLines({ limits, width }: Graph, { y, top }: Scale): string {
  return limits
    .filter(({ value }) => value > 0 && value <= top)
    .map(
      ({ severity, value }) =>
        `<path class="limit ${severity}" d="M${INSET.left} ${y(value)}H${width - INSET.right}"/>`,
    )
    .join('')
}

function cursorLine({ cursor, from, height }: Graph, { x }: Scale): string {
  if (cursor === undefined || cursor < from) return ''
  return `<path class="cursor" d="M${x(cursor)} ${INSET.top}V${height - INSET.bottom}"/>`
}

function timeLabels({ from, to, width, height, language, cursor }: Graph): string {
  const ago = (seconds: number) => `−${secondsText(Math.round(seconds), language)}`
  const y = height - 4
  const end = cursor === undefined || cursor < from ? '' : ago(Math.max(0, to - cursor))
  return `<text class="from" x="${INSET.left}" y="${y}">${ago(to - from)}</text><text x="${width - INSET.right}" y="${y}">${end}</text>`
}

const round = (value: number) => Math.round(value * 10) / 10
