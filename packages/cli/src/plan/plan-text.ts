import { durationText } from '../promql/duration.js'
import type { Terminal } from '../terminal.js'
import { percent, shortBytes, shortNumber, wholeNumber } from '../top/figures.js'
import type { Fleet, FleetPlan } from './fleet-plan.js'
import type { InstanceShape } from './instance-shape.js'

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
export function planLines(planned: PlannedFleet, colours: Colours): readonly string[] {
  return [
    ...headLines(planned, colours),
    '',
    ...costLines(planned, colours),
    '',
    ...compositionLines(planned, colours),
    '',
    ...intervalLines(planned, colours),
  ]
}

function headLines({ source, shape, fleet }: PlannedFleet, { bold, cyan }: Colours): string[] {
  const { instances, interval, retention, releases, replicas } = fleet
  const twice = replicas > 1 ? `, by ${replicas} servers each` : ''
  return [
    `${bold('One instance')}  ${cyan(source)}: ${wholeNumber(shape.series)} series of ` +
      `${wholeNumber(shape.metrics)} metrics, ${shortBytes(shape.bytes)} a scrape`,
    `${bold('The fleet')}     ${wholeNumber(instances)} instances, scraped every ${durationText(interval)}${twice}, ` +
      `kept for ${durationText(retention)}, replaced ${times(releases)}`,
  ]
}

function costLines({ shape, fleet, plan }: PlannedFleet, { bold, dim }: Colours): string[] {
  const { storage, shards } = plan
  const row = (name: string, figure: string, about: string) =>
    `  ${name.padEnd(9)}  ${bold(figure.padStart(12))}  ${dim(about)}`
  const servers = shards.count * fleet.replicas
  const each =
    shards.count === 1
      ? ''
      : `, the largest with ${shards.spread === undefined ? 'about ' : ''}${shards.mostTargets} targets`
  return [
    row(
      'series',
      wholeNumber(plan.series),
      `active; ${wholeNumber(plan.headSeries)} in memory during a release`,
    ),
    row(
      'samples',
      `${shortNumber(plan.samplesPerSecond)}/s`,
      `${shortNumber(plan.samplesPerSecond * 86_400)} a day`,
    ),
    row(
      'memory',
      shortBytes(plan.memory),
      `${wholeNumber(plan.bytesPerSeries)} bytes a series (${shape.labels.toFixed(1)} labels), and as much again for queries`,
    ),
    row(
      'disk',
      shortBytes(storage.disk),
      `blocks ${shortBytes(storage.blocks)} + WAL ${shortBytes(storage.wal)} + head ${shortBytes(storage.headChunks)} ` +
        `+ compaction ${shortBytes(storage.compaction)}, 85 % full`,
    ),
    row(
      'network',
      `${shortBytes(plan.network)}/s`,
      'before compression, which takes about nine tenths of it away',
    ),
    row(
      'servers',
      String(servers),
      `${shards.count} shard${shards.count === 1 ? '' : 's'} of ${shortBytes(shards.memory)} memory and ` +
        `${shortBytes(shards.disk)} disk${each}`,
    ),
  ]
}

function compositionLines({ shape, fleet }: PlannedFleet, { bold, dim }: Colours): string[] {
  const lines = shape.largest.slice(0, LISTED).map(({ name, series, buckets }) => {
    const about = buckets > 0 ? dim(`  ${wholeNumber(buckets * fleet.instances)} are buckets`) : ''
    const total = wholeNumber(series * fleet.instances).padStart(12)
    return `  ${total}  ${percent(series / shape.series).padStart(7)}  ${name}${about}`
  })
  const more = shape.largest.length - LISTED
  return [bold('What the series are'), ...lines, ...(more > 0 ? [dim(`  and ${more} more metrics`)] : [])]
}

function intervalLines({ fleet, plan }: PlannedFleet, { bold, dim, green }: Colours): string[] {
  const rows = plan.intervals.map(({ interval, samplesPerSecond, disk }) => {
    const line = `  ${durationText(interval).padStart(8)}  ${`${shortNumber(samplesPerSecond)}/s`.padStart(10)}  ${shortBytes(disk).padStart(10)}`
    return interval === fleet.interval ? green(`${line}  ←`) : line
  })
  return [bold('What another interval costs'), dim('  interval     samples        disk'), ...rows]
}

function times(releases: number): string {
  if (releases === 0) return 'never'
  if (releases === 1) return 'once a day'
  return releases < 1 ? `every ${shortNumber(1 / releases)} days` : `${shortNumber(releases)} times a day`
}
