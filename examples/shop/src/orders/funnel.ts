import { LRUCache } from 'lru-cache'

const WINDOW_MS = 15 * 60 * 1000
const MAX_VISITORS = 10_000

/** The segments of `conversion_rate`: whether the visitor said who they are. */
export const SEGMENTS = ['guest', 'registered'] as const

export type Segment = (typeof SEGMENTS)[number]

/** Who came and who bought, over 15 minutes and at most the last 10,000 visitors. */
export class Funnel {
  readonly #visitors: LRUCache<string, { readonly segment: Segment; readonly bought: boolean }>

  constructor(now: () => number = Date.now) {
    this.#visitors = new LRUCache({ max: MAX_VISITORS, ttl: WINDOW_MS, ttlResolution: 0, perf: { now } })
  }

  visit(client: string, segment: Segment): void {
    const bought = this.#visitors.get(client)?.bought ?? false
    this.#visitors.set(client, { segment, bought })
  }

  purchase(client: string, segment: Segment): void {
    this.#visitors.set(client, { segment, bought: true })
  }

  /** Percent of the segment's visitors who bought; 0 without visitors. */
  conversion(segment: Segment): number {
    this.#visitors.purgeStale()
    let visitors = 0
    let buyers = 0
    for (const visitor of this.#visitors.values()) {
      if (visitor.segment !== segment) continue
      visitors += 1
      if (visitor.bought) buyers += 1
    }
    return visitors === 0 ? 0 : (100 * buyers) / visitors
  }
}
