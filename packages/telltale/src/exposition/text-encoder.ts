import type { FamilyHeader, SeriesIdentity } from '../metrics/sample-line.js'
import { DEFAULT_ESCAPING, type EscapingScheme, escapeName } from '../model/name-escaping.js'
import { boundText } from '../model/number-text.js'
import type { Encoder } from './encoder.js'
import { familyText, type LineStyle, metadataName } from './line-text.js'
import { PreparedFamilies, type PreparedFamily, type PreparedStyle } from './prepared-families.js'
import { SampleLines } from './sample-lines.js'

/** The exact content type of the text format; Prometheus 3 fails a scrape without one. */
export const TEXT_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** The content type of the text format whose readers know quoted names, without its `escaping`. */
export const TEXT_1_CONTENT_TYPE = 'text/plain; version=1.0.0; charset=utf-8'

/**
 * Writes the Prometheus text format as UTF-8: version 0.0.4, and version 1.0.0, which differs in what readers know
 * of names and not in what is written. A scrape changes nothing in the registry.
 */
export class TextEncoder004 implements Encoder {
  readonly takesCursors = true
  readonly #style: LineStyle
  readonly #prepared: PreparedStyle<PreparedFamily>
  readonly #lines = new SampleLines()

  constructor(
    defaultLabels: Readonly<Record<string, string>> = {},
    escaping: EscapingScheme = DEFAULT_ESCAPING,
    prepared = new PreparedFamilies(),
  ) {
    this.#style = { defaultLabels, escaping, bound: boundText }
    this.#prepared = prepared.style('text', this.#style)
  }

  family(header: FamilyHeader): void {
    const { metadata, text } = this.#prepared.of(header, this.#prepare)
    this.#lines.family(metadata, text)
  }

  sample(line: number, series: SeriesIdentity, value: number): void {
    this.#lines.sample(line, series, value)
  }

  end(): void {}

  get chunks(): readonly Uint8Array[] {
    return this.#lines.chunks
  }

  take(): readonly Uint8Array[] {
    return this.#lines.take()
  }

  reuse(chunk: Uint8Array): void {
    this.#lines.reuse(chunk)
  }

  /** The same as a text. */
  text(): string {
    return textOfChunks(this.chunks)
  }

  readonly #prepare = (header: FamilyHeader): PreparedFamily => {
    const name = metadataName(escapeName(header.name, 'metric', this.#style.escaping))
    const metadata = `# HELP ${name} ${escapeHelp(header.help)}\n# TYPE ${name} ${header.type}\n`
    return { metadata, text: familyText(header, this.#style) }
  }
}

/** Chunks that end with a line as one text. */
export function textOfChunks(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk)).join('')
}

/** Escapes a help text: backslash and line feed, and nothing else in this format. */
function escapeHelp(help: string): string {
  return help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
