import { TelltaleError } from 'telltale'
import { type ParsedExposition, parseExposition } from 'telltale/testing'
import type { ServerReading } from './server-reading.js'

/** What a Prometheus says about itself at its own /metrics. */
export class OwnMetrics {
  readonly #values = new Map<string, number>()

  private constructor(exposition: ParsedExposition | undefined) {
    for (const { samples } of exposition?.families ?? []) {
      for (const { name, value } of samples) this.#values.set(name, (this.#values.get(name) ?? 0) + value)
    }
  }

  static async read(reading: ServerReading): Promise<OwnMetrics> {
    const page = await reading.ask(reading.texts.ownMetrics, () => reading.source.page('/metrics'))
    if (page?.status !== 200) return new OwnMetrics(undefined)
    try {
      return new OwnMetrics(parseExposition(page.body, page.contentType || undefined))
    } catch (error) {
      if (!(error instanceof TelltaleError)) throw error
      reading.note(reading.texts.ownMetrics, error.message)
      return new OwnMetrics(undefined)
    }
  }

  /** The sum over all series of this name. */
  value(name: string): number | undefined {
    return this.#values.get(name)
  }

  /** Bytes of a sample in blocks, from what it has compacted so far; `undefined` before the first block. */
  get bytesPerSample(): number | undefined {
    const bytes = this.value('prometheus_tsdb_compaction_chunk_size_bytes_sum') ?? 0
    const samples = this.value('prometheus_tsdb_compaction_chunk_samples_sum') ?? 0
    return samples > 0 ? bytes / samples : undefined
  }

  /** Seconds that its oldest sample is old. */
  age(now: number): number | undefined {
    const oldest = this.value('prometheus_tsdb_lowest_timestamp_seconds')
    return oldest === undefined || oldest > 1e11 ? undefined : Math.max(0, now / 1000 - oldest)
  }
}
