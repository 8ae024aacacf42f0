import type { Exchange } from './exchange.js'

/** What the places of an endpoint are limited by. */
export interface PlaceLimits {
  /** Answers at one time. */
  readonly scrapes: number
  /** Seconds in which an answer has to be made and taken. */
  readonly answerSeconds: number
  /** Seconds over which the pace of a reader is measured. */
  readonly stalledSeconds: number
  /** Bytes per second; an answer that is read more slowly gives its place up when another one needs it. */
  readonly bytesPerSecond: number
}

/** Looks at the readers in the time over which their pace is measured. */
const LOOKS = 5

interface Place {
  readonly exchange: Exchange
  /**
   * What its reader had taken at the last looks, the oldest first; empty after one when nothing waited for the reader.
   * Time would also pass while the event loop is blocked.
   */
  looks: readonly number[]
}

/**
 * The places for answers that are made at one time. When all are taken, a new one gets that of a reader which was
 * waited for at all looks, if it reads too slowly, or if its address holds at least two places more than that of the
 * new one: the address with the most places loses the first, and there the slowest reader. So neither who reads
 * slowly nor who asks often keeps others out.
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
    if (this.#places.size >= this.#limits.scrapes && !this.#freeOne(exchange.address)) return false
    const place: Place = { exchange, looks: [] }
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
      place.looks = taken === undefined ? [] : [...place.looks.slice(-LOOKS), taken]
    }
  }

  #freeOne(address: string | undefined): boolean {
    const place = this.#leastEntitled(address)
    if (place === undefined) return false
    this.#free(place)
    if (place.exchange.isGone) return true
    this.#cut()
    place.exchange.cut()
    return true
  }

  #leastEntitled(address: string | undefined): Place | undefined {
    const held = this.#heldByAddress()
    const least = this.#limits.bytesPerSecond * this.#limits.stalledSeconds
    const most = (held.get(address) ?? 0) + 1
    let found: { place: Place; held: number; progress: number } | undefined
    for (const place of this.#places) {
      const progress = progressOf(place)
      if (progress === undefined) continue
      const places = held.get(place.exchange.address) ?? 0
      if (progress >= least && places <= most) continue
      const isWorse = !found || places > found.held || (places === found.held && progress < found.progress)
      if (isWorse) found = { place, held: places, progress }
    }
    return found?.place
  }

  #heldByAddress(): ReadonlyMap<string | undefined, number> {
    const held = new Map<string | undefined, number>()
    for (const { exchange } of this.#places) {
      held.set(exchange.address, (held.get(exchange.address) ?? 0) + 1)
    }
    return held
  }

  #free(place: Place): void {
    this.#places.delete(place)
    if (this.#places.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

/** The bytes that a reader took since the oldest of all looks; `undefined` where it was not waited for all the time. */
function progressOf({ exchange, looks }: Place): number | undefined {
  if (looks.length <= LOOKS) return undefined
  // Of an answer that hears nothing of the end of its connection, nothing more is expected.
  if (exchange.isGone) return 0
  const { taken } = exchange
  return taken === undefined ? undefined : taken - looks[0]!
}
