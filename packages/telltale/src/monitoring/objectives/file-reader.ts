import { TelltaleError } from '../../model/error.js'

type Fields = Readonly<Record<string, unknown>>

/** Says what is wrong at a place in the file of objectives, and what to write there instead. */
export function refuse(place: string, got: string, remedy: string): never {
  const where = place === '' ? 'the file of objectives' : `"${place}" in the file of objectives`
  throw new TelltaleError('TELLTALE_OBJECTIVE', `${where} cannot be used: ${got}; ${remedy}`)
}

/** Reads one mapping of the file of objectives and knows where it stands. Every method throws on the wrong type. */
export class FileReader {
  readonly #fields: Fields
  readonly #place: string

  constructor(data: unknown, place: string) {
    this.#place = place
    if (!isFields(data)) refuse(place, `got ${shape(data)}`, 'write a mapping of names to values')
    this.#fields = data
  }

  at(key: string): string {
    return [this.#place, key].filter((part) => part !== '').join('.')
  }

  has(key: string): boolean {
    return this.#fields[key] !== undefined && this.#fields[key] !== null
  }

  keys(): readonly string[] {
    return Object.keys(this.#fields)
  }

  /** Refuses keys that nothing reads: a misspelt one must not be overlooked. */
  only(known: readonly string[]): void {
    const other = this.keys().find((key) => !known.includes(key))
    if (other !== undefined) refuse(this.at(other), 'there is no such setting', `use ${known.join(', ')}`)
  }

  text(key: string): string {
    const value = this.#fields[key]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
    return refuse(this.at(key), `got ${shape(value)}`, 'write a text')
  }

  /** `99.9` and `99.9%`. */
  percent(key: string): number {
    const value = this.#fields[key]
    if (typeof value === 'number') return value
    const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*%?$/.exec(value) : null
    return match
      ? Number(match[1])
      : refuse(this.at(key), `got ${shape(value)}`, 'write a percentage such as 99.9')
  }

  atLeastZero(key: string): number {
    const value = this.#fields[key]
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value
    return refuse(this.at(key), `got ${shape(value)}`, 'write a number, 0 or above')
  }

  /** A regular expression, checked as far as JavaScript and Prometheus have it in common. */
  pattern(key: string): string {
    const text = this.text(key)
    try {
      new RegExp(text)
      return text
    } catch {
      return refuse(this.at(key), `got "${text}"`, 'write a regular expression')
    }
  }

  inner(key: string): FileReader {
    return new FileReader(this.#fields[key], this.at(key))
  }

  /** The mappings of a list that is not empty. */
  list(key: string): readonly FileReader[] {
    const value = this.#fields[key]
    if (!Array.isArray(value) || value.length === 0) {
      return refuse(this.at(key), `got ${shape(value)}`, 'write a list with at least one entry')
    }
    return value.map((entry, index) => new FileReader(entry, `${this.at(key)}[${index}]`))
  }
}

function isFields(data: unknown): data is Fields {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

function shape(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value)
}
