import type { Query } from '../query/query.js'
import type { Evaluation } from './evaluation.js'
import { dropLabels, type Element, labelKey } from './vector.js'

/** A query whose values are kept, and how its lines are called. */
export interface TrackedQuery {
  readonly query: Query
  /** `{{label}}` stands for the value of a label. */
  readonly legend: string
}

/** One line of a graph. */
export interface TrackLine {
  readonly name: string
  readonly labels: Element['labels']
  /** Its own for as long as it is remembered, so that its colour does not change. */
  readonly place: number
  /** A value, or none, for each moment of the track. */
  readonly values: readonly (number | undefined)[]
  readonly last: number | undefined
}

interface HeldLine extends Pick<TrackLine, 'name' | 'labels' | 'place'> {
  lastAt: number
}

interface Moment {
  readonly at: number
  readonly values: ReadonlyMap<string, number>
}

/** There is one target, so these say nothing. */
const OF_TARGET = ['job', 'instance']
const MOST_LINES = 50

/** The values of some queries over the last moments; a fifty-first line is left out. */
export class Track {
  readonly #queries: readonly TrackedQuery[]
  readonly #seconds: number
  readonly #lines = new Map<string, HeldLine>()
  #moments: Moment[] = []

  constructor(queries: readonly TrackedQuery[], seconds: number) {
    this.#queries = queries
    this.#seconds = seconds
  }

  /** When the values were taken, in seconds. */
  get times(): readonly number[] {
    return this.#moments.map(({ at }) => at)
  }

  /** In the order of their places. */
  get lines(): readonly TrackLine[] {
    return Array.from(this.#lines, ([key, { name, labels, place }]) => {
      const values = this.#moments.map((moment) => moment.values.get(key))
      return { name, labels, place, values, last: values.at(-1) }
    }).sort((a, b) => a.place - b.place)
  }

  /** Takes the values of a moment, in seconds. */
  add(at: number, evaluation: Evaluation): void {
    const values = new Map<string, number>()
    for (const [index, { query, legend }] of this.#queries.entries()) {
      for (const { labels, value } of evaluation.vector(query)) {
        const key = `${index} ${labelKey(labels)}`
        if (Number.isFinite(value) && this.#know(key, legend, labels, at)) values.set(key, value)
      }
    }
    this.#moments.push({ at, values })
    const before = at - this.#seconds
    this.#moments = this.#moments.filter((moment) => moment.at >= before)
    for (const [key, { lastAt }] of this.#lines) if (lastAt < before) this.#lines.delete(key)
  }

  #know(key: string, legend: string, labels: Element['labels'], at: number): boolean {
    const known = this.#lines.get(key)
    if (known !== undefined) known.lastAt = at
    if (known !== undefined || this.#lines.size >= MOST_LINES) return known !== undefined
    const shown = dropLabels(labels, OF_TARGET)
    this.#lines.set(key, {
      name: legendOf(legend, shown),
      labels: shown,
      place: this.#freePlace(),
      lastAt: at,
    })
    return true
  }

  #freePlace(): number {
    const taken = new Set(Array.from(this.#lines.values(), ({ place }) => place))
    let place = 0
    while (taken.has(place)) place++
    return place
  }
}

/** The name of a line: the values of its labels in the places that the legend has for them. */
export function legendOf(legend: string, labels: Element['labels']): string {
  const filled = legend.replace(/\{\{(\w+)\}\}/g, (_, name: string) => labels[name] ?? '')
  return filled.replace(/ {2,}/g, ' ').trim()
}
