import { type Answer, type DeliveryOptions, deliver, type Protocol } from '../delivery.js'
import type { HttpTarget } from '../http-target.js'
import { snappy } from './snappy.js'
import { type WriteVersion, type WrittenSample, writeHeaders, writeRequest } from './write-request.js'
import type { WrittenFamily } from './written-series.js'

/** What one request says, in any version. */
export interface WriteLoad {
  readonly samples: readonly WrittenSample[]
  /** The families to describe, which only version 1.0 does apart from their samples. */
  readonly metadata: readonly WrittenFamily[]
}

/** A load as one request. */
export interface PackedLoad {
  readonly load: WriteLoad
  readonly version: WriteVersion
  readonly body: Uint8Array<ArrayBuffer>
}

/** A receiver of 2.0 says in this header how much it has written; one of 1.0 does not know it. */
const WRITTEN = 'x-prometheus-remote-write-samples-written'

const protocol: Protocol = {
  expected: 'a status from 200 to 299',
  isAccepted: (status) => status >= 200 && status < 300,
  // The specification: what the sender has done wrong is never accepted later, but for "too many requests".
  mayRepeat: (status) => status >= 500 || status === 429,
}

/**
 * The way to one receiver. A request that has to be repeated is the same to the last byte, times included, so that a
 * receiver that had it already takes nothing twice.
 */
export class WriteLink {
  readonly #target: HttpTarget
  #version: WriteVersion

  constructor(target: HttpTarget, version: WriteVersion) {
    this.#target = target
    this.#version = version
  }

  /** The version of the requests that are made now. */
  get version(): WriteVersion {
    return this.#version
  }

  pack(load: WriteLoad): PackedLoad {
    const version = this.#version
    return { load, version, body: snappy(writeRequest(version, load.samples, load.metadata)) }
  }

  /**
   * Delivers a load. Rejects with a `DeliveryError`.
   *
   * A receiver that accepts a request of version 2.0 and does not say what it has written knows 1.0 only and has
   * written nothing; one that answers 415 says so. The load then goes once more, as 1.0.
   */
  async send(packed: PackedLoad, delivery: DeliveryOptions): Promise<void> {
    const request = packed.version === this.#version ? packed : this.pack(packed.load)
    if (request.version === '1.0') {
      await this.#deliver(request, delivery, protocol)
      return
    }
    const answer = await this.#deliver(request, delivery, {
      ...protocol,
      isAccepted: (status) => protocol.isAccepted(status) || status === 415,
    })
    if (answer.status !== 415 && answer.headers.has(WRITTEN)) return
    this.#version = '1.0'
    await this.#deliver(this.pack(packed.load), delivery, protocol)
  }

  #deliver({ version, body }: PackedLoad, delivery: DeliveryOptions, expected: Protocol): Promise<Answer> {
    const headers = { 'user-agent': 'telltale', ...this.#target.headers, ...writeHeaders(version) }
    return deliver({ method: 'POST', url: this.#target.url.href, headers, body }, delivery, expected)
  }
}
