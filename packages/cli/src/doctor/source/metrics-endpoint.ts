import { type ParsedExposition, parseExposition } from 'telltale/testing'
import { type Answer, ConnectionError, get, isHtml, withoutCredentials } from '../../http/index.js'
import { Once } from '../probe/once.js'
import { Unavailable } from '../unavailable.js'
import type { SourceOptions } from './prometheus-source.js'

/** What one scrape of the endpoint gave. */
export type ScrapeResult =
  | { readonly kind: 'read'; readonly answer: Answer; readonly exposition: ParsedExposition }
  | { readonly kind: 'unreachable'; readonly error: ConnectionError }
  | { readonly kind: 'status' | 'page' | 'too-large'; readonly answer: Answer }
  | { readonly kind: 'unreadable'; readonly answer: Answer; readonly error: Error }

/** As a Prometheus that takes no protobuf asks. */
const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

/** 64 MiB: a hundred times what an application should show, and what can be read in about two seconds. */
export const mostBytes = 64 * 1024 * 1024

/** The address where an application shows its metrics. */
export class MetricsEndpoint {
  /** Without user and password. */
  readonly url: string
  readonly #address: string
  readonly #options: SourceOptions
  readonly #once = new Once()

  constructor(address: string, options: SourceOptions) {
    this.#address = address
    this.url = withoutCredentials(address)
    this.#options = options
  }

  /** Whether it is asked with a user or a token. */
  get asksWithLogin(): boolean {
    return this.#options.authorization !== undefined || this.#address !== this.url
  }

  /** The first scrape. Never rejects. */
  scrape(): Promise<ScrapeResult> {
    return this.#once.get('first', () => this.#scrape())
  }

  /** What the first scrape said. Rejects with Unavailable when it could not be read. */
  async exposition(): Promise<ParsedExposition> {
    const result = await this.scrape()
    if (result.kind === 'read') return result.exposition
    throw this.#unreadable()
  }

  /** A second scrape, a second after the first, as two moments of one application. Rejects as {@link exposition}. */
  later(): Promise<ParsedExposition> {
    return this.#once.get('second', async () => {
      await this.exposition()
      await new Promise((resolve) => setTimeout(resolve, 1000))
      const result = await this.#scrape()
      if (result.kind === 'read') return result.exposition
      throw this.#unreadable()
    })
  }

  async #scrape(): Promise<ScrapeResult> {
    try {
      const answer = await get(this.#address, { ...this.#options, mostBytes, accept })
      if (answer.status !== 200) return { kind: 'status', answer }
      if (isHtml(answer.contentType, answer.body)) return { kind: 'page', answer }
      if (!answer.whole) return { kind: 'too-large', answer }
      return read(answer)
    } catch (error) {
      if (error instanceof ConnectionError) return { kind: 'unreachable', error }
      throw error
    }
  }

  #unreadable(): Unavailable {
    return new Unavailable(this.url, {
      en: 'gives no metrics to look at',
      ko: '살펴볼 메트릭을 주지 않습니다',
    })
  }
}

function read(answer: Answer): ScrapeResult {
  const known = /^\s*(?:text\/plain|application\/openmetrics-text)\b/i.test(answer.contentType)
  try {
    // Prometheus 2 takes what it does not know for the text format.
    const exposition = parseExposition(answer.body, known ? answer.contentType : 'text/plain')
    return { kind: 'read', answer, exposition }
  } catch (error) {
    return { kind: 'unreadable', answer, error: error instanceof Error ? error : new Error(String(error)) }
  }
}
