/** What a process is in its group; `alone` where it cannot take part. */
export type GroupRole = 'joining' | 'leader' | 'member' | 'alone'

/** What a process is in its group at present, and who waits for that to change. */
export class CurrentRole {
  readonly #listeners = new Set<(serves: boolean) => void>()
  readonly #turns = new Set<() => void>()
  #value: GroupRole = 'joining'

  get value(): GroupRole {
    return this.#value
  }

  /** Whether this process is to serve the group: it leads, or cannot take part. */
  get serves(): boolean {
    return this.#value === 'leader' || this.#value === 'alone'
  }

  /** Calls back with `serves` once it is known, and at each change. Returns what ends it. */
  onLeadership(callback: (serves: boolean) => void): () => void {
    const listener = (serves: boolean) => callback(serves)
    this.#listeners.add(listener)
    if (this.#value !== 'joining') listener(this.serves)
    return () => this.#listeners.delete(listener)
  }

  /** Ends all that `onLeadership` began. */
  forgetListeners(): void {
    this.#listeners.clear()
  }

  turn(role: GroupRole): void {
    const { serves: served, value: before } = this
    this.#value = role
    for (const turned of [...this.#turns]) turned()
    if (role === 'joining' || (served === this.serves && before !== 'joining')) return
    for (const listener of this.#listeners) listener(this.serves)
  }

  /** Resolves when the role changes, or after so many seconds. */
  next(seconds: number): Promise<void> {
    return this.#turned((done) => setTimeout(done, seconds * 1000))
  }

  /** The same for what goes on in the background, which keeps no process alive. */
  rest(milliseconds: number): Promise<void> {
    return this.#turned((done) => setTimeout(done, milliseconds).unref())
  }

  #turned(timeout: (done: () => void) => ReturnType<typeof setTimeout>): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#turns.delete(done)
        resolve()
      }
      const timer = timeout(done)
      this.#turns.add(done)
    })
  }
}
