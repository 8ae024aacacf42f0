import { withoutCredentials } from '../../finding/place.js'
import { type ConnectionFault, connectionFaultOf } from './connection-fault.js'
import { basic } from './credentials.js'

/** What an address answered. */
export interface Answer {
  /** Without user and password. */
  readonly url: string
  readonly status: number
  readonly contentType: string
  /** The server's clock, in milliseconds since 1970; `undefined` when it does not tell. */
  readonly date: number | undefined
  /** Who it says it is, and where it sends one. */
  readonly server: string
  readonly location: string
  readonly body: string
  /** Of the body, decompressed. */
  readonly bytes: number
  /** Whether the body ended within the limit. */
  readonly whole: boolean
  /** From the request to the last byte. */
  readonly seconds: number
}

export interface GetOptions {
  /** From the request to the last byte. */
  readonly seconds: number
  /** More of the body is not read. Default 32 MiB. */
  readonly mostBytes?: number
  /** An Authorization header; what the address itself says goes before. */
  readonly authorization?: string | undefined
  readonly accept?: string
}

/** Nobody answered, or not in time. */
export class ConnectionError extends Error {
  readonly fault: ConnectionFault

  constructor(url: string, fault: ConnectionFault) {
    super(`${url}: ${fault.detail}`)
    this.name = 'ConnectionError'
    this.fault = fault
  }
}

const mebibyte = 1024 * 1024

/** A GET with bounds on its time and its size; redirects are not followed. Rejects with a ConnectionError. */
export async function get(address: string, options: GetOptions): Promise<Answer> {
  const url = new URL(address)
  const authorization =
    url.username === ''
      ? options.authorization
      : basic(decodeURIComponent(url.username), decodeURIComponent(url.password))
  url.username = ''
  url.password = ''
  const headers = {
    accept: options.accept ?? '*/*',
    ...(authorization === undefined ? {} : { authorization }),
  }
  const begun = performance.now()
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.seconds * 1000),
    })
    const { text, bytes, whole } = await readBody(response, options.mostBytes ?? 32 * mebibyte)
    return {
      url: withoutCredentials(address),
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      date: dateOf(response.headers.get('date')),
      server: response.headers.get('server') ?? '',
      location: response.headers.get('location') ?? '',
      body: text,
      bytes,
      whole,
      seconds: (performance.now() - begun) / 1000,
    }
  } catch (error) {
    throw new ConnectionError(withoutCredentials(address), connectionFaultOf(error, options.seconds))
  }
}

async function readBody(response: Response, most: number) {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let bytes = 0
  if (response.body === null) return { text: '', bytes, whole: true }
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { text: parts.join('') + decoder.decode(), bytes, whole: true }
    bytes += value.length
    parts.push(decoder.decode(value, { stream: true }))
    if (bytes <= most) continue
    await reader.cancel().catch(() => undefined)
    return { text: parts.join(''), bytes, whole: false }
  }
}

function dateOf(header: string | null): number | undefined {
  const time = Date.parse(header ?? '')
  return Number.isNaN(time) ? undefined : time
}
