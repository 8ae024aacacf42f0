import { labelText } from '../model/label-text.js'
import type { LabelTexts } from './label-texts.js'
import { EMPTY_TEXT } from './text-record.js'

/** How many values a column remembers the ids of; with more, it starts again. */
const MOST_REMEMBERED = 1024
/** Longer texts are not remembered: they would be kept for nothing after their series are gone. */
const LONGEST_REMEMBERED = 256
/** A text that so few hold may be held by nothing but what columns remember. */
const FEW_HOLDS = 8

/**
 * The values of one label of a family. It remembers the ids of the texts in use, up to 1,024 of them, and of the
 * numbers, booleans and missing values that it was asked for instead of their texts, so that a status code is
 * converted once. What it remembers it holds.
 */
export class LabelColumn {
  readonly #texts: LabelTexts
  readonly #ids = new Map<unknown, number>()
  /** NaN is not equal to itself, so nothing is. */
  #last: unknown = NaN
  #lastId = -1

  constructor(texts: LabelTexts) {
    this.#texts = texts
  }

  /** The id of a value that is remembered; -1 for any other. Allocates nothing. */
  known(value: unknown): number {
    if (value === this.#last) return this.#lastId
    const id = this.#ids.get(value)
    if (id === undefined) return -1
    this.#last = value
    this.#lastId = id
    return id
  }

  /** Remembers the id of a text, and of the value that it was asked for by. */
  remember(text: string, id: number, asked: unknown): void {
    if (text.length > LONGEST_REMEMBERED) return
    if (this.#ids.size >= MOST_REMEMBERED) this.forgetAll()
    if (!this.#ids.has(text)) {
      this.#ids.set(text, id)
      this.#texts.holdAgain(id)
    }
    if (typeof asked !== 'string' && typeof asked !== 'bigint') this.#ids.set(asked, id)
  }

  /** Called when a series with this value is gone: forgets it unless it is likely that others have it. */
  released(id: number): void {
    if (id === EMPTY_TEXT || this.#texts.holds(id) > FEW_HOLDS) return
    const text = this.#texts.text(id)
    if (this.#ids.get(text) !== id) return
    this.#ids.delete(text)
    for (const other of [Number(text), text === 'true', undefined, null]) {
      if (this.#ids.get(other) === id && labelText(other) === text) this.#ids.delete(other)
    }
    this.#forgetLast()
    this.#texts.release(id)
  }

  forgetAll(): void {
    for (const [value, id] of this.#ids) if (typeof value === 'string') this.#texts.release(id)
    this.#ids.clear()
    this.#forgetLast()
  }

  #forgetLast(): void {
    this.#last = NaN
    this.#lastId = -1
  }
}
