import { closeSync, openSync, readSync } from 'node:fs'
import { threadId } from 'node:worker_threads'

const PERIOD_MS = 1
const TEXT = Buffer.alloc(64)

/** Milliseconds for which the loop of this thread did not turn. */
export interface Hold {
  readonly longest: number
  /** The longest without the time in which the thread could run but another one had the core; NaN where unknown. */
  readonly longestOwn: number
}

/**
 * Looks each millisecond how late it is, and how long the thread waited for a core meanwhile, which Linux' scheduler
 * knows. What the host of a virtual machine takes is not in that. A look costs about 10 µs.
 */
export class HoldWatch {
  readonly #schedule = openSchedule()
  #timer: NodeJS.Timeout | undefined
  #at = 0
  #waited = 0
  #longest = 0
  #longestOwn = 0

  start(): void {
    this.#longest = this.#longestOwn = 0
    this.#at = performance.now()
    this.#waited = this.#readWaited()
    this.#next()
  }

  stop(): Hold {
    clearTimeout(this.#timer)
    this.#look()
    return { longest: this.#longest, longestOwn: this.#longestOwn }
  }

  close(): void {
    if (this.#schedule !== undefined) closeSync(this.#schedule)
  }

  #next(): void {
    this.#timer = setTimeout(() => {
      this.#look()
      this.#next()
    }, PERIOD_MS)
  }

  #look(): void {
    const [now, waited] = [performance.now(), this.#readWaited()]
    const late = Math.max(0, now - this.#at - PERIOD_MS)
    this.#longest = Math.max(this.#longest, late)
    this.#longestOwn = Math.max(this.#longestOwn, Math.max(0, late - (waited - this.#waited)))
    this.#at = now
    this.#waited = waited
  }

  /** Milliseconds in the queue of a core, since the thread began. */
  #readWaited(): number {
    if (this.#schedule === undefined) return Number.NaN
    const length = readSync(this.#schedule, TEXT, 0, TEXT.length, 0)
    return Number(TEXT.toString('latin1', 0, length).split(' ')[1]) / 1e6
  }
}

/** Of the main thread, whose id is that of the process. */
function openSchedule(): number | undefined {
  if (threadId !== 0) return undefined
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
  } catch {
    return undefined
  }
}
