import { labelText } from '../model/label-text.js'
import type { LabelTexts } from './label-texts.js'
import { EMPTY_TEXT } from './text-record.js'

const MOST_REMEMBERED = 1024
/** Longer texts are not remembered: they would be kept for nothing after their series are gone. */
const LONGEST_REMEMBERED = 256
/** A text that so few hold may be held by nothing but what columns remember. */
const FEW_HOLDS = 8

/**
 * The values of one label of a family. It remembers the ids of up to 1,024 texts in use, and the numbers, booleans and
 * missing values that it was asked for instead of their texts, so that a status code is converted once. What it
 * remembers it holds.
 */
export class LabelColumn {
  readonly #texts: LabelTexts
  /** Ids by text. A property is found in two thirds of the time that an entry of a map takes. */
  #known = noTexts()
  #size = 0
  /** Ids by what is no text. */
  readonly #others = new Map<unknown, number>()

  constructor(texts: LabelTexts) {
    this.#texts = texts
  }

  /** The id of the text of a value that is remembered; `undefined` for any other. Allocates nothing. */
  known(value: unknown): number | undefined {
    return typeof value === 'string' ? this.#known[value] : this.#others.get(value)
  }

  /** Remembers the id of a text, and the value that it was asked for by. When it is full, it starts again. */
  remember(text: string, id: number, asked: unknown): void {
    if (text.length > LONGEST_REMEMBERED) return
    if (this.#known[text] === undefined) {
      if (this.#size === MOST_REMEMBERED) this.forgetAll()
      this.#known[text] = id
      this.#size++
      this.#texts.holdAgain(id)
    }
    if (typeof asked !== 'string' && typeof asked !== 'bigint') this.#others.set(asked, id)
  }

  /** Called when a series with this value is gone: forgets the value unless it is likely that others have it. */
  released(id: number): void {
    if (id === EMPTY_TEXT || this.#texts.holds(id) > FEW_HOLDS) return
    const text = this.#texts.text(id)
    if (this.#known[text] === undefined) return
    delete this.#known[text]
    this.#size--
    for (const other of [Number(text), text === 'true']) {
      if (this.#others.get(other) === id && labelText(other) === text) this.#others.delete(other)
    }
    this.#texts.release(id)
  }

  forgetAll(): void {
    for (const text in this.#known) this.#texts.release(this.#known[text]!)
    this.#known = noTexts()
    this.#size = 0
    this.#others.clear()
  }
}

function noTexts(): Record<string, number> {
  // Without a prototype, so that any text is a key like any other.
  return Object.create(null) as Record<string, number>
}
