import type { IncomingMessage, ServerResponse } from 'node:http'

/** Label values of one series: method, route, status code. */
export type Labels = readonly [method: string, route: string, code: string]

/** What a metrics library does, each operation in the quickest form that its API offers. */
export interface Rival {
  /** As npm has it. */
  readonly version: string
  /** A counter's increment on a child or handle that is kept; `undefined` where the library has none. */
  incHandle(labels: Labels): (() => void) | undefined
  /** A histogram's observation on a child or handle that is kept. */
  observeHandle(labels: Labels): ((value: number) => void) | undefined
  /** Look up by position, then increment. */
  incByPosition(labels: Labels): void
  /** Look up by an object, then increment. */
  incByName(labels: Labels): void
  /** Look up by an object, then observe. */
  observeByName(labels: Labels, value: number): void
  /** A native histogram's observation on a handle that is kept. */
  observeNativeHandle(labels: Labels): ((value: number) => void) | undefined
  /** Answers a scrape as the library's documentation has it, compressed when the reader takes it. */
  answer(req: IncomingMessage, res: ServerResponse): void
  /** Serves from a thread of its own, and gives the address; left out where the library has none. */
  serveFromThread?(): Promise<string>
  /** Writes everything in the text format, as bytes would be sent. */
  expose(): Promise<readonly Uint8Array[]>
}

export const labelNames = ['method', 'route', 'status_code'] as const
export const buckets = [0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
