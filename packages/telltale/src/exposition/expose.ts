import type { Family } from '../metrics/sample-line.js'
import { DEFAULT_COLLECT_SECONDS } from '../registry/registry.js'
import type { ScrapeSource } from '../registry/scrape-source.js'
import type { Encoder } from './encoder.js'
import { askedFamilies } from './family-filter.js'
import { type ExpositionFormat, formatsOf, textFormatsOf } from './formats.js'
import { JsonEncoder, type JsonFamily } from './json-encoder.js'
import { JSON_CONTENT_TYPE, JsonFamilyEncoder } from './json-family-encoder.js'
import { negotiate } from './negotiation.js'
import type { PreparedFamilies } from './prepared-families.js'
import { writeInSlices } from './slices.js'
import { textOfChunks } from './text-encoder.js'
import { nextTurn } from './turn-queue.js'

/** What a scrape asks for, in any format. */
export interface GatherOptions {
  /** Write only these families, by their name or by the name of one of their samples; all when left out. */
  readonly names?: readonly string[]
  /** How long collectors may take, in seconds; 4.5 when left out. */
  readonly seconds?: number
}

/** What a scrape over HTTP asks for. */
export interface ExposeOptions extends GatherOptions {
  /** The request's `Accept` header, which decides the format; text 0.0.4 when left out. */
  readonly accept?: string | undefined
}

/** The same from who scrapes again and again. */
export interface RepeatedOptions extends ExposeOptions {
  /** What was prepared for the scrapes before; nothing is kept when left out. */
  readonly prepared?: PreparedFamilies | undefined
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

/**
 * Gathers a registry and writes it as a text, in 0.0.4 or in the text format that `accept` asks for. Never rejects because of a
 * collector. The text is made in one go: where there are hundreds of thousands of series, {@link exposeBytes} holds
 * the event loop less.
 */
export async function expose(source: ScrapeSource, options: ExposeOptions = {}): Promise<Exposition> {
  const { contentType, chunks } = await encode(source, options, textFormatsOf(source))
  return { contentType, body: textOfChunks(chunks) }
}

/**
 * The same as bytes, ready to be sent, and the only form for a format that is no text. The event loop turns every
 * 2 ms while it is written. What is removed from the registry meanwhile is left out; each series is written as it
 * is at one moment, and different series at different moments.
 */
export function exposeBytes(source: ScrapeSource, options: ExposeOptions = {}): Promise<ByteExposition> {
  return encode(source, options, formatsOf(source))
}

/** Gathers a registry as plain objects, in the form that prom-client's `getMetricsAsJSON` has. */
export async function exposeJson(
  source: ScrapeSource,
  options: GatherOptions = {},
): Promise<readonly JsonFamily[]> {
  const { families, defaultLabels } = await source.gather(options.seconds ?? DEFAULT_COLLECT_SECONDS)
  const encoder = new JsonEncoder(defaultLabels)
  await writeInSlices(askedFamilies(families, options.names), encoder)
  return encoder.families
}

/** Takes an answer as it is made. */
export interface PartTaker {
  /** Gets what was written since, and has the writing go on when it settles. */
  part(chunks: readonly Uint8Array[], reuse: (chunk: Uint8Array) => void): Promise<void>
  /** Gets what is left. */
  end(chunks: readonly Uint8Array[]): Promise<void>
}

/**
 * Like {@link exposeBytes}, for answers that need not be held as a whole: what `open` gives gets them piece
 * by piece. Chunks that it gives back are written into again.
 */
export async function exposeInParts(
  source: ScrapeSource,
  options: RepeatedOptions,
  open: (contentType: string) => PartTaker,
): Promise<void> {
  const { format, escaping, contentType } = negotiate(options.accept, source.names, formatsOf(source))
  const { families, defaultLabels } = await source.gather(options.seconds ?? DEFAULT_COLLECT_SECONDS)
  const encoder = format.create({ defaultLabels, escaping, prepared: options.prepared })
  await writeInParts(askedFamilies(families, options.names), encoder, open(contentType))
}

/**
 * Gathers a registry and writes the family of this name as the JSON text of a {@link JsonFamily}, piece by piece. False,
 * without a call of `open`, when it has no series.
 */
export async function exposeFamilyInParts(
  source: ScrapeSource,
  name: string,
  open: (contentType: string) => PartTaker,
): Promise<boolean> {
  const { families, defaultLabels } = await source.gather(DEFAULT_COLLECT_SECONDS)
  const family = families.find((candidate) => candidate.name === name && candidate.size > 0)
  if (family === undefined) return false
  await writeInParts([family], new JsonFamilyEncoder(defaultLabels), open(JSON_CONTENT_TYPE))
  return true
}

async function writeInParts(families: readonly Family[], encoder: Encoder, taker: PartTaker): Promise<void> {
  const reuse = (chunk: Uint8Array) => encoder.reuse?.(chunk)
  await writeInSlices(families, encoder, async () => {
    await taker.part(encoder.take?.() ?? [], reuse)
    await nextTurn()
  })
  encoder.end()
  await taker.end(encoder.chunks)
}

async function encode(
  source: ScrapeSource,
  options: ExposeOptions,
  candidates: readonly ExpositionFormat[],
): Promise<ByteExposition> {
  const { format, escaping, contentType } = negotiate(options.accept, source.names, candidates)
  const { families, defaultLabels } = await source.gather(options.seconds ?? DEFAULT_COLLECT_SECONDS)
  const encoder = format.create({ defaultLabels, escaping })
  await writeInSlices(askedFamilies(families, options.names), encoder)
  encoder.end()
  const { chunks } = encoder
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  return { contentType, chunks, length }
}
