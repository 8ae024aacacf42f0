import { readFileSync, statSync } from 'node:fs'

/** Makes a value out of files, which it reads through `read`. */
export type FileValue<T> = (read: (path: string) => Buffer) => T

/**
 * A value made out of files, and made again when one of them has changed. Where it cannot be made, the one before
 * stays, and the next try is at the next change.
 */
export class LiveFiles<T> {
  readonly #make: FileValue<T>
  #seen = new Map<string, string>()
  #value: T

  /** Throws what `make` throws. */
  constructor(make: FileValue<T>) {
    this.#make = make
    this.#value = this.#remake()
  }

  get value(): T {
    return this.#value
  }

  /**
   * Looks at the files, which costs a few microseconds for each, and reads them when one has changed. True when
   * there is a new value. Throws what `make` throws, once for each change.
   */
  refresh(): boolean {
    if ([...this.#seen].every(([path, state]) => stateOf(path) === state)) return false
    this.#value = this.#remake()
    return true
  }

  #remake(): T {
    const seen = new Map<string, string>()
    const read = (path: string) => {
      // Before the reading, so that a change during it is seen next time.
      seen.set(path, stateOf(path))
      return readFileSync(path)
    }
    try {
      return this.#make(read)
    } finally {
      // A try that ended early has not come to all files.
      for (const path of this.#seen.keys()) if (!seen.has(path)) seen.set(path, stateOf(path))
      this.#seen = seen
    }
  }
}

function stateOf(path: string): string {
  try {
    const { mtimeNs, ctimeNs, size, ino } = statSync(path, { bigint: true })
    return `${mtimeNs} ${ctimeNs} ${size} ${ino}`
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}
