import type { SlottedFamily } from '../../metrics/slotted-family.js'
import type { Arrangement } from '../arrangement.js'
import type { SeriesSnapshot } from '../family-snapshot.js'
import { moved } from '../merge.js'
import type { AddedValues } from './added-values.js'
import type { SeriesPlaces } from './series-places.js'

/** What one thread has of a joined family, or what those that ended have left. */
export interface JoinedPart {
  /** Finds out which series were added and removed, in steps after each of which others may run. */
  update(places: SeriesPlaces): Generator<void>
  /** Adds what it has for the series at a place. */
  add(place: number, values: AddedValues): void
}

/** How the labels and lines of a part become those of the joined family. */
export interface PartShape {
  /** The values of default labels, which come after those of a series' own. */
  readonly added: readonly string[]
  readonly valuesIn: Arrangement
  readonly samplesIn: Arrangement
  /** Which lines its own are, -1 for none; `undefined` where they are the same. */
  readonly lines: readonly number[] | undefined
}

/** Slots between two pauses. */
const STEP = 128

/** The series of one thread: remembers at which place each of them is. */
export class LivingPart implements JoinedPart {
  readonly #family: SlottedFamily
  readonly #shape: PartShape
  readonly #found = new Int32Array(STEP)
  /** By slot: the birth of its series, and its place. */
  #births = new Int32Array(STEP)
  #places = new Int32Array(STEP)
  /** By place: the slot, plus 1. */
  #slots = new Int32Array(STEP)
  /** How many series are known, and which was the youngest. */
  #size = 0
  #youngest = 0

  constructor(family: SlottedFamily, shape: PartShape) {
    this.#family = family
    this.#shape = shape
  }

  *update(places: SeriesPlaces): Generator<void> {
    // Before the look: what is added meanwhile is looked for the next time.
    const { births, size, slots } = this.#family
    if (births === this.#youngest && size === this.#size) return
    this.#births = grown(this.#births, slots)
    this.#places = grown(this.#places, slots)
    for (let from = 0; from < slots; from += STEP) {
      this.#family.readBirths(from, this.#found)
      for (let i = 0; i < STEP && from + i < slots; i++) {
        const birth = this.#found[i]!
        if (birth !== this.#births[from + i]) this.#renew(from + i, birth, places)
      }
      yield
    }
    this.#youngest = births
  }

  add(place: number, values: AddedValues): void {
    const slot = (this.#slots[place] ?? 0) - 1
    if (slot < 0) return
    values.begin(this.#shape.lines)
    this.#family.emitSlot(values, slot, this.#births[slot]!)
  }

  #renew(slot: number, birth: number, places: SeriesPlaces): void {
    if (this.#births[slot] !== 0) this.#leave(slot, places)
    const values = birth === 0 ? undefined : this.#family.valuesAt(slot, birth)
    if (values === undefined) return
    const { added, valuesIn } = this.#shape
    const place = places.hold(valuesIn(added.length > 0 ? [...values, ...added] : values, ''))
    this.#slots = grown(this.#slots, place + 1)
    // Its labels were removed and are there again, in another slot.
    if (this.#slots[place] !== 0) this.#leave(this.#slots[place]! - 1, places)
    this.#births[slot] = birth
    this.#places[slot] = place
    this.#slots[place] = slot + 1
    this.#size++
  }

  #leave(slot: number, places: SeriesPlaces): void {
    const place = this.#places[slot]!
    this.#births[slot] = 0
    this.#slots[place] = 0
    this.#size--
    places.release(place)
  }
}

/** What threads that ended have counted, which changes no more. */
export class EndedPart implements JoinedPart {
  readonly #series: readonly SeriesSnapshot[]
  readonly #shape: PartShape
  readonly #byPlace = new Map<number, SeriesSnapshot>()
  #isKnown = false

  constructor(series: readonly SeriesSnapshot[], shape: PartShape) {
    this.#series = series
    this.#shape = shape
  }

  *update(places: SeriesPlaces): Generator<void> {
    if (this.#isKnown) return
    this.#isKnown = true
    for (let i = 0; i < this.#series.length; i++) {
      const series = this.#series[i]!
      const { valuesIn, samplesIn } = this.#shape
      const values = valuesIn(series.values, '')
      this.#byPlace.set(places.hold(values), moved(series, values, samplesIn))
      if (i % STEP === STEP - 1) yield
    }
  }

  add(place: number, values: AddedValues): void {
    const series = this.#byPlace.get(place)
    if (series !== undefined) values.addSnapshot(series)
  }
}

/** The same numbers in a list with room for so many, and zeros behind them. */
function grown(list: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= list.length) return list
  const larger = new Int32Array(Math.max(length, list.length * 2))
  larger.set(list)
  return larger
}
