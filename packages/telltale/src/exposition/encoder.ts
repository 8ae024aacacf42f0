import type { Sink } from '../metrics/sample-line.js'
import type { PreparedFamilies } from './prepared-families.js'
import type { WritingStyle } from './writing-style.js'

/** What every encoder is made with. */
export interface EncoderOptions extends WritingStyle {
  /** What was prepared for scrapes before; nothing is kept when left out. */
  readonly prepared?: PreparedFamilies | undefined
}

/** Writes families in one exposition format, for one scrape. It changes nothing in the registry. */
export interface Encoder extends Sink {
  /** Writes what the format has after the last family; call it once. */
  end(): void
  /** All that was written so far and not taken, in order. */
  readonly chunks: readonly Uint8Array[]
  /** Gives away what will not change any more. A format without it has to be held until its end. */
  take?(): readonly Uint8Array[]
  /** Takes a chunk back that `take` gave and that nobody reads any longer. */
  reuse?(chunk: Uint8Array): void
}
