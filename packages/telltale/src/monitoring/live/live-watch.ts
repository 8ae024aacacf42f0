import type { Query } from '../query/query.js'
import { Conditions } from './conditions.js'
import { Evaluation, type Widen } from './evaluation.js'
import { History } from './history.js'
import { type LivePanel, liveFigures, liveSections } from './live-panels.js'
import { familiesOf, liveSignals, REMEMBERED_SECONDS } from './live-signals.js'
import { readScrape, type TargetLabels } from './scrape-reader.js'
import { Track } from './track.js'

/** Over which the page takes its rates, in seconds; the alerts keep the ranges of their rules. */
export const RATE_SECONDS = 30
/** That of the rules, which {@link RATE_SECONDS} takes the place of. */
const RULE_SECONDS = 300
const MOST_SERIES = 20_000
/** How often all names are read, in seconds: there may be metrics that were not there before. */
const ALL_NAMES_SECONDS = 60
/** Names for longer than this are not asked for one by one: an endpoint takes queries of 8,192 characters. */
const LONGEST_QUERY = 6000

/** A span of time in seconds, of which something was true. */
export interface Span {
  readonly from: number
  to: number
}

/** What the page knows: the last minutes of an endpoint, and what they mean. It asks nobody by itself. */
export class LiveWatch {
  readonly conditions = new Conditions(liveSignals)
  readonly #target: TargetLabels
  readonly #history = new History({ seconds: REMEMBERED_SECONDS, series: MOST_SERIES })
  readonly #tracks = new Map<string, Track>()
  readonly #wanted: readonly string[]
  readonly #blocked: Span[] = []
  readonly #silent: Span[] = []
  #names: readonly string[] = []
  #allNamesAt = Number.NEGATIVE_INFINITY
  #lastAt: number | undefined
  #evaluation: Evaluation | undefined
  #blockedSeconds = 0
  #isSilent = false

  constructor(target: TargetLabels) {
    this.#target = target
    const queries = liveSignals.flatMap(({ query, alert }) => [
      query,
      ...(alert?.minimum ? [alert.minimum.query] : []),
    ])
    this.#wanted = familiesOf(queries)
    for (const panel of panels()) this.#tracks.set(panel.id, new Track(panel.queries, REMEMBERED_SECONDS))
  }

  /** The query of the next request, which names the metrics that are read of it; `''` for all of them. */
  query(at: number): string {
    if (at - this.#allNamesAt >= ALL_NAMES_SECONDS || this.#names.length === 0) return ''
    const query = `?${this.#names.map((name) => `name[]=${encodeURIComponent(name)}`).join('&')}`
    return query.length > LONGEST_QUERY ? '' : query
  }

  /** Since when there are samples, in seconds; `undefined` before the first. */
  get since(): number | undefined {
    return this.#history.since
  }

  get lastAt(): number | undefined {
    return this.#lastAt
  }

  /** Whether the last request had no answer. */
  get isSilent(): boolean {
    return this.#isSilent
  }

  /** For how long the event loop had been blocked at the last answer; 0 when it turned. */
  get blockedSeconds(): number {
    return this.#blockedSeconds
  }

  /** When the event loop was blocked, and when there was no answer. */
  get spans(): { readonly blocked: readonly Span[]; readonly silent: readonly Span[] } {
    return { blocked: this.#blocked, silent: this.#silent }
  }

  /** Whether none of the figures has a value. */
  get isBare(): boolean {
    return liveFigures.every(({ signal }) => this.figure(signal.query) === undefined)
  }

  /** Whether there were too many series. */
  get isFull(): boolean {
    return this.#history.isFull
  }

  /** The values of a panel over the last minutes. */
  track({ id }: Pick<LivePanel, 'id'>): Track {
    return this.#tracks.get(id)!
  }

  /** The largest value of a query at the last answer. */
  figure(query: Query): number | undefined {
    const values = this.#evaluation
      ?.vector(query)
      .flatMap(({ value }) => (Number.isFinite(value) ? [value] : []))
    return values === undefined || values.length === 0 ? undefined : Math.max(...values)
  }

  /** Takes the answer to {@link query}: a scrape as text, at a moment in seconds. */
  take(at: number, text: string, query: string): void {
    const { samples, names } = readScrape(text, this.#wanted, this.#target)
    if (query === '') {
      this.#names = names
      this.#allNamesAt = at
    }
    this.#history.add(at, samples)
    this.#evaluation = new Evaluation(this.#history, at, this.#upTo(at, RATE_SECONDS))
    for (const track of this.#tracks.values()) track.add(at, this.#evaluation)
    this.conditions.update(at, new Evaluation(this.#history, at, this.#upTo(at, Number.POSITIVE_INFINITY)))
    if (this.#isSilent) this.#extend(this.#silent, at)
    this.#isSilent = false
    this.#lastAt = at
    this.#watchLoop(at)
  }

  /** Takes note that a request had no answer. */
  miss(at: number): void {
    const last = this.#silent.at(-1)
    if (this.#isSilent && last !== undefined) last.to = at
    else this.#silent.push({ from: this.#lastAt ?? at, to: at })
    this.#isSilent = true
    this.#forget(at)
  }

  /** What is known of a range, where it is longer than that; rates of the usual length become shorter. */
  #upTo(at: number, usual: number): Widen {
    const known = at - (this.#history.since ?? at) + 0.001
    return ({ range }) => Math.min(range === RULE_SECONDS ? Math.min(range, usual) : range, known)
  }

  #watchLoop(at: number): void {
    const before = this.#blockedSeconds
    this.#blockedSeconds = this.figure(blockedQuery) ?? 0
    if (this.#blockedSeconds > 0) {
      const from = at - this.#blockedSeconds
      const last = this.#blocked.at(-1)
      if (before > 0 && last !== undefined && last.to >= from - 0.5) last.to = at
      else this.#blocked.push({ from, to: at })
    }
    this.#forget(at)
  }

  #extend(spans: readonly Span[], to: number): void {
    const last = spans.at(-1)
    if (last !== undefined) last.to = to
  }

  #forget(at: number): void {
    for (const spans of [this.#blocked, this.#silent]) {
      while (spans[0] !== undefined && spans[0].to < at - REMEMBERED_SECONDS) spans.shift()
    }
  }
}

const blockedQuery = liveSignals.find(({ id }) => id === 'event-loop-blocked')!.query

function panels(): readonly LivePanel[] {
  return liveSections.flatMap((section) => section.panels)
}
