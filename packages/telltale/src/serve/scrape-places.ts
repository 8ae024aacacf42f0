import type { Exchange } from './exchange.js'

/** What the places of an endpoint are limited by. */
export interface PlaceLimits {
  /** Answers at one time. */
  readonly scrapes: number
  /** Seconds in which an answer has to be made and taken. */
  readonly answerSeconds: number
  /** Seconds without progress after which an answer gives its place up when another one needs it. */
  readonly stalledSeconds: number
}

/** Looks at the readers in the time after which one counts as stalled. */
const LOOKS = 5

interface Place {
  readonly exchange: Exchange
  /** What its reader had taken at the last look; `undefined` when nothing waited for it. */
  taken: number | undefined
  /** Looks since then that saw nothing change. Time would also count while the event loop is blocked. */
  looks: number
}

/**
 * The places for answers that are made at one time. When all are taken, the one whose reader has taken nothing for the
 * longest is cut for a new one, if that is long enough: who never reads keeps nobody else out.
 */
export class ScrapePlaces {
  readonly #limits: PlaceLimits
  readonly #cut: () => void
  readonly #places = new Set<Place>()
  #timer: NodeJS.Timeout | undefined

  /** `cut` is told of each answer that is cut. */
  constructor(limits: PlaceLimits, cut: () => void = () => {}) {
    this.#limits = limits
    this.#cut = cut
  }

  /** Gives an exchange a place until it ends; false when there is none. */
  take(exchange: Exchange): boolean {
    if (this.#places.size >= this.#limits.scrapes && !this.#freeStalled()) return false
    const place: Place = { exchange, taken: undefined, looks: 0 }
    this.#places.add(place)
    this.#timer ??= setInterval(() => this.#look(), (this.#limits.stalledSeconds * 1000) / LOOKS).unref()
    exchange.onEnd(() => this.#free(place))
    return true
  }

  /** Cuts an exchange that is not over in time. */
  limitTime(exchange: Exchange): void {
    const timer = setTimeout(() => {
      // Others on its connection went with the first.
      if (exchange.isGone) return
      this.#cut()
      exchange.cut()
    }, this.#limits.answerSeconds * 1000).unref()
    exchange.onEnd(() => clearTimeout(timer))
  }

  #look(): void {
    for (const place of this.#places) {
      const { taken } = place.exchange
      place.looks = taken !== undefined && taken === place.taken ? place.looks + 1 : 0
      place.taken = taken
    }
  }

  #freeStalled(): boolean {
    let longest: Place | undefined
    for (const place of this.#places) if (place.looks > (longest?.looks ?? LOOKS - 1)) longest = place
    if (longest === undefined) return false
    const { exchange, taken } = longest
    const isGone = exchange.isGone
    if (!isGone && exchange.taken !== taken) return false
    this.#free(longest)
    if (isGone) return true
    this.#cut()
    exchange.cut()
    return true
  }

  #free(place: Place): void {
    this.#places.delete(place)
    if (this.#places.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
