import { labelText } from '../model/label-text.js'
import type { LabelTexts } from './label-texts.js'
import { EMPTY_TEXT } from './text-record.js'

/** How many numbers a column gives out; 0 to 1,023 are ten bits. */
export const COLUMN_BITS = 10
const MOST_REMEMBERED = 2 ** COLUMN_BITS
/** Longer texts are not remembered: they would be kept for nothing after their series are gone. */
const LONGEST_REMEMBERED = 256
/** A text that so few hold may be held by nothing but what columns remember. */
const FEW_HOLDS = 8

/**
 * The values of one label of a family. It remembers up to 1,024 texts in use, each by a small number of its own, and
 * the numbers, booleans and missing values that it was asked for instead of their texts, so that a status code is
 * converted once. What it remembers it holds.
 */
export class LabelColumn {
  readonly #texts: LabelTexts
  /** By text. A property is found in two thirds of the time that an entry of a map takes. */
  #known = noTexts()
  /** By what is no text. */
  readonly #others = new Map<unknown, number>()
  /** The id of the text of each number. */
  readonly #ids: number[] = []

  constructor(texts: LabelTexts) {
    this.#texts = texts
  }

  /** The number of a value that is remembered; `undefined` for any other. Allocates nothing. */
  known(value: unknown): number | undefined {
    return typeof value === 'string' ? this.#known[value] : this.#others.get(value)
  }

  /** The id of the text that has a number. */
  idOf(number: number): number {
    return this.#ids[number]!
  }

  /** Whether there is no number left for another text. */
  get isFull(): boolean {
    return this.#ids.length >= MOST_REMEMBERED
  }

  /** Remembers the id of a text, and the value that it was asked for by, unless it is full. */
  remember(text: string, id: number, asked: unknown): void {
    if (text.length > LONGEST_REMEMBERED) return
    if (this.#known[text] === undefined) {
      if (this.isFull) return
      this.#known[text] = this.#ids.push(id) - 1
      this.#texts.holdAgain(id)
    }
    if (typeof asked !== 'string' && typeof asked !== 'bigint') this.#others.set(asked, this.#known[text]!)
  }

  /**
   * Called when a series with this value is gone: forgets the value unless it is likely that others have it. Its number
   * is not given out again until all are forgotten.
   */
  released(id: number): void {
    if (id === EMPTY_TEXT || this.#texts.holds(id) > FEW_HOLDS) return
    const text = this.#texts.text(id)
    const number = this.#known[text]
    if (number === undefined) return
    delete this.#known[text]
    for (const other of [Number(text), text === 'true']) {
      if (this.#others.get(other) === number && labelText(other) === text) this.#others.delete(other)
    }
    this.#texts.release(id)
  }

  forgetAll(): void {
    for (const text in this.#known) this.#texts.release(this.#ids[this.#known[text]!]!)
    this.#known = noTexts()
    this.#others.clear()
    this.#ids.length = 0
  }
}

function noTexts(): Record<string, number> {
  // Without a prototype, so that any text is a key like any other.
  return Object.create(null) as Record<string, number>
}
