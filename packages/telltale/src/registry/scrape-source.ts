import type { Family } from '../metrics/family.js'
import type { NameRule } from '../model/name-escaping.js'

/** What one scrape gathers: the families to write and the labels that go to every sample. */
export interface Gathering {
  readonly families: readonly Family[]
  readonly defaultLabels: Readonly<Record<string, string>>
}

/** Where the families of a scrape come from: a registry, or what stands for registries elsewhere. */
export interface ScrapeSource {
  /** Which names metrics and labels may have. */
  readonly names: NameRule
  /** Whether it is written in OpenMetrics 2.0 where a request names that. */
  readonly openMetrics2: boolean
  /** Says what to write, after at most `seconds` of collecting. Never rejects. */
  gather(seconds?: number): Promise<Gathering>
}
