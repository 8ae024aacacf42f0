import { quantileOf } from './distribution.js'
import type { CounterTrack, EndpointHistory } from './endpoint-history.js'
import { seriesText } from './family-series.js'
import type { ValueRing } from './value-ring.js'

type Labels = Readonly<Record<string, string>>

/** Rates and percentiles are of the newest ten steps: one alone jumps too much to be read. */
export const WINDOW = 10
/** Steps of a trend. */
export const TREND = 16

export const viewNames = ['busiest', 'slowest', 'failing', 'growing'] as const
export type ViewName = (typeof viewNames)[number]

interface Row {
  /** The sample's or the family's name. */
  readonly name: string
  readonly labels: Labels
}

/** A counter by how fast it rises. */
export interface BusyRow extends Row {
  /** A second. */
  readonly rate: number
  readonly total: number
  readonly trend: readonly number[]
}

/** A duration by how long it takes. */
export interface SlowRow extends Row {
  /** Seconds; `undefined` where nothing says it. */
  readonly p95: number | undefined
  /** The percentile is above the last finite bound, which {@link p95} is. */
  readonly beyond: boolean
  /** Seconds. */
  readonly mean: number
  /** Observations a second. */
  readonly rate: number
  /** Nothing was observed lately: the figures are of all time. */
  readonly idle: boolean
}

/** What counts failures. */
export interface FailingRow extends BusyRow {
  /** Of all that the same metric counted, for the same other labels; `undefined` where nothing else is counted. */
  readonly share: number | undefined
}

/** A metric by its series. */
export interface GrowingRow extends Row {
  readonly series: number
  /** Since the first reading. */
  readonly added: number
  /** A minute, of the newest 30 steps. */
  readonly perMinute: number
  /** Of all series of the endpoint. */
  readonly share: number
}

/** Events first, the busiest of them first; then amounts, such as bytes, which would bury them. */
export function busiest(history: EndpointHistory): readonly BusyRow[] {
  const rows = [...history.counters.values()].map((track) => busyRow(history, track))
  const counted = totalsOf([...history.counters.values()].map(({ family, values }) => [family, values]))
  const timed = totalsOf([...history.distributions.values()].map(({ name, count }) => [name, count]))
  const twice = new Set([...timed].flatMap(([name, total]) => (isNear(total, counted) ? [name] : [])))
  for (const { name, labels, count } of history.distributions.values()) {
    if (twice.has(name)) continue
    rows.push(busyRow(history, { family: name, name: `${name}_count`, labels, values: count }))
  }
  const amount = ({ name }: BusyRow) => Number(/_(bytes|seconds)(_total|_sum)?$/.test(name))
  return rows.sort((a, b) => amount(a) - amount(b) || b.rate - a.rate || b.total - a.total)
}

/** Those that took longest lately first, then those that rest. Only what is measured in seconds. */
export function slowest(history: EndpointHistory): readonly SlowRow[] {
  const seconds = history.seconds(WINDOW)
  const rows: SlowRow[] = []
  for (const track of history.distributions.values()) {
    if (!/seconds|duration|latency/.test(track.name)) continue
    const lately = track.within(WINDOW)
    const idle = !(lately.count > 0)
    const observed = idle ? track.sinceStart() : lately
    if (!(observed.count > 0)) continue
    const quantile = quantileOf(0.95, track.bounds, observed.buckets)
    const rate = seconds > 0 ? lately.count / seconds : 0
    const { name, labels, stated } = track
    const mean = observed.sum / observed.count
    rows.push({
      name,
      labels,
      p95: quantile?.value ?? stated,
      beyond: quantile?.beyond ?? false,
      mean,
      rate,
      idle,
    })
  }
  return rows.sort((a, b) => Number(a.idle) - Number(b.idle) || worth(b) - worth(a) || b.mean - a.mean)
}

const worth = ({ p95, mean }: SlowRow) => p95 ?? mean

const FAILURE_NAME =
  /(^|_)(errors?|failures?|failed|exceptions?|rejected|rejections?|dropped|timeouts?|aborted|panics?)(_|$)/
const FAILURE_VALUE = /^(5\d\d|5xx|error|errored|failed|failure|fail|exception|timeout)$/i
const OUTCOME_LABEL = /^(.*_)?(status|status_code|code|result|outcome|state)$/

/** Those that fail most often now first. What never failed is not among them. */
export function failing(history: EndpointHistory): readonly FailingRow[] {
  const totals = new Map<string, number>()
  const failed: { track: CounterTrack; group: string | undefined }[] = []
  for (const track of history.counters.values()) {
    const outcome = Object.keys(track.labels).find((label) => OUTCOME_LABEL.test(label))
    const group = outcome === undefined ? undefined : groupOf(track, outcome)
    if (group !== undefined) totals.set(group, (totals.get(group) ?? 0) + track.values.increase(WINDOW))
    const byValue = outcome !== undefined && FAILURE_VALUE.test(track.labels[outcome]!)
    if (!byValue && !FAILURE_NAME.test(track.name)) continue
    if (track.values.newest > 0) failed.push({ track, group: byValue ? group : undefined })
  }
  const rows = failed.map(({ track, group }) => {
    const all = group === undefined ? 0 : totals.get(group)!
    return { ...busyRow(history, track), share: all > 0 ? track.values.increase(WINDOW) / all : undefined }
  })
  return rows.sort((a, b) => b.rate - a.rate || b.total - a.total)
}

/** Those that gained most series lately first, then the largest. */
export function growing(history: EndpointHistory): readonly GrowingRow[] {
  const all = history.series
  const minutes = history.seconds(TREND * 2) / 60
  const rows = [...history.families.values()].map(({ name, series, first }) => ({
    name,
    labels: {},
    series: series.newest,
    added: series.newest - first,
    perMinute: minutes > 0 ? (series.newest - series.past(TREND * 2)) / minutes : 0,
    share: series.newest / all,
  }))
  return rows.sort((a, b) => b.perMinute - a.perMinute || b.added - a.added || b.series - a.series)
}

function busyRow(history: EndpointHistory, { name, labels, values }: CounterTrack): BusyRow {
  const seconds = history.seconds(WINDOW)
  return {
    name,
    labels,
    rate: seconds > 0 ? values.increase(WINDOW) / seconds : 0,
    total: values.newest,
    trend: values.rises(TREND),
  }
}

function totalsOf(tracks: readonly (readonly [family: string, values: ValueRing])[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const [family, values] of tracks) totals.set(family, (totals.get(family) ?? 0) + values.newest)
  return totals
}

/** Whether a counter counts what a histogram times: apart by what is under way, at most 2 % of it. */
function isNear(total: number, counted: ReadonlyMap<string, number>): boolean {
  return total > 0 && [...counted.values()].some((other) => Math.abs(other - total) <= 0.02 * total)
}

function groupOf({ name, labels }: CounterTrack, outcome: string): string {
  const { [outcome]: _, ...others } = labels
  return seriesText(name, others)
}
