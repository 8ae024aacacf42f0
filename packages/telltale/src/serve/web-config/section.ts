import { TelltaleError } from '../../model/error.js'
import { shown } from '../../model/metric-name.js'

/**
 * A map of a web-config file, read field by field. Every fault is a `TELLTALE_WEB_CONFIG` that names the field and
 * what it takes. Values are in messages only where they are one of a list of words.
 */
export class Section {
  readonly #file: string
  readonly #path: string
  readonly #fields: ReadonlyMap<string, unknown>
  readonly #read = new Set<string>()

  constructor(file: string, path: string, value: unknown) {
    this.#file = file
    this.#path = path
    if (!isAbsent(value) && !(value instanceof Map)) throw this.fault('', 'expected a map of fields')
    this.#fields = value instanceof Map ? value : new Map()
  }

  get keys(): readonly string[] {
    return [...this.#fields.keys()]
  }

  section(key: string): Section {
    return new Section(this.#file, this.#pathOf(key), this.#take(key))
  }

  text(key: string): string | undefined {
    const value = this.#take(key)
    if (isAbsent(value)) return undefined
    if (typeof value !== 'string') throw this.fault(key, 'expected a text')
    return value
  }

  boolean(key: string): boolean | undefined {
    const text = this.text(key)
    if (text === undefined) return undefined
    if (/^(true|yes|on)$/i.test(text)) return true
    if (/^(false|no|off)$/i.test(text)) return false
    throw this.fault(key, 'expected true or false')
  }

  /** One of the words, as what it stands for. */
  oneOf<T>(key: string, words: Readonly<Record<string, T>>): T | undefined {
    const text = this.text(key)
    return text === undefined ? undefined : this.#meaning(key, text, words)
  }

  /** Some of the words, as what they stand for; empty when there are none. */
  someOf<T>(key: string, words: Readonly<Record<string, T>>): readonly T[] {
    return this.list(key).map((text) => this.#meaning(key, text, words))
  }

  list(key: string): readonly string[] {
    const value = this.#take(key)
    if (isAbsent(value)) return []
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw this.fault(key, 'expected a list of texts')
    }
    return value
  }

  /** Throws for a field that nobody asked for. */
  end(): void {
    const unknown = this.keys.find((key) => !this.#read.has(key))
    if (unknown === undefined) return
    const known = [...this.#read].join(', ')
    throw this.fault('', `got a field ${shown(unknown)} that is not known, expected some of ${known}`)
  }

  fault(key: string, detail: string): TelltaleError {
    const where = key === '' ? this.#path : this.#pathOf(key)
    return new TelltaleError(
      'TELLTALE_WEB_CONFIG',
      `${this.#file}${where === '' ? '' : `, ${where}`}: ${detail}`,
    )
  }

  #pathOf(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`
  }

  #take(key: string): unknown {
    this.#read.add(key)
    return this.#fields.get(key)
  }

  #meaning<T>(key: string, text: string, words: Readonly<Record<string, T>>): T {
    if (Object.hasOwn(words, text)) return words[text]!
    throw this.fault(key, `got ${shown(text)}, expected one of ${Object.keys(words).join(', ')}`)
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
