import { Gate } from '../../doctor/probe/gate.js'
import type { PrometheusSource } from '../../doctor/source/prometheus-source.js'
import { Unavailable } from '../../doctor/unavailable.js'
import type { Language } from '../../language.js'
import type { QuerySample } from '../../stack/prometheus-answer.js'
import { type AdviceTexts, adviceTexts, type ReadingTexts, readingTexts } from '../texts/index.js'
import { OWN_MARK } from '../usage/query-log.js'

/** Something that could not be asked, or was left out. */
export interface Missed {
  readonly what: string
  readonly why: string
}

/**
 * A server that is asked two things at a time at most, until the time is up. What it does not answer is noted, and
 * the rest goes on.
 */
export class ServerReading {
  readonly source: PrometheusSource
  readonly language: Language
  /** The names of what is asked, and what is said about the answers. */
  readonly texts: ReadingTexts
  readonly advice: AdviceTexts
  readonly missed: Missed[] = []
  readonly #gate = new Gate(2)
  readonly #until: number
  #queries = 0

  /** `seconds` is for all questions together. */
  constructor(source: PrometheusSource, seconds: number, language: Language) {
    this.source = source
    this.language = language
    this.texts = readingTexts[language]
    this.advice = adviceTexts[language]
    this.#until = performance.now() + seconds * 1000
  }

  /** Queries that were run. */
  get queries(): number {
    return this.#queries
  }

  get outOfTime(): boolean {
    return performance.now() > this.#until
  }

  /** The answer to an instant query; `undefined` when there is none, which is noted under `what`. */
  async query(what: string, expression: string): Promise<readonly QuerySample[] | undefined> {
    return this.#gate.pass(() =>
      this.ask(what, () => {
        this.#queries++
        return this.source.query(`${expression} ${OWN_MARK}`)
      }),
    )
  }

  /** The one value of a query. */
  async value(what: string, expression: string): Promise<number | undefined> {
    const value = (await this.query(what, expression))?.[0]?.value
    return Number.isNaN(value) ? undefined : value
  }

  /** The answer of one part of the API; `undefined` when there is none, which is noted under `what`. */
  async ask<T>(what: string, question: () => Promise<T>): Promise<T | undefined> {
    if (this.outOfTime) {
      this.note(what, this.texts.timeUp)
      return undefined
    }
    try {
      return await question()
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      this.note(what, error.why[this.language])
      return undefined
    }
  }

  note(what: string, why: string): void {
    if (!this.missed.some((entry) => entry.what === what)) this.missed.push({ what, why })
  }
}
