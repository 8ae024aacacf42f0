import { relative } from 'node:path'
import { type ParsedExposition, parseExposition } from 'telltale/testing'
import { type Answer, ConnectionError, get, withoutCredentials } from '../../http/index.js'
import {
  dataIn,
  type QueryResult,
  type QuerySample,
  refusalIn,
  samplesOf,
} from '../../stack/prometheus-answer.js'
import { Gate } from '../probe/gate.js'
import { Once } from '../probe/once.js'
import { Unavailable } from '../unavailable.js'
import type {
  HeadStatus,
  KnownAlertmanagers,
  LoadedGroup,
  RuntimeInfo,
  SeriesMetadata,
  Targets,
} from './prometheus-answers.js'
import { QueryError } from './query-error.js'
import { identityOf, type ServerIdentity } from './server-identity.js'

export interface SourceOptions {
  /** How long one request may take. */
  readonly seconds: number
  readonly authorization?: string | undefined
  /** The working directory, from which files below it are named. */
  readonly directory?: string | undefined
}

/** What stands between us and the API. */
export type Obstacle =
  | { readonly kind: 'unreachable'; readonly error: ConnectionError }
  | { readonly kind: 'login'; readonly answer: Answer }
  | { readonly kind: 'foreign'; readonly answer: Answer }

/** Who answers, or why nobody does that could be asked. */
export type Contact =
  | {
      readonly identity: ServerIdentity
      readonly answer: Answer
      /** Milliseconds since 1970, by the clock here, when the answer had come. */
      readonly answeredAt: number
    }
  | { readonly obstacle: Obstacle }

/** Queries that run at once: more would only wait in the server, which runs 20 and serves others too. */
const mostAtOnce = 8

/**
 * A Prometheus, read through its HTTP API, or what stands in its place. Every answer is asked for once and kept. All
 * reads but {@link contact} reject with Unavailable where the server cannot be asked or lacks that part of the API.
 */
export class PrometheusSource {
  /** Without user, password and last slash. */
  readonly url: string
  readonly #base: string
  readonly #options: SourceOptions
  readonly #once = new Once()
  readonly #gate = new Gate(mostAtOnce)

  constructor(base: string, options: SourceOptions) {
    this.#base = base.replace(/\/+$/, '')
    this.url = withoutCredentials(this.#base)
    this.#options = options
  }

  /** Never rejects. */
  contact(): Promise<Contact> {
    return this.#once.get('contact', () => this.#look())
  }

  async identity(): Promise<ServerIdentity> {
    const contact = await this.contact()
    if ('identity' in contact) return contact.identity
    throw this.#unavailable({ en: 'Prometheus could not be asked', ko: 'Prometheus에 물어볼 수 없습니다' })
  }

  /** A page of the server itself, such as `/-/ready`. */
  async page(path: string): Promise<Answer> {
    await this.identity()
    return this.#once.get(`page ${path}`, () =>
      this.#get(path).catch((error: unknown) => {
        throw error instanceof ConnectionError ? this.#unavailable(notThere(path, error.fault.detail)) : error
      }),
    )
  }

  /** The metrics about itself, each name with the sum of its series. */
  ownMetrics(): Promise<ReadonlyMap<string, number>> {
    return this.#once.get('own metrics', async () => {
      const { status, body } = await this.page('/metrics')
      try {
        if (status === 200) return sums(parseExposition(body, 'text/plain'))
      } catch {
        // Not metrics: the same as none.
      }
      throw this.#unavailable(notThere('/metrics', `status ${status}`))
    })
  }

  runtime(): Promise<RuntimeInfo> {
    return this.#api('status/runtimeinfo')
  }

  flags(): Promise<Readonly<Record<string, string>>> {
    return this.#api('status/flags')
  }

  /** The configuration that runs, as YAML, with every default written out and secrets hidden. */
  async configuration(): Promise<string> {
    return (await this.#api<{ yaml: string }>('status/config')).yaml
  }

  async targets(): Promise<Targets> {
    const targets = await this.#api<Targets>('targets')
    if (targets.activeTargets.length + (targets.droppedTargets?.length ?? 0) === 0)
      await this.#mayBeEmpty('targets')
    return targets
  }

  /** Their files are told from the working directory, as those of {@link SetupFiles} are. */
  async groups(): Promise<readonly LoadedGroup[]> {
    const { groups } = await this.#api<{ groups: readonly LoadedGroup[] }>('rules')
    if (groups.length === 0) await this.#mayBeEmpty('rules')
    return groups.map((group) => ({ ...group, file: this.#shown(group.file) }))
  }

  alertmanagers(): Promise<KnownAlertmanagers> {
    return this.#api('alertmanagers')
  }

  async head(): Promise<HeadStatus> {
    const status = await this.#api<HeadStatus>('status/tsdb')
    if (status.headStats === undefined) throw this.#unavailable(notThere('status/tsdb'))
    return status
  }

  metadata(): Promise<Readonly<Record<string, readonly SeriesMetadata[]>>> {
    return this.#api('metadata')
  }

  /** The names of all metrics with samples in the last `seconds`. */
  names(seconds: number): Promise<readonly string[]> {
    // A minute ahead: whole seconds and clocks that differ must not hide what was stored a moment ago.
    const end = Math.ceil(Date.now() / 1000) + 60
    return this.#once.get(`names ${seconds}`, () =>
      this.#read(`label/__name__/values?start=${end - seconds}&end=${end}`),
    )
  }

  /** An instant query; a scalar is one sample without labels. Rejects with QueryError for one that is refused. */
  async query(expression: string): Promise<readonly QuerySample[]> {
    const path = `query?query=${encodeURIComponent(expression)}&timeout=${this.#options.seconds}s`
    return samplesOf(await this.#api<QueryResult>(path))
  }

  /** An expression as the server prints it; `undefined` when it is none, or the server is too old to say. */
  async formatted(expression: string): Promise<string | undefined> {
    try {
      return await this.#api<string>(`format_query?query=${encodeURIComponent(expression)}`)
    } catch (error) {
      if (error instanceof Unavailable) return undefined
      throw error
    }
  }

  async #look(): Promise<Contact> {
    try {
      const [answer, healthy] = await Promise.all([
        this.#get('/api/v1/status/buildinfo'),
        this.#get('/-/healthy').catch(() => undefined),
      ])
      const answeredAt = Date.now()
      if (answer.status === 401 || answer.status === 403) return { obstacle: { kind: 'login', answer } }
      const data = dataIn<Readonly<Record<string, unknown>>>(answer)
      if (data === undefined) return { obstacle: { kind: 'foreign', answer } }
      const identity = identityOf(data, healthy?.status === 200 ? healthy.body : '')
      return { identity, answer, answeredAt }
    } catch (error) {
      if (error instanceof ConnectionError) return { obstacle: { kind: 'unreachable', error } }
      throw error
    }
  }

  /** Others than Prometheus answer with nothing for what another part of them does: that says nothing. */
  async #mayBeEmpty(path: string): Promise<void> {
    const { flavour, name } = await this.identity()
    if (flavour !== 'prometheus' && flavour !== 'agent') throw this.#unavailable(notThere(path, name))
  }

  async #api<T>(path: string): Promise<T> {
    await this.identity()
    return this.#once.get(path, () => this.#read<T>(path))
  }

  async #read<T>(path: string): Promise<T> {
    const name = path.split('?', 1)[0]!
    const answer = await this.#get(`/api/v1/${path}`).catch((error: unknown) => {
      throw error instanceof ConnectionError ? this.#unavailable(notThere(name, error.fault.detail)) : error
    })
    const data = dataIn<T>(answer)
    if (data !== undefined) return data
    const reason = refusalIn(answer)
    if (name === 'query' && /"errorType":"(?:bad_data|execution)"/.test(answer.body) && !isMissing(reason))
      throw new QueryError(path, reason)
    throw this.#unavailable(notThere(name, reason))
  }

  #get(path: string): Promise<Answer> {
    const { seconds, authorization } = this.#options
    return this.#gate.pass(() => get(this.#base + path, { seconds, authorization }))
  }

  #shown(file: string): string {
    const { directory } = this.#options
    const short = directory === undefined ? '' : relative(directory, file)
    return short === '' || short.startsWith('..') ? file : short
  }

  #unavailable(why: { readonly en: string; readonly ko: string }): Unavailable {
    return new Unavailable(this.url, why)
  }
}

/** What an agent says to queries. */
function isMissing(reason: string): boolean {
  return reason.includes('unavailable with Prometheus Agent')
}

function sums({ families }: ParsedExposition): ReadonlyMap<string, number> {
  const totals = new Map<string, number>()
  for (const { samples } of families) {
    for (const { name, value } of samples) totals.set(name, (totals.get(name) ?? 0) + value)
  }
  return totals
}

function notThere(path: string, reason = '') {
  const detail = reason === '' ? '' : ` (${reason})`
  return { en: `it gives no answer to ${path}${detail}`, ko: `${path}에 답하지 않습니다${detail}` }
}
