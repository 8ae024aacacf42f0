import protobuf from 'protobufjs'
import { metricFamilySchema } from './protobuf-schema.js'

export interface DecodedSpan {
  readonly offset: number
  readonly length: number
}

export interface DecodedExemplar {
  readonly label: readonly { readonly name: string; readonly value: string }[]
  readonly value: number
  readonly timestamp: DecodedTimestamp
}

export interface DecodedTimestamp {
  readonly seconds: number
  readonly nanos: number
}

export interface DecodedHistogram {
  readonly sample_count: number
  readonly sample_sum: number
  readonly bucket?: readonly {
    readonly cumulative_count: number
    readonly upper_bound: number
    readonly exemplar?: DecodedExemplar
  }[]
  readonly schema?: number
  readonly zero_threshold?: number
  readonly zero_count?: number
  readonly negative_span?: readonly DecodedSpan[]
  readonly negative_delta?: readonly number[]
  readonly positive_span?: readonly DecodedSpan[]
  readonly positive_delta?: readonly number[]
  readonly created?: DecodedTimestamp
  readonly exemplars?: readonly DecodedExemplar[]
}

export interface DecodedMetric {
  readonly label?: readonly { readonly name: string; readonly value: string }[]
  readonly gauge?: { readonly value: number }
  readonly counter?: {
    readonly value: number
    readonly exemplar?: DecodedExemplar
    readonly created?: DecodedTimestamp
  }
  readonly summary?: {
    readonly sample_count: number
    readonly sample_sum: number
    readonly quantile: readonly { readonly quantile: number; readonly value: number }[]
    readonly created?: DecodedTimestamp
  }
  readonly histogram?: DecodedHistogram
}

/** A family as it was written: only fields that are there. */
export interface DecodedFamily {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly unit?: string
  readonly metric: readonly DecodedMetric[]
}

const familyType = protobuf.parse(metricFamilySchema, { keepCase: true }).root.lookupType('MetricFamily')

/** Reads delimited families by a decoder that shares nothing with the encoder. Throws where bytes are left over. */
export function decodeFamilies(bytes: Uint8Array): readonly DecodedFamily[] {
  const reader = protobuf.Reader.create(bytes)
  const families: DecodedFamily[] = []
  while (reader.pos < reader.len) {
    const message = familyType.decodeDelimited(reader)
    families.push(familyType.toObject(message, { longs: Number, enums: String }) as DecodedFamily)
  }
  return families
}

/** Absolute counts by bucket index, from spans and deltas. */
export function countsOf(
  spans: readonly DecodedSpan[] = [],
  deltas: readonly number[] = [],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  let index = 0
  let count = 0
  let at = 0
  for (const { offset, length } of spans) {
    index += offset
    for (let i = 0; i < length; i++, index++) {
      count += deltas[at++]!
      counts.set(index, count)
    }
  }
  if (at !== deltas.length) throw new Error(`spans of ${at} buckets, and ${deltas.length} deltas`)
  return counts
}
