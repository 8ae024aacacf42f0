import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import protobuf from 'protobufjs'
import { uncompress } from 'snappyjs'

/** The messages of both versions, as the specifications have them. */
const schema = `
syntax = "proto3";
message Label { string name = 1; string value = 2; }
message Sample { double value = 1; int64 timestamp = 2; int64 start_timestamp = 3; }
message Exemplar1 { repeated Label labels = 1; double value = 2; int64 timestamp = 3; }
message Exemplar2 { repeated uint32 labels_refs = 1; double value = 2; int64 timestamp = 3; }
message BucketSpan { sint32 offset = 1; uint32 length = 2; }
message Histogram {
  uint64 count_int = 1; double sum = 3; sint32 schema = 4; double zero_threshold = 5; uint64 zero_count_int = 6;
  repeated BucketSpan negative_spans = 8; repeated sint64 negative_deltas = 9;
  repeated BucketSpan positive_spans = 11; repeated sint64 positive_deltas = 12; int64 timestamp = 15;
}
message Metadata1 { uint32 type = 1; string metric_family_name = 2; string help = 4; string unit = 5; }
message TimeSeries1 {
  repeated Label labels = 1; repeated Sample samples = 2; repeated Exemplar1 exemplars = 3; repeated Histogram histograms = 4;
}
message WriteRequest { repeated TimeSeries1 timeseries = 1; repeated Metadata1 metadata = 3; }
message Metadata2 { uint32 type = 1; uint32 help_ref = 3; uint32 unit_ref = 4; }
message TimeSeries2 {
  repeated uint32 labels_refs = 1; repeated Sample samples = 2; repeated Histogram histograms = 3;
  repeated Exemplar2 exemplars = 4; Metadata2 metadata = 5;
}
message Request { repeated string symbols = 4; repeated TimeSeries2 timeseries = 5; }
`

const root = protobuf.parse(schema).root

export interface ReceivedSeries {
  /** `name{label="value"}` in the order in which they came. */
  readonly series: string
  readonly value?: number
  readonly stale?: boolean
  readonly histogram?: Record<string, unknown>
  readonly timestamp: number
  readonly exemplars: readonly unknown[]
  readonly metadata?: { readonly type: number; readonly help: string; readonly unit: string }
}

export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders
  readonly version: '1.0' | '2.0'
  readonly body: Buffer
  readonly series: readonly ReceivedSeries[]
  readonly metadata: readonly Record<string, unknown>[]
}

/** Answers one request: a status, and headers if any. */
export type Answer = (request: ReceivedRequest) => {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

/** A receiver that reads requests by the published schemas. Its answers can be changed while it runs. */
export class Receiver {
  readonly url: string
  readonly requests: ReceivedRequest[] = []
  answer: Answer = () => ({ status: 204 })
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`
  }

  static async start(): Promise<Receiver> {
    const server = createServer((req, res) => {
      const chunks: Buffer[] = []
      req.on('data', (chunk: Buffer) => chunks.push(chunk))
      req.on('end', () => {
        const request = read(req.headers, Buffer.concat(chunks))
        receiver.requests.push(request)
        const { status, headers = {} } = receiver.answer(request)
        res.writeHead(status, headers).end(status >= 400 ? 'no' : undefined)
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const receiver = new Receiver(server)
    return receiver
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

function read(headers: IncomingHttpHeaders, body: Buffer): ReceivedRequest {
  const bytes = uncompress(body)
  const isSecond = headers['content-type']?.includes('v2.Request') === true
  const type = root.lookupType(isSecond ? 'Request' : 'WriteRequest')
  const message = type.toObject(type.decode(bytes), { longs: Number, defaults: true, arrays: true })
  return isSecond
    ? { headers, version: '2.0', body, series: message.timeseries.map(of2(message.symbols)), metadata: [] }
    : { headers, version: '1.0', body, series: message.timeseries.map(of1), metadata: message.metadata }
}

// What a decoder that knows the schema only at run time gives.
// biome-ignore lint/suspicious/noExplicitAny: the type of a decoded message is known to the schema alone.
type Message = any

function of1({ labels, samples, histograms, exemplars }: Message): ReceivedSeries {
  const pairs = labels.map(({ name, value }: Message) => [name, value])
  return { series: shown(pairs), ...numberOrHistogram(samples[0], histograms[0]), exemplars }
}

function of2(symbols: readonly string[]) {
  return ({ labelsRefs, samples, histograms, exemplars, metadata }: Message): ReceivedSeries => {
    const texts = labelsRefs.map((ref: number) => symbols[ref])
    const pairs = texts.flatMap((name: string, i: number) => (i % 2 === 0 ? [[name, texts[i + 1]]] : []))
    const { type, helpRef, unitRef } = metadata
    return {
      series: shown(pairs),
      ...numberOrHistogram(samples[0], histograms[0]),
      exemplars,
      metadata: { type, help: symbols[helpRef]!, unit: symbols[unitRef]! },
    }
  }
}

function numberOrHistogram(sample: Message, histogram: Message) {
  if (histogram !== undefined) return { histogram, timestamp: histogram.timestamp as number }
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(sample.value)
  const stale = bytes.readBigUInt64BE() === 0x7ff0000000000002n
  return { ...(stale ? { stale } : { value: sample.value as number }), timestamp: sample.timestamp as number }
}

function shown(pairs: readonly (readonly [string, string])[]): string {
  const name = pairs.find(([label]) => label === '__name__')?.[1]
  const labels = pairs.filter(([label]) => label !== '__name__')
  return `${name}{${labels.map(([label, value]) => `${label}="${value}"`).join(',')}}`
}
