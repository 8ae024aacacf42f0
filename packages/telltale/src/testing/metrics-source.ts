import type { ByteExposition, Exposition } from '../exposition/expose.js'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import type { ParsedExposition } from '../parse/exposition-model.js'
import { parseExposition } from '../parse/parse-exposition.js'
import { type Gatherer, readRegistry } from '../parse/registry-reader.js'
import { TestRegistry } from './test-registry.js'

/** A registry with prom-client's API: prom-client's own, or one that stands in for it. */
export interface PromClientRegistry {
  readonly contentType: string
  metrics(): Promise<string>
}

/**
 * What the test tools read metrics from: a registry, which is gathered anew each time; a text as it is scraped; an
 * answer with its content type; or what `parseExposition` made of one.
 */
export type MetricsSource =
  | Gatherer
  | PromClientRegistry
  | Exposition
  | ByteExposition
  | ParsedExposition
  | string

/** Reads what a source says now. Rejects with `TELLTALE_OPTION` for what is none. */
export async function readSource(source: MetricsSource): Promise<ParsedExposition> {
  if (typeof source === 'string') return parseExposition(source)
  if (typeof source !== 'object' || source === null) throw noSource(source)
  if ('families' in source && 'format' in source) return source
  if ('gather' in source) return readRegistry(source)
  if ('metrics' in source) return parseExposition(await source.metrics(), source.contentType)
  if ('body' in source) return parseExposition(source.body, source.contentType)
  if ('chunks' in source) return parseExposition(joined(source), source.contentType)
  throw noSource(source)
}

/** What the registry of a test had to warn of, for the message of a failure. */
export function warningsOf(source: MetricsSource): readonly string[] {
  if (!(source instanceof TestRegistry)) return []
  return source.warnings.map(({ message }) => `the registry warned: ${message}`)
}

function noSource(source: unknown): TelltaleError {
  return new TelltaleError(
    'TELLTALE_OPTION',
    `metrics to read: got ${shown(source)}, expected a registry, a text, or what expose() or parseExposition() gives`,
  )
}

function joined({ chunks, length }: ByteExposition): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
