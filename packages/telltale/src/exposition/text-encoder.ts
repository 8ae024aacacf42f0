import type { FamilyHeader, LineShape, SeriesIdentity, Sink } from '../metrics/sample-line.js'
import { escapeLabelValue } from '../model/label-text.js'
import { boundText, valueText } from '../model/number-text.js'
import { ByteWriter } from './byte-writer.js'

/** The exact content type of the text format; Prometheus 3 fails a scrape without one. */
export const TEXT_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

const utf8 = new TextEncoder()
const LINE_FEED = 10
/** Room for a value in any form and the line feed. */
const VALUE_SIZE = 32

/** What surrounds the labels of one line: fixed for a family, so it is made once for each scrape. */
interface LineText {
  readonly open: Uint8Array
  readonly close: Uint8Array
  /** The whole line up to the value, for a series without labels. */
  readonly bare: Uint8Array
  /** Begins as the line before it does, so that the bytes up to the labels' end can be written again. */
  readonly opensAsBefore: boolean
  /** Bytes of a line but for its labels, at most. */
  readonly size: number
}

/**
 * Writes the Prometheus text format 0.0.4 as UTF-8. A scrape changes nothing in the registry, and keeps nothing
 * between two scrapes.
 */
export class TextEncoder004 implements Sink {
  readonly #defaultLabels: Readonly<Record<string, string>>
  readonly #writer = new ByteWriter()
  #lines: readonly LineText[] = []
  #last: SeriesIdentity | undefined
  #lineStart = 0
  #labelsStart = 0
  #labelsEnd = 0

  constructor(defaultLabels: Readonly<Record<string, string>> = {}) {
    this.#defaultLabels = defaultLabels
  }

  family(header: FamilyHeader): void {
    const metadata = `# HELP ${header.name} ${escapeHelp(header.help)}\n# TYPE ${header.name} ${header.type}\n`
    this.#writer.reserve(metadata.length * 3)
    this.#writer.text(metadata)
    const defaults = Object.entries(this.#defaultLabels)
      .filter(([name]) => !header.labelNames.includes(name))
      .map(([name, value]) => `${name}="${escapeLabelValue(value)}"`)
    this.#lines = header.lines.map((line, i) => lineText(header, line, defaults, header.lines[i - 1]))
    this.#last = undefined
  }

  sample(line: number, series: SeriesIdentity, value: number): void {
    const writer = this.#writer
    const text = this.#lines[line]!
    if (writer.reserve(text.size + series.pairs.length * 3)) this.#last = undefined
    if (series.pairs === '') writer.bytes(text.bare)
    else {
      this.#openAndLabels(text, series)
      writer.bytes(text.close)
    }
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER && value % 1 === 0) writer.wholeNumber(value)
    else writer.text(valueText(value))
    writer.byte(LINE_FEED)
  }

  /** All that was written so far, in chunks that end with a line. */
  get chunks(): readonly Uint8Array[] {
    return this.#writer.chunks
  }

  /** The same as a text. */
  text(): string {
    const decoder = new TextDecoder()
    return this.chunks.map((chunk) => decoder.decode(chunk)).join('')
  }

  /** Labels are turned into bytes once for each series; its further lines copy them. */
  #openAndLabels(text: LineText, series: SeriesIdentity): void {
    const writer = this.#writer
    const lineStart = writer.position
    const known = series === this.#last
    if (known && text.opensAsBefore) writer.again(this.#lineStart, this.#labelsEnd)
    else writer.bytes(text.open)
    if (!known) writer.text(series.pairs)
    else if (!text.opensAsBefore) writer.again(this.#labelsStart, this.#labelsEnd)
    this.#last = series
    this.#lineStart = lineStart
    this.#labelsStart = lineStart + text.open.length
    this.#labelsEnd = writer.position
  }
}

function lineText(
  { name }: FamilyHeader,
  line: LineShape,
  defaults: readonly string[],
  before: LineShape | undefined,
): LineText {
  const sample = name + line.suffix
  const own = line.label === undefined ? [] : [`${line.label.name}="${boundText(line.label.value)}"`]
  const alone = [...defaults, ...own].join(',')
  const open = utf8.encode(`${sample}{${defaults.map((pair) => `${pair},`).join('')}`)
  const close = utf8.encode(`${own.map((pair) => `,${pair}`).join('')}} `)
  const bare = utf8.encode(alone === '' ? `${sample} ` : `${sample}{${alone}} `)
  const size = Math.max(open.length + close.length, bare.length) + VALUE_SIZE
  return { open, close, bare, opensAsBefore: before?.suffix === line.suffix, size }
}

/** Escapes a help text: backslash and line feed, and nothing else in this format. */
function escapeHelp(help: string): string {
  return help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
