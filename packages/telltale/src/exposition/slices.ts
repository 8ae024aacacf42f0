import type { Family, Sink } from '../metrics/sample-line.js'
import { nextTurn } from './turn-queue.js'

/** How long a scrape holds the event loop at a time, in milliseconds. */
const SLICE_MS = 5
/** Series between two looks at the clock: a look costs what half a line does. */
const STEP = 64

/**
 * Writes families one after the other, and every few milliseconds goes on when `pause` lets it: unless given, it
 * lets the event loop turn. Series that are removed
 * meanwhile are left out, and none is written twice. A family without series is left out: its metadata would say
 * nothing.
 */
export async function writeInSlices(
  families: readonly Family[],
  sink: Sink,
  pause: () => Promise<void> = nextTurn,
): Promise<void> {
  let until = performance.now() + SLICE_MS
  for (const family of families) {
    for (const write of steps(family, sink)) {
      write()
      if (performance.now() < until) continue
      await pause()
      until = performance.now() + SLICE_MS
    }
  }
}

/** What is to be done for a family without a pause within. */
function* steps(family: Family, sink: Sink): Generator<() => void> {
  const { size } = family
  if (size === 0) return
  sink.family(family)
  const series = size > STEP ? family.snapshot?.() : undefined
  if (series === undefined) yield () => family.emit(sink, 0, size)
  else {
    for (let from = 0; from < series.size; from += STEP) {
      yield () => series.emit(sink, from, Math.min(from + STEP, series.size))
    }
  }
}
