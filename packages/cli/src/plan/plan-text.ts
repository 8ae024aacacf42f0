import type { Language } from '../language.js'
import { durationText } from '../promql/duration.js'
import type { Terminal } from '../terminal.js'
import { columnsOf, ending, padded } from '../text-columns.js'
import { percent, shortBytes, shortNumber, wholeNumber } from '../top/figures.js'
import type { Fleet, FleetPlan } from './fleet-plan.js'
import type { InstanceShape } from './instance-shape.js'
import { type PlanTexts, planTexts } from './plan-texts.js'

export interface PlannedFleet {
  readonly source: string
  readonly shape: InstanceShape
  readonly fleet: Fleet
  readonly plan: FleetPlan
}

type Colours = Terminal['colours']

/** Metrics that are listed by name. */
const LISTED = 8

/** The plan for people, line by line. */
export function planLines(planned: PlannedFleet, colours: Colours, language: Language): readonly string[] {
  const texts = planTexts[language]
  return [
    ...headLines(planned, colours, texts),
    '',
    ...costLines(planned, colours, texts),
    '',
    ...compositionLines(planned, colours, texts),
    '',
    ...intervalLines(planned, colours, texts),
  ]
}

function headLines(
  { source, shape, fleet }: PlannedFleet,
  { bold, cyan }: Colours,
  texts: PlanTexts,
): string[] {
  const { instances, interval, retention, releases, replicas } = fleet
  const { oneInstance, theFleet } = texts
  const width = Math.max(columnsOf(oneInstance), columnsOf(theFleet))
  const title = (text: string) => padded(bold(text), width + bold(text).length - text.length)
  return [
    `${title(oneInstance)}  ${texts.instance(
      cyan(source),
      wholeNumber(shape.series),
      wholeNumber(shape.metrics),
      shortBytes(shape.bytes),
    )}`,
    `${title(theFleet)}  ${texts.fleet(
      wholeNumber(instances),
      durationText(interval),
      replicas,
      durationText(retention),
      times(releases, texts),
    )}`,
  ]
}

function costLines({ shape, fleet, plan }: PlannedFleet, { bold, dim }: Colours, texts: PlanTexts): string[] {
  const { storage, shards } = plan
  const row = (name: keyof PlanTexts['rows'], figure: string, about: string) =>
    `  ${padded(texts.rows[name], 9)}  ${bold(figure.padStart(12))}  ${dim(about)}`
  const each = shards.count === 1 ? '' : texts.largest(shards.mostTargets, shards.spread === undefined)
  const { blocks, wal, headChunks, compaction } = storage
  return [
    row('series', wholeNumber(plan.series), texts.active(wholeNumber(plan.headSeries))),
    row(
      'samples',
      `${shortNumber(plan.samplesPerSecond)}/s`,
      texts.aDay(shortNumber(plan.samplesPerSecond * 86_400)),
    ),
    row(
      'memory',
      shortBytes(plan.memory),
      texts.memory(wholeNumber(plan.bytesPerSeries), shape.labels.toFixed(1)),
    ),
    row(
      'disk',
      shortBytes(storage.disk),
      texts.disk(shortBytes(blocks), shortBytes(wal), shortBytes(headChunks), shortBytes(compaction)),
    ),
    row('network', `${shortBytes(plan.network)}/s`, texts.network),
    row(
      'servers',
      String(shards.count * fleet.replicas),
      texts.shards(shards.count, shortBytes(shards.memory), shortBytes(shards.disk)) + each,
    ),
  ]
}

function compositionLines(
  { shape, fleet }: PlannedFleet,
  { bold, dim }: Colours,
  texts: PlanTexts,
): string[] {
  const lines = shape.largest.slice(0, LISTED).map(({ name, series, buckets }) => {
    const about = buckets > 0 ? dim(`  ${texts.buckets(wholeNumber(buckets * fleet.instances))}`) : ''
    const total = wholeNumber(series * fleet.instances).padStart(12)
    return `  ${total}  ${percent(series / shape.series).padStart(7)}  ${name}${about}`
  })
  const more = shape.largest.length - LISTED
  return [bold(texts.composition), ...lines, ...(more > 0 ? [dim(`  ${texts.more(more)}`)] : [])]
}

function intervalLines(
  { fleet, plan }: PlannedFleet,
  { bold, dim, green }: Colours,
  texts: PlanTexts,
): string[] {
  const rows = plan.intervals.map(({ interval, samplesPerSecond, disk }) => {
    const line = cells(durationText(interval), `${shortNumber(samplesPerSecond)}/s`, shortBytes(disk))
    return interval === fleet.interval ? green(`${line}  ←`) : line
  })
  return [bold(texts.intervals), dim(cells(...texts.columns)), ...rows]
}

const cells = (interval: string, samples: string, disk: string) =>
  `  ${ending(interval, 8)}  ${ending(samples, 10)}  ${ending(disk, 10)}`

function times(releases: number, texts: PlanTexts): string {
  if (releases === 0) return texts.never
  if (releases === 1) return texts.onceADay
  return releases < 1 ? texts.everyDays(shortNumber(1 / releases)) : texts.timesADay(shortNumber(releases))
}
