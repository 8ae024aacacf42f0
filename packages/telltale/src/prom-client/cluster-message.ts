const ASK = 'telltale:metrics-asked.1'
const SNAPSHOT = 'telltale:metrics.1'

/** The primary wants to know what a worker has counted. */
export interface AskMessage {
  readonly type: typeof ASK
  /** Comes back with the answer; later asks have higher numbers. */
  readonly ask: number
}

/** A worker says what it has counted. */
export interface SnapshotMessage {
  readonly type: typeof SNAPSHOT
  /** The ask that this answers, 0 for the last words of a worker that ends. */
  readonly ask: number
  /** As `snapshotText` writes it. */
  readonly families: string
}

export function askMessage(ask: number): AskMessage {
  return { type: ASK, ask }
}

export function snapshotMessage(ask: number, families: string): SnapshotMessage {
  return { type: SNAPSHOT, ask, families }
}

/** Among the messages of a cluster, which may be the application's own. */
export function isAsk(message: unknown): message is AskMessage {
  return isOfType(message, ASK)
}

export function isSnapshot(message: unknown): message is SnapshotMessage {
  return isOfType(message, SNAPSHOT)
}

function isOfType(message: unknown, type: string): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === type
}
