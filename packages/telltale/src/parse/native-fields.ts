import { countsOfLayout, type NativeCounts, type NativeSpan } from '../metrics/native-histogram.js'
import type { WireReader } from './wire-reader.js'

/** The fields of a histogram that make it a native one. */
export class NativeFields {
  #schema = 0
  #zeroThreshold = 0
  #zeroCount = 0
  readonly #spans: Readonly<Record<'negative' | 'positive', NativeSpan[]>> = { negative: [], positive: [] }
  readonly #deltas: Readonly<Record<'negative' | 'positive', number[]>> = { negative: [], positive: [] }
  readonly #counts: Readonly<Record<'negative' | 'positive', number[]>> = { negative: [], positive: [] }

  take(reader: WireReader): void {
    if (reader.field === 5) this.#schema = reader.sint()
    else if (reader.field === 6) this.#zeroThreshold = reader.double()
    else if (reader.field === 7) this.#zeroCount = reader.uint()
    else if (reader.field === 8) this.#zeroCount = reader.double()
    else if (reader.field === 9) this.#spans.negative.push(readSpan(reader.message()))
    else if (reader.field === 10) reader.sints(this.#deltas.negative)
    else if (reader.field === 11) reader.doubles(this.#counts.negative)
    else if (reader.field === 12) this.#spans.positive.push(readSpan(reader.message()))
    else if (reader.field === 13) reader.sints(this.#deltas.positive)
    else if (reader.field === 14) reader.doubles(this.#counts.positive)
  }

  /** As Prometheus tells them from classic ones: a span of no buckets is enough. */
  get present(): boolean {
    const { negative, positive } = this.#spans
    return negative.length > 0 || positive.length > 0 || this.#zeroThreshold > 0 || this.#zeroCount > 0
  }

  values() {
    return {
      schema: this.#schema,
      zeroThreshold: this.#zeroThreshold,
      zeroCount: this.#zeroCount,
      positive: this.#side('positive'),
      negative: this.#side('negative'),
    }
  }

  #side(side: 'negative' | 'positive'): NativeCounts {
    let count = 0
    const fromDeltas = this.#deltas[side].map((delta) => {
      count += delta
      return count
    })
    const floats = this.#counts[side]
    return countsOfLayout({ spans: this.#spans[side], counts: floats.length > 0 ? floats : fromDeltas })
  }
}

function readSpan(reader: WireReader): NativeSpan {
  let offset = 0
  let length = 0
  while (reader.next()) {
    if (reader.field === 1) offset = reader.sint()
    else if (reader.field === 2) length = reader.uint()
  }
  return { offset, length }
}
