import type { Language } from '../../signals/signal.js'
import type { LivePanel } from '../live-panels.js'
import type { LiveWatch } from '../live-watch.js'
import type { TrackLine } from '../track.js'
import { secondsText, valueText } from '../value-text.js'
import { browser, type PageElement, part } from './dom.js'
import { escaped } from './escaped.js'
import { graphSvg, INSET } from './graph.js'
import { pageWords } from './page-words.js'

const HEIGHT = 144
/** Further lines are counted, not drawn. */
const MOST_SHOWN = 6

/** The moments that all graphs show, in seconds, and the one that is looked at. */
export interface ShownTime {
  readonly from: number
  readonly to: number
  readonly cursor: number | undefined
}

/** One graph with its legend. */
export class PanelView {
  readonly element: PageElement
  readonly #panel: LivePanel
  readonly #language: Language
  readonly #graph: PageElement
  readonly #legend: PageElement

  constructor(panel: LivePanel, language: Language) {
    this.#panel = panel
    this.#language = language
    this.element = browser.document.createElement('figure')
    this.element.dataset.panel = panel.id
    this.element.setAttribute('tabindex', '0')
    this.element.setAttribute('title', panel.description[language])
    this.element.innerHTML = `<figcaption><b>${escaped(panel.title[language])}</b><small>${escaped(this.#about())}</small></figcaption><div class="graph"></div><ul class="legend"></ul>`
    this.#graph = part('.graph', this.element)
    this.#legend = part('.legend', this.element)
  }

  /** Draws what is known, and says whether that is anything. */
  draw(watch: LiveWatch, time: ShownTime): boolean {
    const track = watch.track(this.#panel)
    const { times, lines } = track
    const shown = mostImportant(lines)
    const { blocked, silent } = watch.spans
    const { isStacked, unit, limits } = this.#panel
    const width = Math.max(200, this.#graph.clientWidth)
    this.#graph.innerHTML = graphSvg({
      ...{ width, height: HEIGHT, ...time, times, lines: shown, isStacked, unit, limits },
      ...{ blocked, silent, language: this.#language },
    })
    const legend = this.#legendHtml(shown, lines.length - shown.length, indexAt(times, time.cursor))
    if (this.#legend.innerHTML !== legend) this.#legend.innerHTML = legend
    return lines.length > 0
  }

  /** The moment below a place of the window. */
  timeAt(clientX: number, { from, to }: ShownTime): number {
    const { left, width } = this.#graph.getBoundingClientRect()
    const share = (clientX - left - INSET.left) / (width - INSET.left - INSET.right)
    return from + Math.min(1, Math.max(0, share)) * (to - from)
  }

  /** What the value must not be, and else what it is. */
  #about(): string {
    const { limits, unit, description } = this.#panel
    const texts = limits.map(({ op, value, forSeconds }, i) => {
      const wait = forSeconds === 0 ? '' : secondsText(forSeconds, this.#language)
      return pageWords[this.#language].limit(i === 0 ? op : '', valueText(value, unit, this.#language), wait)
    })
    return texts.length === 0 ? description[this.#language] : texts.join(', ')
  }

  #legendHtml(lines: readonly TrackLine[], left: number, index: number): string {
    const words = pageWords[this.#language]
    if (lines.length === 0) return `<li class="none">${words.nothingYet}</li>`
    const items = lines.map(({ name, place, values }) => {
      const value = values[index]
      const shown = value === undefined ? '–' : valueText(value, this.#panel.unit, this.#language)
      const label = name === '' ? '' : `<span>${escaped(name)}</span>`
      return `<li><i class="c${place % 8}"></i>${label}<b>${escaped(shown)}</b></li>`
    })
    return items.join('') + (left > 0 ? `<li class="none">${words.more(left)}</li>` : '')
  }
}

/** Those with the largest last values, in the order of their places. */
function mostImportant(lines: readonly TrackLine[]): readonly TrackLine[] {
  const size = ({ last, values }: TrackLine) => last ?? values.findLast((value) => value !== undefined) ?? 0
  return [...lines]
    .sort((a, b) => size(b) - size(a))
    .slice(0, MOST_SHOWN)
    .sort((a, b) => a.place - b.place)
}

function indexAt(times: readonly number[], cursor: number | undefined): number {
  if (cursor === undefined) return times.length - 1
  const after = times.findIndex((at) => at >= cursor)
  if (after <= 0) return after === 0 ? 0 : times.length - 1
  return cursor - times[after - 1]! < times[after]! - cursor ? after - 1 : after
}
