import { atUrl, inFile, type Place, type Spot } from '../finding/index.js'
import type { Version } from '../promql/index.js'

/** What is looked at: a file, standard input or an address. */
export interface Subject {
  /** As the user named it. */
  readonly name: string
  /** A place in it. */
  at(spot?: Spot): Place
}

/** A file, by the path that is shown. */
export function fileSubject(name: string): Subject {
  return { name, at: (spot) => inFile(name, spot) }
}

/** An address. */
export function urlSubject(url: string): Subject {
  const { name } = atUrl(url)
  return { name, at: (spot) => atUrl(url, spot) }
}

/** What is known about a metric from an exposition that was looked at, or from its name. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'stateset' | 'unknown'

/** The metrics that there are. */
export interface KnownMetrics {
  has(name: string): boolean
  /** The one that is written most alike. */
  nearest(name: string): string | undefined
}

/** What the checks go by. */
export interface LintSettings {
  readonly prometheus: Version
  readonly alertmanager: Version
  /** Seconds between two scrapes. */
  readonly scrapeInterval: number
  /** The type of a family, from the expositions of this run. */
  typeOf(family: string): MetricType | undefined
  /** The names of all samples of the expositions of this run; undefined when there was none. */
  readonly metrics: KnownMetrics | undefined
  /** Whether a file exists, by its path relative to the configuration `from`; undefined when nobody can know. */
  exists(path: string, from: string): boolean | undefined
}
