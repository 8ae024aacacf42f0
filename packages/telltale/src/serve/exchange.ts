import type { Writable } from 'node:stream'

/** Headers of an answer by their name. */
export type AnswerHeaders = Readonly<Record<string, string | number>>

/** One request and the answer to it, of whichever kind of server. */
export interface Exchange {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** Where the request comes from, as far as that is known. */
  readonly address: string | undefined
  /** Whether the head of the answer was given. */
  readonly isAnswered: boolean
  /** Whether nobody is left to take the answer. */
  readonly isGone: boolean
  /** Whether nobody reads a chunk of the body any longer once it was written. */
  readonly releasesChunks: boolean
  /** Bytes that the reader has taken so far; `undefined` while nothing waits for the reader. */
  readonly taken: number | undefined
  /** Bytes that were sent for this exchange. */
  readonly sent: number
  /** The status of the answer, once it was taken to its end. */
  readonly status: number | undefined
  /** A header of the request by its name in small letters. */
  header(name: string): string | undefined
  /** Adds a header to the answer, before its head is given. */
  setHeader(name: string, value: string): void
  /** Gives the head of the answer; returns what its body goes to, of which the answer to `HEAD` keeps nothing. */
  open(status: number, headers: AnswerHeaders): Writable
  /** Ends the exchange where it is, so that nobody takes what was sent for the whole. */
  cut(): void
  /** Calls `ended` once: when the answer was taken, or when it is clear that it never will be. */
  onEnd(ended: () => void): void
}
