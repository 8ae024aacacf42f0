import { setImmediate as nextTurn } from 'node:timers/promises'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const MEGABYTE = 2 ** 20
const DOUBLES_PER_MEGABYTE = MEGABYTE / 8
/** Of the heap's limit, so that holding memory never ends the process. */
const LARGEST_SHARE = 0.6

/** Real JavaScript heap, held until it is released: arrays of doubles, one megabyte each. */
export class HeldMemory {
  #blocks: number[][] = []

  get megabytes(): number {
    return this.#blocks.length
  }

  static get limitInMegabytes(): number {
    return Math.floor((getHeapStatistics().heap_size_limit * LARGEST_SHARE) / MEGABYTE)
  }

  /** Holds so much from now on, no more and no less; the event loop turns between megabytes. */
  async hold(megabytes: number): Promise<void> {
    if (megabytes < this.#blocks.length) {
      this.#blocks.length = megabytes
      collectGarbage()
    }
    while (this.#blocks.length < megabytes) {
      this.#blocks.push(new Array<number>(DOUBLES_PER_MEGABYTE).fill(0.5))
      await nextTurn()
    }
  }
}

/** At once: with little traffic it takes V8 minutes, for which the alert of a fault that is over would go on. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void // as the flag promises
  collect()
}
