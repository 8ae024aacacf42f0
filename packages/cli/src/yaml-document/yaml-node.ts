/** A place in a file, both from 1. */
export interface YamlPlace {
  readonly line: number
  readonly column: number
}

export interface YamlEntry {
  readonly key: string
  /** Where the key is. */
  readonly place: YamlPlace
  readonly value: YamlNode
}

/** A mapping. */
export class YamlMap {
  readonly kind = 'map'
  readonly place: YamlPlace
  readonly entries: readonly YamlEntry[]
  readonly #byKey: ReadonlyMap<string, YamlEntry>

  constructor(place: YamlPlace, entries: readonly YamlEntry[]) {
    this.place = place
    this.entries = entries
    this.#byKey = new Map(entries.map((entry) => [entry.key, entry]))
  }

  entry(key: string): YamlEntry | undefined {
    return this.#byKey.get(key)
  }

  /** The value behind a key; undefined for one that is missing or null. */
  get(key: string): YamlNode | undefined {
    const value = this.#byKey.get(key)?.value
    return value?.kind === 'scalar' && value.value === null ? undefined : value
  }

  /** The text behind a key, as it is written; undefined when there is none. */
  text(key: string): string | undefined {
    const value = this.get(key)
    return value?.kind === 'scalar' ? value.text : undefined
  }

  /** The items behind a key; none when it is no list. */
  list(key: string): readonly YamlNode[] {
    const value = this.get(key)
    return value?.kind === 'list' ? value.items : []
  }

  /** The mapping behind a key. */
  map(key: string): YamlMap | undefined {
    const value = this.get(key)
    return value?.kind === 'map' ? value : undefined
  }
}

/** A sequence. */
export interface YamlList {
  readonly kind: 'list'
  readonly place: YamlPlace
  readonly items: readonly YamlNode[]
}

/** A text, number, truth value or null. */
export class YamlScalar {
  readonly kind = 'scalar'
  readonly place: YamlPlace
  readonly value: string | number | bigint | boolean | null
  /** What a program that wants a text gets: numbers as they are written. */
  readonly text: string
  readonly #placeOf: (offset: number) => YamlPlace

  constructor(
    place: YamlPlace,
    value: string | number | bigint | boolean | null,
    text: string,
    placeOf: (offset: number) => YamlPlace,
  ) {
    this.place = place
    this.value = value
    this.text = text
    this.#placeOf = placeOf
  }

  /** Where a character of the text is in the file, whatever quotes or folding there are. */
  placeOf(offset: number): YamlPlace {
    return this.#placeOf(offset)
  }
}

export type YamlNode = YamlMap | YamlList | YamlScalar
