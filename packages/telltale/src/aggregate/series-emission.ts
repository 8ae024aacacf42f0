import type { SeriesIdentity, Sink } from '../metrics/sample-line.js'
import { finished } from './aggregator.js'
import type { FamilyDefinition, SeriesSnapshot } from './family-snapshot.js'

/** Writes a series as it would have been written where it was recorded. */
export function emitSeries(
  { aggregator, lines }: Pick<FamilyDefinition, 'aggregator' | 'lines'>,
  identity: SeriesIdentity,
  { samples, rests, processes = 1, exemplars, spread, native, created }: SeriesSnapshot,
  sink: Sink,
): void {
  const shownAt = (line: number) => finished(aggregator, samples[line]! + (rests?.[line] ?? 0), processes)
  if (spread !== undefined) sink.exemplars?.(identity, spread)
  if (native !== undefined && sink.native !== undefined) {
    const line = lines.findIndex(({ suffix }) => suffix === '_sum')
    // The sum of the line knows what was lost by rounding.
    sink.native(identity, line < 0 ? native : { ...native, sum: shownAt(line) })
  }
  for (let line = 0; line < samples.length; line++) {
    if (samples[line] === null) continue
    sink.sample(line, identity, shownAt(line), exemplars?.[line] ?? undefined)
  }
  if (created !== undefined) sink.created?.(identity, created)
}
