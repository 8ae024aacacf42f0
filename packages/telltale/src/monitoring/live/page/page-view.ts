import { runtimeSignals } from '../../signals/runtime-signals.js'
import type { Language } from '../../signals/signal.js'
import { liveSections } from '../live-panels.js'
import { REMEMBERED_SECONDS } from '../live-signals.js'
import { type LiveWatch, RATE_SECONDS } from '../live-watch.js'
import { secondsText } from '../value-text.js'
import { AlertsView } from './alerts-view.js'
import { browser, type PageElement, type PageEvent, part, setText } from './dom.js'
import { escaped } from './escaped.js'
import { pageWords } from './page-words.js'
import { PanelView, type ShownTime } from './panel-view.js'
import { VerdictView } from './verdict-view.js'

/** How much time the graphs show, in seconds: the first that all is in. */
const SPANS = [60, 180, 480, REMEMBERED_SECONDS]
/** By how much an arrow key moves the moment that is looked at. */
const KEY_SECONDS = 2

const uptime = runtimeSignals.find(({ id }) => id === 'uptime')!

/** The page in a browser: everything that is seen of a watch. */
export class PageView {
  readonly #watch: LiveWatch
  readonly #language: Language
  readonly #verdict: VerdictView
  readonly #alerts: AlertsView
  readonly #panels = new Map<string, PanelView>()
  readonly #sections: readonly {
    readonly element: PageElement
    readonly isAlways: boolean
    readonly ids: readonly string[]
  }[]
  #cursor: number | undefined

  constructor(watch: LiveWatch, language: Language) {
    this.#watch = watch
    this.#language = language
    const words = pageWords[language]
    browser.document.documentElement.setAttribute('lang', language)
    setText(part('#place'), browser.location.host)
    setText(part('#alerts-title'), words.alerts)
    this.#verdict = new VerdictView(language)
    this.#alerts = new AlertsView(language)
    this.#sections = liveSections.map((section) => {
      const element = browser.document.createElement('section')
      element.hidden = !section.isAlways
      element.innerHTML = `<h2>${escaped(words.sections[section.id])}</h2><div class="panels"></div>`
      for (const panel of section.panels) {
        const view = new PanelView(panel, language)
        this.#panels.set(panel.id, view)
        part('.panels', element).append(view.element)
      }
      part('main').append(element)
      return { element, isAlways: section.isAlways, ids: section.panels.map(({ id }) => id) }
    })
    this.#listen()
  }

  /** Draws everything that an answer changes. */
  draw(now: number, status: number): void {
    this.tick(now, status)
    this.#drawPanels()
    this.#drawNotes(now)
  }

  /** Draws what time alone changes. */
  tick(now: number, status: number): void {
    this.#verdict.draw(this.#watch, now, status)
    this.#alerts.draw(this.#watch, now)
  }

  #drawPanels(): void {
    const time = this.#shownTime()
    for (const { element, isAlways, ids } of this.#sections) {
      if (isAlways) element.hidden = false
      let isAnything = false
      for (const id of ids) {
        const view = this.#panels.get(id)!
        const has = this.#watch.track({ id }).lines.length > 0
        if (!isAlways) view.element.hidden = !has
        isAnything ||= has
        if (has && !isAlways) element.hidden = false
        if (has || isAlways) view.draw(this.#watch, time)
      }
      if (!isAlways && !isAnything) element.hidden = true
    }
  }

  #drawNotes(now: number): void {
    const words = pageWords[this.#language]
    const { since, isFull } = this.#watch
    if (since === undefined) return
    const seconds = (count: number) => secondsText(Math.max(1, Math.round(count)), this.#language)
    const lives = this.#watch.figure(uptime.query)
    setText(part('#uptime'), lives === undefined ? '' : words.uptime(seconds(lives)))
    const known = words.known(seconds(Math.min(now - since, REMEMBERED_SECONDS)))
    const notes = [
      known,
      words.rates(seconds(RATE_SECONDS)),
      words.left,
      words.keys,
      ...(isFull ? [words.full] : []),
    ]
    setText(part('#notes'), notes.join(' '))
  }

  #shownTime(): ShownTime {
    const { since = 0, lastAt = 0, spans } = this.#watch
    const to = Math.max(lastAt, spans.silent.at(-1)?.to ?? 0)
    const known = to - since
    const span = SPANS.find((seconds) => seconds >= known) ?? REMEMBERED_SECONDS
    return { from: to - span, to, cursor: this.#cursor }
  }

  #listen(): void {
    const main = part('main')
    main.addEventListener('pointermove', (event) => this.#point(event))
    main.addEventListener('pointerleave', () => this.#look(undefined))
    main.addEventListener('keydown', (event) => this.#key(event))
    browser.addEventListener('resize', () => this.#drawPanels())
  }

  #point({ target, clientX }: PageEvent): void {
    const id = target.closest('.graph')?.closest('figure')?.dataset.panel
    const view = id === undefined ? undefined : this.#panels.get(id)
    this.#look(view?.timeAt(clientX, this.#shownTime()))
  }

  #key(event: PageEvent): void {
    const step = { ArrowLeft: -KEY_SECONDS, ArrowRight: KEY_SECONDS }[event.key]
    if (event.key === 'Escape') this.#look(undefined)
    if (step === undefined || event.target.closest('figure') === null) return
    event.preventDefault()
    const { from, to } = this.#shownTime()
    this.#look(Math.min(to, Math.max(from, (this.#cursor ?? to) + step)))
  }

  #look(at: number | undefined): void {
    if (at === this.#cursor) return
    this.#cursor = at
    this.#drawPanels()
  }
}
