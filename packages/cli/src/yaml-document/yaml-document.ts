import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import { sourceOffset } from './scalar-places.js'
import { type YamlEntry, YamlMap, type YamlNode, type YamlPlace, YamlScalar } from './yaml-node.js'

/** What keeps a text from being read. */
export interface YamlProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'too-large'
  readonly place: YamlPlace
  /** The parser's reason, or the key. */
  readonly detail: string
}

/** A YAML text with the place of everything in it. */
export interface YamlDocument {
  /** Of the first document, as Prometheus and Alertmanager read it; undefined when it is empty or cannot be read. */
  readonly root: YamlNode | undefined
  readonly problems: readonly YamlProblem[]
}

/** More nodes than any configuration has: aliases of aliases can ask for any number. */
const mostNodes = 500_000

/** Reads YAML 1.1, JSON included. Never throws. */
export function readYaml(text: string): YamlDocument {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, {
    version: '1.1',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    merge: true,
  })
  const [first] = Array.isArray(documents) ? documents : []
  if (first === undefined) return { root: undefined, problems: [] }
  const place = (offset: number): YamlPlace => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const problems = first.errors.map((error) => problemOf(error, text, place))
  if (problems.some(({ kind }) => kind === 'syntax')) return { root: undefined, problems }
  const converter = new Converter(first, text, place)
  try {
    return { root: converter.convert(first.contents), problems }
  } catch (error) {
    if (error instanceof UnknownAlias) {
      return { root: undefined, problems: [{ kind: 'syntax', place: error.place, detail: error.message }] }
    }
    if (!(error instanceof TooLarge)) throw error
    return { root: undefined, problems: [{ kind: 'too-large', place: place(0), detail: String(mostNodes) }] }
  }
}

function problemOf(error: YAMLError, text: string, place: (offset: number) => YamlPlace): YamlProblem {
  const [from, to] = error.pos
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^\s:]+/.exec(text.slice(from))?.[0] ?? text.slice(from, to)
    return { kind: 'duplicate-key', place: place(from), detail: key }
  }
  return { kind: 'syntax', place: place(from), detail: reasonOf(error) }
}

/** The parser's sentence, without the place and the lines of the text that it may add. */
export function reasonOf({ message }: Pick<YAMLError, 'message'>): string {
  return message.split('\n', 1)[0]!.replace(/ at line \d+, column \d+:?$/, '')
}

class TooLarge extends Error {}

class UnknownAlias extends Error {
  readonly place: YamlPlace

  constructor(alias: string, place: YamlPlace) {
    super(`the alias *${alias} has no anchor`)
    this.place = place
  }
}

class Converter {
  readonly #document: Document
  readonly #text: string
  readonly #place: (offset: number) => YamlPlace
  #nodes = 0

  constructor(document: Document, text: string, place: (offset: number) => YamlPlace) {
    this.#document = document
    this.#text = text
    this.#place = place
  }

  convert(node: unknown, fallback = 0): YamlNode {
    if (++this.#nodes > mostNodes) throw new TooLarge()
    if (isAlias(node)) {
      const target = node.resolve(this.#document)
      if (target === undefined) throw new UnknownAlias(node.source, this.#place(node.range?.[0] ?? fallback))
      return this.convert(target, node.range?.[0] ?? fallback)
    }
    if (isMap(node)) return new YamlMap(this.#placeOf(node, fallback), this.#entries(node))
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item, fallback))
      return { kind: 'list', place: this.#placeOf(node, fallback), items }
    }
    return this.#scalar(node, fallback)
  }

  #entries(map: YAMLMap): readonly YamlEntry[] {
    const entries = new Map<string, YamlEntry>()
    const merged: YamlEntry[] = []
    for (const pair of map.items) {
      const entry = this.#entry(pair)
      if (entry.key === '<<') merged.push(...mergedEntries(entry.value))
      else if (!entries.has(entry.key)) entries.set(entry.key, entry)
    }
    for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry)
    return [...entries.values()]
  }

  #entry({ key, value }: Pair): YamlEntry {
    const from = rangeOf(key)?.[0] ?? 0
    const name = isScalar(key) ? scalarText(key) : String(key)
    return { key: name, place: this.#place(from), value: this.convert(value, from) }
  }

  #scalar(node: unknown, fallback: number): YamlScalar {
    const range = rangeOf(node)
    const from = range?.[0] ?? fallback
    if (!isScalar(node)) return new YamlScalar(this.#place(from), null, '', () => this.#place(from))
    const text = scalarText(node)
    const source = this.#text.slice(from, range?.[1] ?? from)
    const placeOf = (offset: number) => this.#place(from + sourceOffset(source, text, offset))
    return new YamlScalar(this.#place(from), plainValue(node.value), text, placeOf)
  }

  #placeOf(node: Node, fallback: number): YamlPlace {
    return this.#place(node.range?.[0] ?? fallback)
  }
}

function mergedEntries(value: YamlNode): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries
  return value.kind === 'list' ? value.items.flatMap(mergedEntries) : []
}

function rangeOf(node: unknown): readonly [number, number, number] | null | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined
}

function scalarText({
  value,
  source,
}: {
  readonly value: unknown
  readonly source?: string | undefined
}): string {
  if (typeof value === 'string') return value
  return source ?? (value === null || value === undefined ? '' : String(value))
}

function plainValue(value: unknown): YamlScalar['value'] {
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
  if (isPlain || typeof value === 'string') return value
  return value === null || value === undefined ? null : String(value)
}
