import { bytesPerSeries, type Storage, storageOf } from '../../plan/cost-formulas.js'
import { bytesOf } from '../../plan/size-text.js'
import { durationText, parseDuration } from '../../promql/index.js'
import { percent, shortBytes, wholeNumber } from '../../top/figures.js'
import type { Inventory } from '../measure/inventory.js'
import type { OwnMetrics } from '../measure/own-metrics.js'
import type { AdviceTexts, ReportTexts } from '../texts/index.js'
import type { Advice } from './advice.js'
import type { Evidence } from './evidence.js'

/** What is known of the disk. */
export interface StorageFacts {
  /** `15d`, `15d or 10GiB`, as the server says it. */
  readonly retention: string
  readonly flags: Readonly<Record<string, string>>
  /** Bytes; `undefined` when nobody said. */
  readonly disk: number | undefined
  readonly own: OwnMetrics
}

/** What the disk will need, by what is kept. */
export interface StorageForecast extends Storage {
  /** Seconds. */
  readonly retention: number
  /** Bytes. */
  readonly retentionSize: number | undefined
  /** Bytes of memory that the series need, by formula. */
  readonly memory: number
}

/** The share of a disk that a retention size may have: the write-ahead log is not part of it. */
const SIZE_SHARE = 0.8

export function storageForecast(inventory: Inventory, facts: StorageFacts): StorageForecast {
  const { time, size } = retentionOf(facts)
  const { samplesPerSecond, bytesPerSample, series } = inventory
  return {
    retention: time,
    retentionSize: size,
    ...storageOf({ retention: time, samplesPerSecond, bytesPerSample }),
    memory: series * bytesPerSeries(8, 150),
  }
}

export function adviseStorage(
  inventory: Inventory,
  evidence: Evidence,
  facts: StorageFacts,
  texts: AdviceTexts['storage'],
): readonly Advice[] {
  const forecast = storageForecast(inventory, facts)
  const found: Advice[] = []
  const add = (id: string, subject: string, figure: string, text: string) =>
    found.push({
      id,
      area: 'storage',
      subject,
      figure,
      saving: undefined,
      change: { place: 'flags', text },
      drops: [],
    })
  const { disk } = facts
  const kept = durationText(forecast.retention)
  if (disk !== undefined && forecast.retentionSize === undefined) {
    const limit = `--storage.tsdb.retention.size=${Math.max(1, Math.floor((disk * SIZE_SHARE) / 2 ** 30))}GB`
    if (forecast.total > disk * 0.85) {
      const days = Math.max(1, Math.floor((((disk * 0.85) / forecast.total) * forecast.retention) / 86_400))
      add(
        'disk-too-small',
        texts.retention,
        texts.tooSmall(kept, shortBytes(forecast.total), percent(forecast.total / disk), shortBytes(disk)),
        texts.keepLess(days, shortBytes(forecast.disk), limit),
      )
    } else {
      add(
        'no-retention-size',
        texts.retention,
        texts.noSize(kept, shortBytes(forecast.total), shortBytes(disk)),
        texts.setSize(limit),
      )
    }
  }
  if (disk !== undefined && (forecast.retentionSize ?? 0) > disk * 0.85) {
    add(
      'retention-size-too-large',
      texts.retention,
      texts.sizeTooLarge(
        shortBytes(forecast.retentionSize!),
        shortBytes(disk),
        shortBytes(forecast.wal + forecast.headChunks),
      ),
      `--storage.tsdb.retention.size=${Math.max(1, Math.floor((disk * SIZE_SHARE) / 2 ** 30))}GB`,
    )
  }
  if (facts.flags['storage.tsdb.wal-compression'] === 'false') {
    add('wal-not-compressed', texts.wal, texts.notCompressed(), '--storage.tsdb.wal-compression')
  }
  const longest = longestRange(evidence)
  if (longest !== undefined && longest.range > forecast.retention) {
    add(
      'range-beyond-retention',
      longest.name,
      texts.beyondRetention(durationText(longest.range), kept),
      texts.keepMore(durationText(longest.range)),
    )
  }
  const used = facts.own.value('prometheus_tsdb_storage_blocks_bytes') ?? 0
  if (used > 0 && disk !== undefined && used > disk * 0.85) {
    add(
      'disk-nearly-full',
      texts.disk,
      texts.nearlyFull(shortBytes(used), shortBytes(disk)),
      texts.makeRoom(),
    )
  }
  return found
}

function retentionOf({ retention, flags }: StorageFacts): {
  readonly time: number
  readonly size: number | undefined
} {
  const parts = retention.split(/\s+or\s+/)
  const time = parts.map(parseDuration).find((seconds) => seconds !== undefined && seconds > 0)
  const flag = parseDuration(flags['storage.tsdb.retention.time'] ?? '') ?? 0
  const size = parts.map(bytesOf).find((bytes) => bytes !== undefined && bytes > 0)
  return { time: time ?? (flag > 0 ? flag : 15 * 86_400), size }
}

function longestRange({ uses }: Evidence): { readonly name: string; readonly range: number } | undefined {
  let longest: { readonly name: string; readonly range: number } | undefined
  for (const reach of uses.reach) if (reach.range > (longest?.range ?? 0)) longest = reach
  return longest
}

/** What the head and the disk hold, in a sentence. */
export function storageSentence(
  inventory: Inventory,
  forecast: StorageForecast,
  { storage }: ReportTexts,
): string {
  return storage({
    kept: durationText(forecast.retention),
    rate: wholeNumber(inventory.samplesPerSecond),
    bytes: inventory.bytesPerSample.toFixed(2),
    measured: inventory.measured,
    blocks: shortBytes(forecast.blocks),
    wal: shortBytes(forecast.wal),
    head: shortBytes(forecast.headChunks),
    disk: shortBytes(forecast.disk),
  })
}
