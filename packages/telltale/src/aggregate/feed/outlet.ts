import type { FeedBatch, FeedEvent } from './feed-event.js'

/** So many batches go out one by one in a window of {@link WINDOW_MS}; what is beyond goes out together. */
const MOST_AT_ONCE = 200
const WINDOW_MS = 10
const LARGEST_BATCH = 512

/**
 * Sends events: at once, so that who reads knows of them even when this thread is blocked from then on, and in batches
 * where there are so many at a time that each for itself would cost the application too much.
 */
export class Outlet {
  readonly #post: (batch: FeedBatch) => void
  #number = 0
  #pending: FeedEvent[] = []
  #isScheduled = false
  #windowEnd = 0
  #sentInWindow = 0

  constructor(post: (batch: FeedBatch) => void) {
    this.#post = post
  }

  send(event: FeedEvent): void {
    this.#pending.push(event)
    if (this.#pending.length >= LARGEST_BATCH || (this.#pending.length === 1 && this.#hasRoom())) this.flush()
    else this.#schedule()
  }

  /** Sends what waits. */
  flush(): void {
    if (this.#pending.length === 0) return
    const events = this.#pending
    this.#pending = []
    this.#number++
    this.#post({ number: this.#number, events })
  }

  #hasRoom(): boolean {
    const now = performance.now()
    if (now >= this.#windowEnd) {
      this.#windowEnd = now + WINDOW_MS
      this.#sentInWindow = 0
    }
    return this.#sentInWindow++ < MOST_AT_ONCE
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      this.flush()
    })
  }
}
