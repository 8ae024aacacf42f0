import type { Language } from '../../signals/signal.js'
import type { Trouble } from '../conditions.js'
import type { LiveWatch } from '../live-watch.js'
import { summaryText } from '../summary-text.js'
import { secondsText } from '../value-text.js'
import { labelKey } from '../vector.js'
import { browser, keep, type PageElement, part, setText } from './dom.js'
import { escaped } from './escaped.js'
import { pageWords } from './page-words.js'

/** Further ones are counted. */
const MOST_SHOWN = 20

/** The list of what would fire. */
export class AlertsView {
  readonly #language: Language
  readonly #list: PageElement
  readonly #none: PageElement

  constructor(language: Language) {
    this.#language = language
    this.#list = part('#troubles')
    this.#none = part('#no-troubles')
  }

  draw({ conditions }: LiveWatch, now: number): void {
    const { troubles } = conditions
    const words = pageWords[this.#language]
    const shown = troubles.slice(0, MOST_SHOWN)
    const items = keep(this.#list, shown, keyOf, (trouble) => this.#item(trouble))
    for (const [i, item] of items.entries()) this.#update(item, shown[i]!, now)
    const left = troubles.length - shown.length
    setText(this.#none, troubles.length === 0 ? words.noAlerts : left > 0 ? words.more(left) : '')
    this.#none.hidden = troubles.length > 0 && left === 0
  }

  #item({ signal, alert }: Trouble): PageElement {
    const words = pageWords[this.#language]
    const runbook = signal.text[this.#language].runbook
    const item = browser.document.createElement('li')
    item.innerHTML = `<details><summary><span class="tag"></span><b>${escaped(alert.name)}</b><span class="say"></span><small></small></summary><dl><dt>${words.cause}</dt><dd>${escaped(runbook?.cause ?? '')}</dd><dt>${words.remedy}</dt><dd>${escaped(runbook?.remedy ?? '')}</dd></dl></details>`
    return item
  }

  #update(item: PageElement, trouble: Trouble, now: number): void {
    const { signal, alert, threshold, since, isFiring } = trouble
    const words = pageWords[this.#language]
    const { runbook, title } = signal.text[this.#language]
    const className = `${threshold.severity}${isFiring ? '' : ' waits'}`
    if (item.className !== className) item.className = className
    setText(
      part('.tag', item),
      `${words.severities[threshold.severity]} · ${isFiring ? words.fires : words.wouldFire}`,
    )
    setText(part('.say', item), summaryText(runbook?.summary ?? title ?? alert.name, trouble, this.#language))
    const time = secondsText(Math.max(1, Math.round(now - since)), this.#language)
    const wait = secondsText(threshold.forSeconds, this.#language)
    setText(part('small', item), isFiring ? words.since(time) : words.holds(time, wait))
  }
}

const keyOf = ({ alert, labels }: Trouble) => `${alert.name} ${labelKey(labels)}`
