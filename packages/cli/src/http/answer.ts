/** What an address answered, whatever its status is. */
export interface Answer {
  /** Without user and password. */
  readonly url: string
  readonly status: number
  readonly statusText: string
  readonly contentType: string
  /** The server's clock, in milliseconds since 1970; `undefined` when it does not tell. */
  readonly date: number | undefined
  /** Who it says it is, and where it sends one. */
  readonly server: string
  readonly location: string
  /** As it was sent, decompressed. */
  readonly content: Uint8Array
  /** The same as text in UTF-8. */
  readonly body: string
  /** Of the body, decompressed, as far as it came. */
  readonly bytes: number
  /** Whether the body ended within the limit. */
  readonly whole: boolean
  /** From the request to the last byte. */
  readonly seconds: number
}

/** The parts of an answer that are read from its body. */
export type Body = Pick<Answer, 'content' | 'body' | 'bytes' | 'whole'>

/** An answer of the head of a response and what was read of its body. */
export function answerOf(
  url: string,
  { status, statusText, headers }: Response,
  read: Body,
  seconds: number,
): Answer {
  const { content, body, bytes, whole } = read
  return {
    url,
    status,
    statusText,
    contentType: headers.get('content-type') ?? '',
    date: dateOf(headers.get('date')),
    server: headers.get('server') ?? '',
    location: headers.get('location') ?? '',
    content,
    body,
    bytes,
    whole,
    seconds,
  }
}

function dateOf(header: string | null): number | undefined {
  const time = Date.parse(header ?? '')
  return Number.isNaN(time) ? undefined : time
}
