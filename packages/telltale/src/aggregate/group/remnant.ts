import { OVERFLOW } from '../../metrics/family.js'
import { allNames, arrange, commonLines, lineKey } from '../arrangement.js'
import type { SeriesSnapshot } from '../family-snapshot.js'
import { moved } from '../merge.js'
import { joinSeries, lineAggregator } from '../series-join.js'
import { Contribution, keyOf, type Part } from './contribution.js'
import type { GroupDefinition } from './process-update.js'

/** How many series of one family are kept of processes that have ended. */
export const REMNANT_LIMIT = 10_000

/**
 * Whether what a process had stays when it ends: counts and sums, so that totals do not fall, and what is the last
 * word on something. Other gauges are of processes that are there.
 */
export function outlives({ type, aggregator }: GroupDefinition): boolean {
  if (type === 'gauge') return aggregator === 'mostrecent'
  return aggregator === 'sum' || aggregator === 'max'
}

/** The definition of two that are to be one: all labels, and the lines that both have. */
export function commonDefinition(a: GroupDefinition, b: GroupDefinition): GroupDefinition {
  return {
    ...a,
    labelNames: allNames(a.labelNames, b.labelNames),
    lines: commonLines(a.lines, b.lines),
  }
}

/** The same parts under another definition; those that become one by it are joined. */
export function redefined(remnant: Contribution, definition: GroupDefinition): Contribution {
  const other = new Contribution(definition)
  for (const { snapshot } of remnant.parts.values()) bury(other, remnant.definition, snapshot)
  return other
}

/** Adds what a series of this definition had to what is left of ended processes; returns the part it is in now. */
export function bury(remnant: Contribution, definition: GroupDefinition, series: SeriesSnapshot): Part {
  const to = remnant.definition
  const values = arrange(definition.labelNames, to.labelNames)(series.values, '')
  const placed = moved(series, values, arrange(definition.lines.map(lineKey), to.lines.map(lineKey)))
  const buried = withoutQuantiles(to, placed)
  const key = keyOf(values)
  const known = remnant.parts.get(key)
  if (known === undefined && remnant.parts.size >= REMNANT_LIMIT) return intoOverflow(remnant, buried)
  return put(remnant, key, buried)
}

function intoOverflow(remnant: Contribution, series: SeriesSnapshot): Part {
  const values = remnant.definition.labelNames.map(() => OVERFLOW)
  return put(remnant, keyOf(values), { ...series, values })
}

function put(remnant: Contribution, key: string, series: SeriesSnapshot): Part {
  const known = remnant.parts.get(key)
  if (known !== undefined) {
    const modes = remnant.definition.lines.map((line) => lineAggregator(remnant.definition, line))
    known.snapshot = joinSeries(modes, known.snapshot, series)
    return known
  }
  const part: Part = { of: remnant, snapshot: series, state: 'present', session: 0, series: undefined }
  remnant.parts.set(key, part)
  return part
}

function withoutQuantiles({ type, lines }: GroupDefinition, series: SeriesSnapshot): SeriesSnapshot {
  if (type !== 'summary') return series
  return { ...series, samples: series.samples.map((sample, i) => (lines[i]!.label ? NaN : sample)) }
}
