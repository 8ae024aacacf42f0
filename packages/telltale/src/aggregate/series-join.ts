import { mergeNative } from '../metrics/native-merge.js'
import type { LineShape } from '../metrics/sample-line.js'
import { joined, type MergeMode, roundingOf } from './aggregator.js'
import { mergeLineExemplars, mergeSpreadExemplars } from './exemplar-merge.js'
import type { FamilyDefinition, SeriesSnapshot } from './family-snapshot.js'

/** How the values of one line become one. */
export function lineAggregator({ type, aggregator }: FamilyDefinition, { label }: LineShape): MergeMode {
  return type === 'summary' && label !== undefined && aggregator === 'sum' ? 'max' : aggregator
}

/**
 * Two series with the same labels and lines as one; one mode for each line. Any order and any grouping give the same.
 * Of exemplars the newest are kept, of beginnings the first. Native buckets that only one of them has are left out,
 * since they would not count what the other has counted.
 */
export function joinSeries(
  modes: readonly MergeMode[],
  a: SeriesSnapshot,
  b: SeriesSnapshot,
): SeriesSnapshot {
  if (modes[0] === 'mostrecent' || modes[0] === 'livemostrecent') return laterOf(a, b)
  const samples: (number | null)[] = new Array(modes.length)
  let rests: number[] | undefined
  for (let i = 0; i < modes.length; i++) {
    const mode = modes[i]!
    const [x, y] = [a.samples[i]!, b.samples[i]!]
    samples[i] = joined(mode, x, y)
    const rest = (a.rests?.[i] ?? 0) + (b.rests?.[i] ?? 0) + roundingOf(mode, x, y)
    if (rest === 0) continue
    rests ??= modes.map(() => 0)
    rests[i] = rest
  }
  const processes = (a.processes ?? 1) + (b.processes ?? 1)
  const plain = { values: a.values, samples, processes, ...(rests && { rests }) }
  return hasMore(a) || hasMore(b) ? { ...plain, ...joinRest(a, b) } : plain
}

function hasMore({ exemplars, spread, native, created }: SeriesSnapshot): boolean {
  return exemplars !== undefined || spread !== undefined || native !== undefined || created !== undefined
}

function joinRest(a: SeriesSnapshot, b: SeriesSnapshot): Partial<SeriesSnapshot> {
  const exemplars = mergeLineExemplars(a.exemplars, b.exemplars)
  const spread = mergeSpreadExemplars(a.spread, b.spread)
  const native = a.native && b.native && mergeNative(a.native, b.native)
  const created = Math.min(a.created ?? Infinity, b.created ?? Infinity)
  return {
    ...(exemplars && { exemplars }),
    ...(spread && { spread }),
    ...(native && { native }),
    ...(created !== Infinity && { created }),
  }
}

/** Where both changed at the same moment the larger value decides, so that the order does not. */
function laterOf(a: SeriesSnapshot, b: SeriesSnapshot): SeriesSnapshot {
  const [x, y] = [a.changedAt ?? 0, b.changedAt ?? 0]
  if (x !== y) return x > y ? a : b
  return (a.samples[0] ?? -Infinity) >= (b.samples[0] ?? -Infinity) ? a : b
}
