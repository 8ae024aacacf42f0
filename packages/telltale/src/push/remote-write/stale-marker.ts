/** A sample that says that its series has ended; on the wire it is the NaN with exactly these bits. */
export const STALE = Symbol('stale')

/** `0x7ff0000000000002`, the least significant byte first. */
export const STALE_BYTES: Uint8Array = Uint8Array.of(2, 0, 0, 0, 0, 0, 0xf0, 0x7f)
