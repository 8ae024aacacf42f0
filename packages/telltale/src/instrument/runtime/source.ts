import type { RuntimeSettings, Scope } from './scope.js'

/** A source at work for one registry, prefix and set of labels. */
export interface Feed {
  /** Brings the current values in; runs at each scrape. Nothing to do where values come as they arise. */
  collect(): void
}

/** One thing that the runtime can tell about itself. */
export interface Source {
  /** One of its metrics: under which name that one goes tells one collection of this source from another. */
  readonly metric: string
  /** The setting that it heeds. */
  readonly setting?: keyof RuntimeSettings
  /** Defines the metrics; `undefined` where the platform does not have what they show. */
  start(scope: Scope): Feed | undefined
}
