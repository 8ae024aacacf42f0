import type { Family, Sink } from '../metrics/sample-line.js'
import { nextTurn } from './turn-queue.js'

/** How long a scrape holds the event loop at a time, in milliseconds. */
const SLICE_MS = 2
/** What is written between two looks at the clock should take no longer than this. */
const LONGEST_STEP_MS = 0.25
/** Series between two looks, at most: a look costs what half a line does. */
const LARGEST_STEP = 64

/**
 * Writes families one after the other, and every 2 ms goes on when `pause` lets it: unless given, it lets the event
 * loop turn. Series that are removed meanwhile are left out, and none is written twice. A family without series is
 * left out: its metadata would say nothing.
 */
export async function writeInSlices(
  families: readonly Family[],
  sink: Sink,
  pause: () => Promise<void> = nextTurn,
): Promise<void> {
  let until = performance.now() + SLICE_MS
  for (const family of families) {
    for (const now of written(family, sink)) {
      if (now < until) continue
      await pause()
      until = performance.now() + SLICE_MS
    }
  }
}

/** Does work in steps, and every 2 ms lets the event loop turn. */
export async function doneInSlices<T>(steps: Generator<unknown, T>): Promise<T> {
  let until = performance.now() + SLICE_MS
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() < until) continue
    await nextTurn()
    until = performance.now() + SLICE_MS
  }
}

/** Does the same in one go. */
export function doneAtOnce<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Writes a family in steps, and gives the time after each. */
function* written(family: Family, sink: Sink): Generator<number> {
  const { size } = family
  if (size === 0) return
  sink.family(family)
  const series = size > 1 ? family.snapshot?.() : undefined
  if (series === undefined) {
    family.emit(sink, 0, size)
    yield performance.now()
    return
  }
  let step = LARGEST_STEP
  for (let from = 0; from < series.size; ) {
    const began = performance.now()
    const to = Math.min(from + step, series.size)
    series.emit(sink, from, to)
    from = to
    const now = performance.now()
    step = nextStep(step, now - began)
    yield now
  }
}

/** Fewer series at a time where each takes long, as histograms with many buckets and summaries do. */
function nextStep(step: number, milliseconds: number): number {
  if (milliseconds > LONGEST_STEP_MS) return Math.max(1, step >> 1)
  return milliseconds * 2 < LONGEST_STEP_MS ? Math.min(LARGEST_STEP, step << 1) : step
}
