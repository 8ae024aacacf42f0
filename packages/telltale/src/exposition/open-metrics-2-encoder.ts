import type { Exemplar } from '../metrics/exemplar.js'
import type { NativeHistogram } from '../metrics/native-histogram.js'
import type { FamilyHeader, SeriesIdentity } from '../metrics/sample-line.js'
import { escapeLabelValue } from '../model/label-text.js'
import { escapeName } from '../model/name-escaping.js'
import { openMetricsBoundText, valueText } from '../model/number-text.js'
import { endsInUnit, withoutSuffix } from '../model/unit.js'
import type { Encoder, EncoderOptions } from './encoder.js'
import { exemplarText } from './exemplar-text.js'
import { familyText, type LineStyle, metadataName } from './line-text.js'
import { CompositeValue } from './open-metrics-2-composite.js'
import { SampleLines } from './sample-lines.js'

/** The content type of OpenMetrics 2.0. */
export const OPENMETRICS_2_CONTENT_TYPE = 'application/openmetrics-text; version=2.0.0; charset=utf-8'

/**
 * Writes OpenMetrics 2.0, as of its release candidate 2.0.0-rc0, as UTF-8: one line for each series of a histogram or
 * a summary, native buckets included, with the time it began and its exemplars. Negative quantiles of a summary are
 * left out, since the format has no room for them.
 */
export class OpenMetrics2Encoder implements Encoder {
  readonly #style: LineStyle
  readonly #lines = new SampleLines()
  #isGauge = true
  /** Of the family; `undefined` where values are numbers. */
  #composite: CompositeValue | undefined
  /** Where exemplars come from: from the lines, or those of the whole series. */
  #byLine = true
  /** The series that is not written yet: what belongs on its line is still to come. */
  #series: SeriesIdentity | undefined
  #number = 0
  #exemplars = ''

  constructor({ defaultLabels, escaping }: EncoderOptions) {
    this.#style = { defaultLabels, escaping, bound: openMetricsBoundText }
  }

  family(header: FamilyHeader): void {
    this.#endSeries()
    const { type } = header
    this.#isGauge = type === 'gauge'
    this.#composite = type === 'histogram' || type === 'summary' ? new CompositeValue(header) : undefined
    this.#byLine = this.#composite?.hasBuckets ?? true
    const written = this.#composite === undefined ? header : inOneLine(header)
    this.#lines.family(this.#metadata(header), familyText(written, this.#style))
  }

  exemplars(series: SeriesIdentity, exemplars: readonly Exemplar[]): void {
    this.#begin(series)
    if (!this.#byLine) for (const exemplar of exemplars) this.#add(exemplar)
  }

  native(series: SeriesIdentity, histogram: NativeHistogram): void {
    this.#begin(series)
    this.#composite?.addNative(histogram)
  }

  sample(line: number, series: SeriesIdentity, value: number, exemplar?: Exemplar): void {
    if (this.#isGauge) {
      this.#lines.sample(line, series, value)
      return
    }
    this.#begin(series)
    if (this.#composite === undefined) this.#number = value
    else this.#composite.add(line, value)
    if (exemplar !== undefined && this.#byLine) this.#add(exemplar)
  }

  created(series: SeriesIdentity, seconds: number): void {
    if (series === this.#series) this.#endSeries(Number.isFinite(seconds) ? ` st@${valueText(seconds)}` : '')
  }

  end(): void {
    this.#endSeries()
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

  #metadata({ name: given, type, role, unit, help }: FamilyHeader): string {
    const { escaping } = this.#style
    const written = escapeName(given, 'metric', escaping)
    const name = metadataName(written)
    // The states of a state set are in a label of its name, which escaping can make another one.
    const asGauge = role === 'stateset' && escapeName(given, 'label', escaping) !== written
    const hasUnit =
      unit !== undefined && role === undefined && endsInUnit(withoutSuffix(given, '_total'), unit)
    const unitLine = hasUnit ? `# UNIT ${name} ${unit}\n` : ''
    const typeName = asGauge ? type : (role ?? type)
    return `# TYPE ${name} ${typeName}\n${unitLine}# HELP ${name} ${escapeLabelValue(help)}\n`
  }

  #begin(series: SeriesIdentity): void {
    if (series === this.#series) return
    this.#endSeries()
    this.#series = series
  }

  /** An exemplar without a time would make readers refuse all of the text. */
  #add(exemplar: Exemplar): void {
    if (Number.isFinite(exemplar.timestamp)) this.#exemplars += exemplarText(exemplar)
  }

  #endSeries(start = ''): void {
    const series = this.#series
    if (series === undefined) return
    const after = start + this.#exemplars
    this.#series = undefined
    this.#exemplars = ''
    if (this.#composite === undefined) this.#lines.sample(0, series, this.#number, after)
    else {
      const text = this.#composite.take()
      if (text !== undefined) this.#lines.composite(0, series, text + after)
    }
  }
}

function inOneLine({ name, help, type, labelNames }: FamilyHeader): FamilyHeader {
  return { name, help, type, labelNames, lines: [{ suffix: '' }] }
}
