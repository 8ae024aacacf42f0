import type { FamilyHeader, LineShape, SeriesIdentity, Sink } from '../metrics/sample-line.js'
import { boundText, valueText } from '../model/number-text.js'

/** The exact content type of the text format; Prometheus 3 fails a scrape without one. */
export const TEXT_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** What surrounds the labels of one line: fixed for a family, so it is built once for each scrape. */
interface LineText {
  readonly open: string
  readonly close: string
  /** The whole line up to the value, for a series without labels. */
  readonly bare: string
}

/**
 * Writes the Prometheus text format 0.0.4. A family without series is left out; a scrape changes nothing in the
 * registry.
 */
export class TextEncoder004 implements Sink {
  readonly #defaultLabels: Readonly<Record<string, string>>
  readonly #parts: string[] = []
  #lines: readonly LineText[] = []

  constructor(defaultLabels: Readonly<Record<string, string>> = {}) {
    this.#defaultLabels = defaultLabels
  }

  family(header: FamilyHeader): void {
    this.#parts.push(
      `# HELP ${header.name} ${escapeHelp(header.help)}\n# TYPE ${header.name} ${header.type}\n`,
    )
    const defaults = Object.entries(this.#defaultLabels)
      .filter(([name]) => !header.labelNames.includes(name))
      .map(([name, value]) => `${name}="${value}"`)
    this.#lines = header.lines.map((line) => lineText(header.name, line, defaults))
  }

  sample(line: number, series: SeriesIdentity, value: number): void {
    const { open, close, bare } = this.#lines[line]!
    const start = series.pairs === '' ? bare : open + series.pairs + close
    this.#parts.push(`${start + valueText(value)}\n`)
  }

  /** All that was written so far. */
  text(): string {
    return this.#parts.join('')
  }
}

function lineText(name: string, line: LineShape, defaults: readonly string[]): LineText {
  const sample = name + line.suffix
  const own = line.label === undefined ? [] : [`${line.label.name}="${boundText(line.label.value)}"`]
  const alone = [...defaults, ...own].join(',')
  return {
    open: `${sample}{${defaults.map((pair) => `${pair},`).join('')}`,
    close: `${own.map((pair) => `,${pair}`).join('')}} `,
    bare: alone === '' ? `${sample} ` : `${sample}{${alone}} `,
  }
}

/** Escapes a help text: backslash and line feed, and nothing else in this format. */
function escapeHelp(help: string): string {
  return help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
