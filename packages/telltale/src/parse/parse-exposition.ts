import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { inconsistencies } from './consistency.js'
import { ExpositionError } from './exposition-error.js'
import type { ParsedExposition, ParsedFamily, ParsedFormat } from './exposition-model.js'
import type { Strictness } from './family-list.js'
import { readOpenMetrics2 } from './openmetrics-2-reader.js'
import { openMetrics2Breaches } from './openmetrics-2-rules.js'
import { readOpenMetrics } from './openmetrics-reader.js'
import { type Breach, openMetricsBreaches } from './openmetrics-rules.js'
import { readProtobuf } from './protobuf-reader.js'
import { readText } from './text-reader.js'

export interface ParseOptions {
  /**
   * `false` (the default) reads what Prometheus reads. `true` also refuses what it accepts silently: metadata given
   * twice or late, metrics in several places, names that clash, a missing last line feed, series given twice,
   * buckets that do not add up, and what OpenMetrics forbids.
   */
  readonly strict?: boolean
}

/**
 * Reads an exposition in the text format 0.0.4 or 1.0.0, OpenMetrics 1.0 or 2.0 (its release candidate), or delimited
 * protobuf, by the content type that it came with; without one, a text that has the line `# EOF` is OpenMetrics 1.0. Throws an `ExpositionError`
 * with line and column for the first fault. Cost: one to two microseconds for each line.
 */
export function parseExposition(
  body: string | Uint8Array,
  contentType?: string | null,
  options: ParseOptions = {},
): ParsedExposition {
  const strictness = options.strict === true ? 'strict' : 'tolerant'
  const format = formatOf(body, contentType ?? '')
  const families = read(format, body, strictness)
  if (strictness === 'strict') {
    for (const [i, family] of families.entries()) refuseFaults(family, i + 1, format)
  }
  return { format, families }
}

const VERSION_2 = /;\s*version\s*=\s*"?2\.0\.0"?\s*(;|$)/i

type WireFormat = Exclude<ParsedFormat, 'registry'>

const textReaders = { text: readText, openmetrics: readOpenMetrics, openmetrics2: readOpenMetrics2 } as const

function read(
  format: WireFormat,
  body: string | Uint8Array,
  strictness: Strictness,
): readonly ParsedFamily[] {
  if (format !== 'protobuf') {
    const text = typeof body === 'string' ? body : decode(body)
    return textReaders[format](text, strictness)
  }
  if (typeof body !== 'string') return readProtobuf(body)
  throw new TelltaleError('TELLTALE_OPTION', 'exposition in protobuf: got a text, expected its bytes')
}

function formatOf(body: string | Uint8Array, contentType: string): WireFormat {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase()
  if (type === 'application/openmetrics-text')
    return VERSION_2.test(contentType) ? 'openmetrics2' : 'openmetrics'
  if (type === 'application/vnd.google.protobuf') return 'protobuf'
  if (type === 'text/plain') return 'text'
  if (type === '') return typeof body === 'string' && /^# EOF$/m.test(body) ? 'openmetrics' : 'text'
  throw new TelltaleError(
    'TELLTALE_EXPOSITION',
    `exposition: got content type ${shown(contentType)}, expected text/plain, application/openmetrics-text or ` +
      'application/vnd.google.protobuf; is this the address of the metrics?',
  )
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new ExpositionError({
      line: 1,
      column: 1,
      got: 'bytes that are not UTF-8',
      expected: 'a text in UTF-8',
    })
  }
}

function refuseFaults(family: ParsedFamily, number: number, format: WireFormat): void {
  for (const fault of [...inconsistencies(family), ...breaches(family, format)]) {
    const got = `${family.name}: ${fault.got}`
    if (format === 'protobuf')
      throw new ExpositionError({ ...fault, got, line: number, column: 1 }, 'message')
    throw new ExpositionError({ ...fault, got, column: 1 })
  }
}

function breaches(family: ParsedFamily, format: WireFormat): Iterable<Breach> {
  if (format === 'openmetrics') return openMetricsBreaches(family)
  return format === 'openmetrics2' ? openMetrics2Breaches(family) : []
}
