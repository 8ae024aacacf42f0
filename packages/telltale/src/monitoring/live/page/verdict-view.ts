import type { Language, Severity } from '../../signals/signal.js'
import { liveFigures } from '../live-panels.js'
import type { LiveWatch } from '../live-watch.js'
import { summaryText } from '../summary-text.js'
import { secondsText, valueText } from '../value-text.js'
import { type Verdict, verdictOf } from '../verdict.js'
import { browser, type PageElement, part, setText } from './dom.js'
import { escaped } from './escaped.js'
import { pageWords } from './page-words.js'

const signs: Readonly<Record<Verdict['kind'], string>> = {
  starting: '…',
  unanswered: '?',
  silent: '?',
  blocked: '✕',
  firing: '!',
  pending: '!',
  bare: '–',
  well: '✓',
}

/** The line that says whether it is well, and the figures below it. */
export class VerdictView {
  readonly #language: Language
  readonly #band = part('#verdict')
  readonly #sign = part('#sign')
  readonly #headline = part('#headline')
  readonly #detail = part('#detail')
  readonly #spoken = part('#spoken')
  readonly #figures: ReadonlyMap<string, PageElement>

  constructor(language: Language) {
    this.#language = language
    const list = part('#figures')
    list.innerHTML = liveFigures
      .map(({ id, title }) => `<li id="figure-${id}"><span>${escaped(title[language])}</span><b>–</b></li>`)
      .join('')
    this.#figures = new Map(liveFigures.map(({ id }) => [id, part(`#figure-${id}`, list)]))
  }

  /** `status` is that of an answer that had no metrics, and 0 where there was none. */
  draw(watch: LiveWatch, now: number, status: number): void {
    const verdict = verdictOf(watch, now)
    const [headline, detail] = this.#words(verdict, watch, status)
    if (this.#band.className !== verdict.kind) {
      this.#band.className = verdict.kind
      browser.document.documentElement.dataset.state = verdict.kind
      // Said once, and not with each second that passes.
      setText(this.#spoken, headline)
    }
    setText(this.#sign, signs[verdict.kind])
    setText(this.#headline, headline)
    setText(this.#detail, detail)
    browser.document.title = `${signs[verdict.kind]} ${headline}`
    this.#drawFigures(watch, verdict)
  }

  #words(verdict: Verdict, watch: LiveWatch, status: number): readonly [string, string] {
    const words = pageWords[this.#language]
    switch (verdict.kind) {
      case 'starting':
        return [words.starting, words.startingMore]
      case 'unanswered':
        return [words.unanswered, status > 0 ? words.status(status) : words.silentMore]
      case 'silent':
        return [
          words.silent(this.#time(verdict.seconds)),
          status > 0 ? words.status(status) : words.silentMore,
        ]
      case 'blocked':
        return [
          words.blocked(verdict.seconds.toFixed(1) + (this.#language === 'ko' ? '초' : ' s')),
          words.blockedMore,
        ]
      case 'bare':
        return [words.bare, words.bareMore]
      case 'well':
        return [words.well, words.wellMore(watch.conditions.count)]
      default: {
        const { troubles, kind } = verdict
        const says = troubles.map((trouble) => {
          const { runbook, title } = trouble.signal.text[this.#language]
          return summaryText(runbook?.summary ?? title, trouble, this.#language)
        })
        return [words[kind](troubles.length), `${says.join('. ')}.`]
      }
    }
  }

  #time(seconds: number): string {
    return secondsText(Math.max(1, Math.round(seconds)), this.#language)
  }

  #drawFigures(watch: LiveWatch, { kind }: Verdict): void {
    for (const { id, unit, signal, about } of liveFigures) {
      const element = this.#figures.get(id)!
      const value = watch.figure(signal.query)
      const isBlocked = kind === 'blocked' && id === 'event-loop-utilization'
      const shown = value === undefined ? '–' : valueText(value, unit, this.#language)
      setText(part('b', element), isBlocked ? pageWords[this.#language].blockedNow : shown)
      const severity = isBlocked ? 'critical' : worst(watch, about)
      if (element.className !== severity) element.className = severity
    }
  }
}

function worst({ conditions }: LiveWatch, about: readonly string[]): Severity {
  return conditions.troubles.find(({ signal }) => about.includes(signal.id))?.threshold.severity ?? 'none'
}
