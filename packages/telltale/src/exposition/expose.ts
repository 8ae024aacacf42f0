import type { Sink } from '../metrics/sample-line.js'
import { DEFAULT_COLLECT_SECONDS, type Gathering, type Registry } from '../registry/registry.js'
import { JsonEncoder, type JsonFamily } from './json-encoder.js'
import { TEXT_CONTENT_TYPE, TextEncoder004 } from './text-encoder.js'

export interface ExposeOptions {
  /** Write only the families of these names; all when left out. */
  readonly names?: readonly string[]
  /** How long collectors may take, in seconds; 4.5 when left out. */
  readonly seconds?: number
}

/** A scrape's answer: send the body with exactly this content type. */
export interface Exposition {
  readonly contentType: string
  readonly body: string
}

/** A scrape's answer as bytes, in chunks that are to be sent in order. */
export interface ByteExposition {
  readonly contentType: string
  readonly chunks: readonly Uint8Array[]
  /** Bytes in all chunks. */
  readonly length: number
}

/** Gathers a registry and writes it in the text format 0.0.4. Never rejects because of a collector. */
export async function expose(registry: Registry, options: ExposeOptions = {}): Promise<Exposition> {
  return { contentType: TEXT_CONTENT_TYPE, body: (await encodeText(registry, options)).text() }
}

/** The same as bytes, ready to be sent: without the cost of a string. */
export async function exposeBytes(registry: Registry, options: ExposeOptions = {}): Promise<ByteExposition> {
  const { chunks } = await encodeText(registry, options)
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  return { contentType: TEXT_CONTENT_TYPE, chunks, length }
}

/** Gathers a registry as plain objects, in the form that prom-client's `getMetricsAsJSON` has. */
export async function exposeJson(
  registry: Registry,
  options: ExposeOptions = {},
): Promise<readonly JsonFamily[]> {
  const gathering = await registry.gather(options.seconds ?? DEFAULT_COLLECT_SECONDS)
  const encoder = new JsonEncoder(gathering.defaultLabels)
  write(gathering, encoder, options.names)
  return encoder.families
}

async function encodeText(registry: Registry, options: ExposeOptions): Promise<TextEncoder004> {
  const gathering = await registry.gather(options.seconds ?? DEFAULT_COLLECT_SECONDS)
  const encoder = new TextEncoder004(gathering.defaultLabels)
  write(gathering, encoder, options.names)
  return encoder
}

/** A family without series is left out: a TYPE line without samples says nothing. */
function write(gathering: Gathering, sink: Sink, names: readonly string[] | undefined): void {
  const wanted = names === undefined ? undefined : new Set(names)
  for (const family of gathering.families) {
    if (family.size === 0 || (wanted !== undefined && !wanted.has(family.name))) continue
    sink.family(family)
    family.emit(sink, 0, family.size)
  }
}
