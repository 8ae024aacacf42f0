const BYTES = 3 * Int32Array.BYTES_PER_ELEMENT
/** How often a visit has begun or ended: odd while there is one. */
const TURNS = 0
/** How often the owner asked for visits. */
const QUESTIONS = 1
/** The number of the reader; 0 while there is none. */
const READER = 2

/**
 * Whether another thread looks at the memory of a slab at this moment, said in shared memory. A visit is synchronous:
 * what is read in it is not kept for the next one.
 *
 * Each side first says what it does and then looks for the other: the reader begins its visit and loads the questions,
 * the owner counts its question and loads the visits, all of it sequentially consistent. So either the owner sees the
 * visit, or the visit sees everything that the owner wrote before it asked.
 */
export class Visits {
  /** What the other thread makes its own `Visits` of. */
  readonly memory: SharedArrayBuffer
  readonly #words: Int32Array

  constructor(memory = new SharedArrayBuffer(BYTES)) {
    this.memory = memory
    this.#words = new Int32Array(memory)
  }

  /** In a thread that wants to read: whether it may from now on, as the only one. `reader` is its number, not 0. */
  take(reader: number): boolean {
    return Atomics.compareExchange(this.#words, READER, 0, reader) === 0
  }

  /** Lets another reader in, where this one has been; it does not read any more, or its thread has ended. */
  release(reader: number): void {
    if (Atomics.load(this.#words, READER) !== reader) return
    // Odd when the thread ended within a visit.
    if ((Atomics.load(this.#words, TURNS) & 1) === 1) Atomics.add(this.#words, TURNS, 1)
    Atomics.store(this.#words, READER, 0)
  }

  /** In the thread that reads: looks. Visits are not made within visits. */
  during(look: () => void): void {
    Atomics.add(this.#words, TURNS, 1)
    Atomics.load(this.#words, QUESTIONS)
    try {
      look()
    } finally {
      Atomics.add(this.#words, TURNS, 1)
    }
  }

  /** In the thread that writes: the number of the visit that is going on, 0 when there is none. */
  ask(): number {
    Atomics.add(this.#words, QUESTIONS, 1)
    const turns = Atomics.load(this.#words, TURNS)
    return (turns & 1) === 0 ? 0 : turns
  }

  /** Whether a visit with this number is over. */
  isOver(visit: number): boolean {
    return Atomics.load(this.#words, TURNS) !== visit
  }
}
