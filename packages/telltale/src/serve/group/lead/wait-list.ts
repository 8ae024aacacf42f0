/** Waits for something to become true, of which it is told whenever it may have. */
export class WaitList {
  readonly #checks = new Set<() => void>()

  /** Something changed. */
  check(): void {
    for (const check of [...this.#checks]) check()
  }

  /** Resolves when it is true, or after so many milliseconds. */
  until(isTrue: () => boolean, milliseconds: number): Promise<void> {
    if (isTrue() || milliseconds <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#checks.delete(check)
        resolve()
      }
      const check = () => {
        if (isTrue()) done()
      }
      const timer = setTimeout(done, milliseconds)
      this.#checks.add(check)
    })
  }
}
