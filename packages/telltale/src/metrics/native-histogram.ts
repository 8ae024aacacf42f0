/** Counts of some buckets of a native histogram: `counts[i]` values fell into bucket `indexes[i]`. */
export interface NativeCounts {
  /** Whole numbers in ascending order. */
  readonly indexes: readonly number[]
  /** As many, each above 0. */
  readonly counts: readonly number[]
}

/** What a native histogram has counted so far; nothing in it changes afterwards. */
export interface NativeHistogram {
  /** From -4 to 8: bucket `i` holds magnitudes above 2^((i - 1) / 2^schema) up to 2^(i / 2^schema). */
  readonly schema: number
  /** Values whose magnitude is at most this are in the zero bucket. */
  readonly zeroThreshold: number
  readonly zeroCount: number
  /** How many values there were, those in the zero bucket included. */
  readonly count: number
  readonly sum: number
  readonly positive: NativeCounts
  /** By the magnitude of negative values. */
  readonly negative: NativeCounts
}

/** A run of buckets that follow each other. */
export interface NativeSpan {
  /** Buckets left out since the span before; for the first span, the index that it begins at. */
  readonly offset: number
  readonly length: number
}

/** Buckets as the exposition formats write them. */
export interface NativeLayout {
  readonly spans: readonly NativeSpan[]
  /** The count of each bucket of the spans, zeros included where a span runs over a short gap. */
  readonly counts: readonly number[]
}

/** A gap of more empty buckets than this costs more in zeros than a new span does. */
const LONGEST_GAP = 2

/** Lays counts out in spans. */
export function nativeLayout({ indexes, counts }: NativeCounts): NativeLayout {
  const spans: { offset: number; length: number }[] = []
  const filled: number[] = []
  let next = 0
  indexes.forEach((index, i) => {
    const gap = index - next
    const span = spans.at(-1)
    if (span === undefined || gap > LONGEST_GAP) spans.push({ offset: gap, length: 1 })
    else {
      for (let zeros = gap; zeros > 0; zeros--) filled.push(0)
      span.length += gap + 1
    }
    filled.push(counts[i]!)
    next = index + 1
  })
  return { spans, counts: filled }
}

/** The counts that were laid out so; a bucket of none is there only to bridge a gap. */
export function countsOfLayout({ spans, counts }: NativeLayout): NativeCounts {
  const byIndex = new Map<number, number>()
  let next = 0
  let read = 0
  for (const { offset, length } of spans) {
    next += offset
    // Never beyond the counts, whatever length a span that came from elsewhere says.
    for (let i = 0; i < length && read < counts.length; i++, read++, next++) {
      if (counts[read] !== 0) byIndex.set(next, counts[read]!)
    }
  }
  return { indexes: [...byIndex.keys()], counts: [...byIndex.values()] }
}

/** Counts by index, in the order of the indexes. */
export function nativeCounts(byIndex: ReadonlyMap<number, number>): NativeCounts {
  const indexes = [...byIndex.keys()].sort((a, b) => a - b)
  return { indexes, counts: indexes.map((index) => byIndex.get(index)!) }
}
