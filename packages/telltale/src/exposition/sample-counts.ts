import type { FamilyHeader, Sink } from '../metrics/sample-line.js'
import { DEFAULT_COLLECT_SECONDS } from '../registry/registry.js'
import type { ScrapeSource } from '../registry/scrape-source.js'
import { writeInSlices } from './slices.js'

/** Counts what a scrape would write, and keeps nothing of it. */
export class SampleCounts implements Sink {
  readonly takesCursors = true
  /** Families by type. */
  readonly families = new Map<string, number>()
  /** Lines with a value. */
  samples = 0

  /** Gathers a source and counts it, in slices. */
  static async of(source: ScrapeSource): Promise<SampleCounts> {
    const counts = new SampleCounts()
    await writeInSlices((await source.gather(DEFAULT_COLLECT_SECONDS)).families, counts)
    return counts
  }

  get totalFamilies(): number {
    return [...this.families.values()].reduce((sum, count) => sum + count, 0)
  }

  family({ type }: FamilyHeader): void {
    this.families.set(type, (this.families.get(type) ?? 0) + 1)
  }

  sample(): void {
    this.samples++
  }
}
