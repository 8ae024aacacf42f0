import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { loadLivePage, type PageData } from './live/live-page.js'
import { loadReadersText } from './web-config/readers.js'

/** What an endpoint bears at most. Each has a default. */
export interface EndpointLimits {
  /** Scrapes that are answered at one time; a further one gets status 503. 10 when left out. */
  readonly scrapes?: number
  /** Connections at one time; a further one is closed at once. 1,024 when left out. */
  readonly connections?: number
  /** Characters in the query of a request; a longer one gets status 414. 8,192 when left out. */
  readonly queryLength?: number
  /** Bytes of a request's first line and headers; more get status 431. 16,384 when left out. */
  readonly headerBytes?: number
  /** Bytes of a request's body, which nothing here reads; more get status 413. 65,536 when left out. */
  readonly bodyBytes?: number
  /** Seconds in which a request, and a TLS handshake before it, has to arrive. 10 when left out. */
  readonly requestSeconds?: number
  /** Seconds in which an answer has to be made and taken, before the connection is cut. 60 when left out. */
  readonly answerSeconds?: number
  /**
   * Seconds over which the pace of a reader is measured. One that reads more slowly than `bytesPerSecond`, or whose
   * address holds at least two places more than that of a new scrape, is cut when the new one finds no place. 5 when
   * left out.
   */
  readonly stalledSeconds?: number
  /** Bytes per second that a reader has to take to keep its place for sure. 65,536 when left out. */
  readonly bytesPerSecond?: number
  /** Seconds that a connection is kept between two requests. 75 when left out. */
  readonly idleSeconds?: number
}

/** How an endpoint listens and whom it answers: plain data, which can be sent to another thread. */
export interface EndpointSettings {
  /** Port 0 takes a free one. */
  readonly port: number
  readonly host: string
  /** Whether any web page may read the metrics. */
  readonly cors: boolean
  /** Whether `POST /metrics/reset` sets the values back. */
  readonly reset: boolean
  /** Whether the endpoint's metrics about itself are in the scrape. */
  readonly selfMetrics: boolean
  /** Names in `Host` that are answered besides those of this machine; every name when one of them is `*`. */
  readonly allowedHosts?: readonly string[] | undefined
  /** The token that a request has to bring. */
  readonly bearerToken?: string | undefined
  /** A file with that token, read again when it changes. */
  readonly bearerTokenFile?: string | undefined
  /** A file in Prometheus' web-config format, read again when it changes. */
  readonly webConfigFile?: string | undefined
  /** The program that reads such files; see {@link withReaders}. */
  readonly readersText?: string | undefined
  readonly limits?: EndpointLimits | undefined
  /** Whether `/live` shows a page in a browser. */
  readonly livePage?: boolean | undefined
  /** That page; see {@link withReaders}. */
  readonly livePageData?: PageData | undefined
}

/** Settings for an endpoint in a thread that cannot load files of this package, as a web-config file and the live page need. */
export async function withReaders(settings: EndpointSettings): Promise<EndpointSettings> {
  const [readersText, livePageData] = await Promise.all([
    settings.webConfigFile === undefined ? undefined : loadReadersText(),
    settings.livePage === true ? loadLivePage() : undefined,
  ])
  return { ...settings, readersText, livePageData }
}

const defaultLimits: Required<EndpointLimits> = {
  scrapes: 10,
  connections: 1024,
  queryLength: 8192,
  headerBytes: 16_384,
  bodyBytes: 65_536,
  requestSeconds: 10,
  answerSeconds: 60,
  stalledSeconds: 5,
  bytesPerSecond: 65_536,
  idleSeconds: 75,
}

/** The longest time that a timer of Node.js waits; with more it would fire at once. */
const LONGEST_SECONDS = 2_147_483

/** All limits, with the defaults for those left out. Throws `TELLTALE_OPTION` for one that is no limit. */
export function checkLimits(limits: EndpointLimits = {}): Required<EndpointLimits> {
  const checked = { ...defaultLimits }
  for (const name of Object.keys(defaultLimits) as (keyof EndpointLimits)[]) {
    const value = limits[name]
    if (value === undefined) continue
    const isTime = name.endsWith('Seconds')
    const isLimit = isTime ? value > 0 && value <= LONGEST_SECONDS : Number.isInteger(value) && value > 0
    if (typeof value !== 'number' || !isLimit) {
      const expected = isTime ? `a number above 0, up to ${LONGEST_SECONDS}` : 'a whole number above 0'
      throw new TelltaleError(
        'TELLTALE_OPTION',
        `limits: got ${name} ${shown(value)}, expected ${expected}. Leave it out for ${defaultLimits[name]}`,
      )
    }
    checked[name] = value
  }
  return checked
}
