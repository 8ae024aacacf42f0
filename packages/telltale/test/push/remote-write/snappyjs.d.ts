declare module 'snappyjs' {
  /** Reads a block. */
  export function uncompress(compressed: Uint8Array): Uint8Array
}
