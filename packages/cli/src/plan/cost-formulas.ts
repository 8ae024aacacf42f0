/**
 * What samples and series cost a Prometheus. docs/capacity.md has where each number comes from and how it was
 * checked.
 */

const DAY = 86_400

/** Bytes of a sample in a block where nothing was measured: the documentation of Prometheus says 1 to 2. */
export const BYTES_PER_SAMPLE = 1.5
/** Bytes of a sample in the write-ahead log, compressed. */
export const WAL_BYTES_PER_SAMPLE = 6
/** The head has the samples of up to one and a half blocks of two hours. */
export const HEAD_SECONDS = 3 * 3_600
/** A server with no series at all, in bytes. */
export const EMPTY_SERVER_BYTES = 50e6
/** The share of a disk that may be filled: the rest is for compaction and bad days. */
export const DISK_SHARE = 0.85
/** Queries and rules took as much again as the series where it was measured. */
export const QUERY_ROOM = 2

/** Bytes of memory for one series in the head, by its labels (its name is one) and the characters of their text. */
export function bytesPerSeries(labels: number, textBytes: number): number {
  const fixed = 1_400
  const perLabel = 32
  const openChunk = 192
  // Twice the text: once in the head, once in the cache of the scrape. Twice all of it: the garbage collector's room.
  return 2 * (fixed + perLabel * labels + 2 * textBytes + openChunk)
}

export interface StorageNeed {
  /** Seconds. */
  readonly retention: number
  readonly samplesPerSecond: number
  readonly bytesPerSample: number
}

/** Bytes on disk by what they are for. */
export interface Storage {
  readonly blocks: number
  readonly wal: number
  /** Full chunks of the head, which are on disk as well. */
  readonly headChunks: number
  /** What is being written anew while the old is still there: at most a tenth of the retention. */
  readonly compaction: number
  readonly total: number
  /** The disk that has room for it. */
  readonly disk: number
}

export function storageOf({ retention, samplesPerSecond, bytesPerSample }: StorageNeed): Storage {
  const blocks = retention * samplesPerSecond * bytesPerSample
  const wal = HEAD_SECONDS * samplesPerSecond * WAL_BYTES_PER_SAMPLE
  const headChunks = HEAD_SECONDS * samplesPerSecond * bytesPerSample
  const compaction = blocks / 10
  const total = blocks + wal + headChunks + compaction
  return { blocks, wal, headChunks, compaction, total, disk: total / DISK_SHARE }
}

/** Bytes a day that samples leave in blocks. */
export function bytesPerDay(samplesPerSecond: number, bytesPerSample: number): number {
  return samplesPerSecond * bytesPerSample * DAY
}
