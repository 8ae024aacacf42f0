import type { TransformOptions } from 'node:stream'
import { constants, createGzip, type Gzip, gzipSync, type ZlibOptions } from 'node:zlib'
import { parseAccept } from '../exposition/accept.js'

/** Shorter bodies cost more to compress than to send. */
const SHORTEST = 1024
// Fewer turns between the event loop and the threads that compress than with the 16 KiB of the default.
const CHUNK = 131_072
/** What waits for compression while more is made. */
const WAITING = 1_048_576

/** Whether a body of this length goes out compressed, as far as an `Accept-Encoding` header permits. */
export function takesGzip(acceptEncoding: string | undefined, length: number): boolean {
  if (length <= SHORTEST || acceptEncoding === undefined) return false
  const entries = parseAccept(acceptEncoding)
  const named = entries.find((entry) => entry.value === 'gzip' || entry.value === 'x-gzip')
  return ((named ?? entries.find((entry) => entry.value === '*'))?.weight ?? 0) > 0
}

/** Compresses on a thread of its own, as fast as it can: a higher level takes much longer for a little less. */
export function gzip(): Gzip {
  const options: ZlibOptions & TransformOptions = {
    level: constants.Z_BEST_SPEED,
    chunkSize: CHUNK,
    writableHighWaterMark: WAITING,
  }
  return createGzip(options)
}

/** The same for a small body, in one step; 64 KiB take less than a millisecond. */
export function gzipAtOnce(chunks: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(chunks)
  // Metrics take a tenth; what takes more than half gets more room by itself.
  return gzipSync(body, { level: constants.Z_BEST_SPEED, chunkSize: Math.max(1024, body.length >> 1) })
}
