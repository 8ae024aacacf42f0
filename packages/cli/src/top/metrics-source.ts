import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { TelltaleError } from 'telltale'
import { type ParsedExposition, parseExposition } from 'telltale/testing'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import {
  ConnectionError,
  type ConnectionFault,
  evidenceOf,
  get,
  isHtml,
  metricsAddressOf,
  withoutCredentials,
} from '../http/index.js'

/** What Prometheus asks for, so that what is counted is what it would store. */
const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

const MEBIBYTE = 2 ** 20
/** 64 MiB: about 600,000 lines, more than a scrape should ever have. */
const DEFAULT_MOST_BYTES = 64 * MEBIBYTE

export interface MetricsSourceOptions {
  /** Bytes after which reading is given up. Default 64 MiB. */
  readonly mostBytes?: number
  /** For one reading. Default 10. */
  readonly seconds?: number
  /** An Authorization header; what the address itself says goes before. */
  readonly authorization?: string | undefined
}

/** One reading: the metrics, and what it took to get them. */
export interface MetricsReading {
  readonly exposition: ParsedExposition
  /** As they came, not compressed. */
  readonly bytes: number
  /** From the question to the last byte. */
  readonly seconds: number
  /** Milliseconds since 1970, when the last byte was there. */
  readonly at: number
}

interface Body {
  readonly text: string
  readonly type: string | undefined
  readonly bytes: number
}

/** Metrics at an address or in a file, read with a bound on size and time. */
export class MetricsSource {
  /** The address without credentials, or the path, as messages name it. */
  readonly name: string
  /** Whether it can be read again to see it change. */
  readonly live: boolean
  readonly #place: string
  readonly #options: MetricsSourceOptions

  private constructor(place: string, live: boolean, options: MetricsSourceOptions) {
    this.name = live ? withoutCredentials(place) : place
    this.live = live
    this.#place = place
    this.#options = options
  }

  /**
   * A source by what a user types: a file that exists, an URL, or `host:port`. An address without a path gets
   * `/metrics`. Throws TELLTALE_USAGE for what is none of these.
   */
  static of(text: string, options: MetricsSourceOptions = {}): MetricsSource {
    if (existsSync(text)) return new MetricsSource(text, false, options)
    const address = metricsAddressOf(text)
    if (address !== undefined) return new MetricsSource(address, true, options)
    throw new CommandError(
      'TELLTALE_USAGE',
      `"${text}" is neither a file nor an address; give a file with metrics, or http://host:port/metrics`,
    )
  }

  /** Reads it once. Rejects with TELLTALE_ENDPOINT, which says what was there instead of metrics. */
  async read(): Promise<MetricsReading> {
    const began = performance.now()
    const { text, type, bytes } = await (this.live ? this.#fetched() : this.#fromFile())
    const seconds = (performance.now() - began) / 1000
    try {
      return { exposition: parseExposition(text, type), bytes, seconds, at: Date.now() }
    } catch (error) {
      if (!(error instanceof TelltaleError)) throw error
      throw this.#fault(error.message, 'telltale lint says more about it')
    }
  }

  async #fetched(): Promise<Body> {
    const { mostBytes = DEFAULT_MOST_BYTES, seconds = 10, authorization } = this.#options
    const answer = await get(this.#place, { seconds, mostBytes, authorization, accept }).catch((error) => {
      if (error instanceof ConnectionError) throw this.#unanswered(error.fault)
      throw error
    })
    if (answer.status !== 200) {
      throw this.#fault(`got ${evidenceOf(answer)}, expected 200`, statusRemedy(answer.status))
    }
    if (isHtml(answer.contentType, answer.body)) throw this.#page(evidenceOf(answer))
    if (!answer.whole) throw this.#tooLarge(mostBytes)
    return { text: answer.body, type: answer.contentType || undefined, bytes: answer.bytes }
  }

  async #fromFile(): Promise<Body> {
    const { mostBytes = DEFAULT_MOST_BYTES } = this.#options
    const text = await readBounded(this.#place, mostBytes).catch((error: unknown) => {
      const reason = fileFaultOf(error)
      throw this.#fault(reason, 'give a file that can be read')
    })
    if (text === undefined) throw this.#tooLarge(mostBytes)
    if (isHtml('', text)) throw this.#page('HTML')
    return { text, type: undefined, bytes: Buffer.byteLength(text) }
  }

  #unanswered({ kind, detail }: ConnectionFault): CommandError {
    if (kind !== 'timeout') return this.#fault(detail, 'check the address, and that the application runs')
    return this.#fault(`no whole answer within ${detail}`, 'the application is busy, or has too much to show')
  }

  #page(evidence: string): CommandError {
    return this.#fault(
      `got a web page (${evidence}), expected metrics`,
      'give the address of the metrics, which often has another port or ends in /metrics',
    )
  }

  #tooLarge(bytes: number): CommandError {
    return this.#fault(
      `got more than ${Math.round(bytes / MEBIBYTE)} MiB, and stopped reading`,
      'so much comes from a label without bound; raise --max-size to look at it all the same',
    )
  }

  #fault(got: string, remedy: string): CommandError {
    return new CommandError('TELLTALE_ENDPOINT', `${this.name}: ${got}; ${remedy}`)
  }
}

async function readBounded(path: string, mostBytes: number): Promise<string | undefined> {
  const file = await open(path)
  try {
    return (await file.stat()).size > mostBytes ? undefined : await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

function statusRemedy(status: number): string {
  if (status === 401 || status === 403)
    return 'put the credentials into the address: http://user:password@host'
  if (status === 404) return 'the metrics are usually at /metrics'
  return status < 400 ? 'give the address that it leads to' : 'look at the log of the application'
}
