import { hostname } from 'node:os'
import { TelltaleError } from '../../model/error.js'
import { shown } from '../../model/metric-name.js'
import type { ScrapeSource } from '../../registry/scrape-source.js'
import { type Credentials, checkSeconds, checkWhole, type HttpTarget, httpTarget } from '../http-target.js'
import type { WriteVersion } from './write-request.js'

const WHO = 'RemoteWriter'

export interface RemoteWriterOptions extends Credentials {
  /** The receiver's whole address, for example `http://mimir:9009/api/v1/push`; a query is kept. */
  readonly url: string
  /** The label `job` of every series: the name of the application. */
  readonly job: string
  /**
   * The label `instance` of every series; the machine's name and the process' number when left out. No two processes may
   * have the same: they would write the same series.
   */
  readonly instance?: string
  /** Further labels of every series, such as the region. Labels of a metric win over them. */
  readonly labels?: Readonly<Record<string, string>>
  /** What is written; the default registry of the process when left out. */
  readonly registry?: ScrapeSource
  /** Further headers, such as `X-Scope-OrgID`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Seconds between two collections of `start`; 15 when left out. */
  readonly intervalSeconds?: number
  /** How long one attempt may take; 30 when left out. */
  readonly timeoutSeconds?: number
  /** How often one request of `push` is repeated; 3 when left out. Those of `start` are repeated until they are accepted. */
  readonly retries?: number
  /**
   * The protocol, `1.0` when left out. `2.0` falls back to 1.0, and stays with it, where the receiver does not know
   * 2.0.
   */
  readonly version?: WriteVersion
  /** Series in one request; 2,000 when left out. */
  readonly seriesPerRequest?: number
  /**
   * Bytes of compressed requests that wait while the receiver is not there; 16 MiB when left out. Beyond that the oldest
   * are given up, counted and warned of.
   */
  readonly waitingBytes?: number
  /** Where warnings go; `process.emitWarning` when left out. */
  readonly warn?: (message: string) => void
}

/** Options with their defaults, checked. */
export interface WritePlan {
  readonly target: HttpTarget
  readonly labels: Readonly<Record<string, string>>
  readonly intervalSeconds: number
  readonly timeoutSeconds: number
  readonly retries: number
  readonly version: WriteVersion
  readonly seriesPerRequest: number
  readonly waitingBytes: number
  readonly warn: (message: string) => void
}

/** Reads the options. Throws `TELLTALE_OPTION`. */
export function planWrite(options: RemoteWriterOptions): WritePlan {
  const target = httpTarget(WHO, options.url, 'http://mimir:9009/api/v1/push', options)
  return {
    target: { url: target.url, headers: { ...options.headers, ...target.headers } },
    labels: {
      ...options.labels,
      job: checkText('job', options.job),
      instance: checkText('instance', options.instance ?? `${hostname()}:${process.pid}`),
    },
    intervalSeconds: checkSeconds(WHO, 'intervalSeconds', options.intervalSeconds ?? 15),
    timeoutSeconds: checkSeconds(WHO, 'timeoutSeconds', options.timeoutSeconds ?? 30),
    retries: checkWhole(WHO, 'retries', options.retries ?? 3, 0),
    version: checkVersion(options.version ?? '1.0'),
    seriesPerRequest: checkWhole(WHO, 'seriesPerRequest', options.seriesPerRequest ?? 2000, 1),
    waitingBytes: checkWhole(WHO, 'waitingBytes', options.waitingBytes ?? 16_777_216, 1),
    warn: options.warn ?? ((message) => process.emitWarning(message, { type: 'TelltaleWarning' })),
  }
}

function checkText(option: string, text: unknown): string {
  if (typeof text === 'string' && text !== '' && text.isWellFormed()) return text
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `${WHO}: got ${option} ${shown(text)}, expected a text that is not empty`,
  )
}

function checkVersion(version: unknown): WriteVersion {
  if (version === '1.0' || version === '2.0') return version
  throw new TelltaleError('TELLTALE_OPTION', `${WHO}: got version ${shown(version)}, expected "1.0" or "2.0"`)
}
