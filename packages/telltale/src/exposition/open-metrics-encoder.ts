import type { Exemplar } from '../metrics/exemplar.js'
import type { FamilyHeader, LineShape, SeriesIdentity } from '../metrics/sample-line.js'
import { escapeLabelValue } from '../model/label-text.js'
import { escapeName } from '../model/name-escaping.js'
import { openMetricsBoundText } from '../model/number-text.js'
import { endsInUnit, withoutSuffix } from '../model/unit.js'
import type { Encoder, EncoderOptions } from './encoder.js'
import { exemplarText } from './exemplar-text.js'
import { familyText, type LineStyle, metadataName } from './line-text.js'
import { PreparedFamilies, type PreparedFamily, type PreparedStyle } from './prepared-families.js'
import { SampleLines } from './sample-lines.js'

/** The content type of OpenMetrics 1.0. */
export const OPENMETRICS_CONTENT_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

interface PreparedOpenMetrics extends PreparedFamily {
  readonly leavings: readonly Leaving[]
  readonly isUnknown: boolean
}

/** What a sample of a family may be left out for. */
type Leaving = 'never' | 'when negative' | 'always' | 'with the sum'

/**
 * Writes OpenMetrics 1.0 as UTF-8. What the format has no room for is left out, never the scrape: the sum and the
 * count of a histogram with a negative bound or a negative sum, and negative sums and quantiles of a summary.
 */
export class OpenMetricsEncoder implements Encoder {
  readonly takesCursors = true
  readonly #style: LineStyle
  readonly #prepared: PreparedStyle<PreparedOpenMetrics>
  readonly #lines = new SampleLines()
  #leavings: readonly Leaving[] = []
  #isUnknown = false
  /** The series whose sum was left out, and its birth. */
  #withoutSum: SeriesIdentity | undefined
  #withoutSumBirth: number | undefined

  constructor({ defaultLabels, escaping, prepared = new PreparedFamilies() }: EncoderOptions) {
    this.#style = { defaultLabels, escaping, bound: openMetricsBoundText }
    this.#prepared = prepared.style('openmetrics', this.#style)
  }

  family(header: FamilyHeader): void {
    const { metadata, text, leavings, isUnknown } = this.#prepared.of(header, this.#prepare)
    this.#isUnknown = isUnknown
    this.#leavings = leavings
    this.#withoutSum = undefined
    this.#lines.family(metadata, text)
  }

  sample(line: number, series: SeriesIdentity, value: number, exemplar?: Exemplar): void {
    const leaving = this.#leavings[line]!
    if (leaving !== 'never' && this.#isLeft(leaving, series, value)) return
    // A counter without `_total` is of unknown type here, whose samples have none.
    const after = exemplar === undefined || this.#isUnknown ? '' : exemplarText(exemplar)
    this.#lines.sample(line, series, value, after)
  }

  created(series: SeriesIdentity, seconds: number): void {
    if (!this.#isUnknown) this.#lines.sample(this.#leavings.length, series, seconds)
  }

  end(): void {
    this.#lines.comment('# EOF\n')
  }

  get chunks(): readonly Uint8Array[] {
    return this.#lines.chunks
  }

  take(): readonly Uint8Array[] {
    return this.#lines.take()
  }

  reuse(chunk: Uint8Array): void {
    this.#lines.reuse(chunk)
  }

  readonly #prepare = (header: FamilyHeader): PreparedOpenMetrics => {
    const { type, base } = openMetricsFamily(header, escapeName(header.name, 'metric', this.#style.escaping))
    const name = metadataName(base)
    const { unit } = header
    const unitLine = unit !== undefined && endsInUnit(base, unit) ? `# UNIT ${name} ${unit}\n` : ''
    return {
      metadata: `# TYPE ${name} ${type}\n${unitLine}# HELP ${name} ${escapeLabelValue(header.help)}\n`,
      text: familyText(header, this.#style, [{ name: `${base}_created` }]),
      leavings: leavingsOf(header),
      isUnknown: type === 'unknown',
    }
  }

  #isLeft(leaving: Leaving, series: SeriesIdentity, value: number): boolean {
    if (leaving === 'always') return true
    if (leaving === 'with the sum') {
      return series === this.#withoutSum && series.birth === this.#withoutSumBirth
    }
    if (value < 0) {
      this.#withoutSum = series
      this.#withoutSumBirth = series.birth
    }
    return value < 0
  }
}

/** The type in this format, and the name that metadata lines have. */
function openMetricsFamily({ type, role }: FamilyHeader, name: string): { type: string; base: string } {
  if (role !== undefined) return { type: role, base: role === 'info' ? withoutSuffix(name, '_info') : name }
  if (type !== 'counter') return { type, base: name }
  const base = withoutSuffix(name, '_total')
  return { type: base === name ? 'unknown' : type, base }
}

function leavingsOf({ type, lines }: FamilyHeader): readonly Leaving[] {
  const negativeBound = lines.some(({ label }) => typeof label?.value === 'number' && label.value < 0)
  return lines.map((line) => {
    if (type === 'histogram') return histogramLeaving(line, negativeBound)
    return type === 'summary' && line.suffix !== '_count' ? 'when negative' : 'never'
  })
}

function histogramLeaving({ suffix }: LineShape, negativeBound: boolean): Leaving {
  if (suffix === '_bucket') return 'never'
  if (negativeBound) return 'always'
  return suffix === '_sum' ? 'when negative' : 'with the sum'
}
