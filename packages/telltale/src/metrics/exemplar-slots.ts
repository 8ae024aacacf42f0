import type { Exemplar } from './exemplar.js'

/**
 * How the exemplars of a series are kept: one for each of its first lines (a counter, the buckets of a histogram),
 * or some for the whole series, spread over its values.
 */
export interface ExemplarPlan {
  readonly kind: 'lines' | 'spread'
  readonly slots: number
}

const MOST_OF_A_SERIES = 4

/** How a summary, and a native histogram without classic buckets, keeps its exemplars. */
export const spreadExemplars: ExemplarPlan = { kind: 'spread', slots: MOST_OF_A_SERIES }

export const noExemplars: readonly (Exemplar | undefined)[] = []

/** The newest four of all, the oldest of them first. */
export function newestExemplars(all: readonly (Exemplar | undefined)[]): readonly Exemplar[] {
  const known = all.filter((exemplar) => exemplar !== undefined)
  return known.sort((a, b) => a.timestamp - b.timestamp).slice(-MOST_OF_A_SERIES)
}

interface Kept {
  readonly exemplar: Exemplar
  /** When it was kept, on the clock that never goes back. */
  readonly at: number
}

type Places = (Kept | undefined)[]

/** The exemplars of one series, those with labels by hand beside the others. */
export class ExemplarSlots {
  readonly #plan: ExemplarPlan
  readonly #sampled: Places
  #manual: Places | undefined
  /** Until then the series takes no other sampled exemplar. */
  opensAt = 0

  constructor(plan: ExemplarPlan) {
    this.#plan = plan
    this.#sampled = new Array(plan.slots)
  }

  /** The place for a sampled exemplar; -1 when those that there are stay, because they were taken after `since`. */
  placeFor(line: number, value: number, since: number, expired: number): number {
    if (this.#plan.kind === 'lines') return isYounger(this.#sampled[line], since) ? -1 : line
    return spreadPlace(this.#sampled, value, since, expired)
  }

  put(place: number, exemplar: Exemplar, at: number): void {
    this.#sampled[place] = { exemplar, at }
  }

  /** Keeps an exemplar with labels by hand: the newest one of its line, or the newest ones of the series. */
  putManual(line: number, exemplar: Exemplar, at: number): void {
    this.#manual ??= new Array(this.#plan.slots)
    const place = this.#plan.kind === 'lines' ? line : oldestPlace(this.#manual)
    this.#manual[place] = { exemplar, at }
  }

  /** The exemplar of each place that is not older than `expired`; one with labels by hand comes first. */
  shown(expired: number): readonly (Exemplar | undefined)[] {
    return Array.from(this.#sampled, (sampled, place) => {
      const manual = this.#manual?.[place]
      if (isYounger(manual, expired)) return manual!.exemplar
      return isYounger(sampled, expired) ? sampled!.exemplar : undefined
    })
  }
}

function isYounger(kept: Kept | undefined, than: number): boolean {
  return kept !== undefined && kept.at > than
}

function oldestPlace(places: Places): number {
  let oldest = 0
  for (let place = 0; place < places.length; place++) {
    const kept = places[place]
    if (kept === undefined) return place
    if (kept.at < places[oldest]!.at) oldest = place
  }
  return oldest
}

/** An empty or expired place; with none, the older one of the two closest values, the new one included. */
function spreadPlace(places: Places, value: number, since: number, expired: number): number {
  const empty = places.findIndex((kept) => !isYounger(kept, expired))
  if (empty >= 0) return empty
  const others = places.map((kept, place) => ({ place, on: magnitude(kept!.exemplar.value) }))
  const sorted = [...others, { place: -1, on: magnitude(value) }].sort((a, b) => a.on - b.on)
  let closest = 1
  for (let i = 2; i < sorted.length; i++) {
    if (sorted[i]!.on - sorted[i - 1]!.on < sorted[closest]!.on - sorted[closest - 1]!.on) closest = i
  }
  const place = older(places, sorted[closest - 1]!.place, sorted[closest]!.place)
  return isYounger(places[place], since) ? -1 : place
}

/** The new exemplar, at place -1, is never the older one. */
function older(places: Places, a: number, b: number): number {
  if (a < 0 || b < 0) return Math.max(a, b)
  return places[a]!.at <= places[b]!.at ? a : b
}

/** A scale on which factors are distances, for values of both signs and for zero. */
function magnitude(value: number): number {
  return Math.sign(value) * Math.log1p(Math.min(Math.abs(value), 1e290) * 1e9)
}
