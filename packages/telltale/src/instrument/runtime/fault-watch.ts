/** What nobody handled. */
export const faultKinds = ['exception', 'rejection'] as const

export type FaultKind = (typeof faultKinds)[number]

/** Is told of one error or rejection that nobody caught. */
export type FaultListener = (kind: FaultKind) => void

/**
 * Tells of exceptions that nobody caught and rejections that nobody handled, and leaves it to the application and to
 * Node.js what comes of them: a process that would end still ends, one that would go on goes on.
 *
 * A listener for `unhandledRejection` would keep a process alive, so there is one only beside the application's own.
 */
export class FaultWatch {
  readonly #listeners = new Set<FaultListener>()

  constructor() {
    process.on('uncaughtExceptionMonitor', this.#onException)
    process.on('newListener', this.#onAdded)
    process.on('removeListener', this.#onRemoved)
    if (process.listenerCount('unhandledRejection') > 0) this.#follow()
  }

  add(listener: FaultListener): void {
    this.#listeners.add(listener)
  }

  delete(listener: FaultListener): void {
    this.#listeners.delete(listener)
  }

  stop(): void {
    process.off('uncaughtExceptionMonitor', this.#onException)
    process.off('newListener', this.#onAdded)
    process.off('removeListener', this.#onRemoved)
    process.off('unhandledRejection', this.#onRejection)
  }

  readonly #onException = (_error: Error, origin: NodeJS.UncaughtExceptionOrigin): void => {
    this.#tell(origin === 'unhandledRejection' ? 'rejection' : 'exception')
  }

  readonly #onRejection = (): void => this.#tell('rejection')

  readonly #onAdded = (event: string | symbol, listener: unknown): void => {
    if (event === 'unhandledRejection' && listener !== this.#onRejection) this.#follow()
  }

  readonly #onRemoved = (event: string | symbol): void => {
    if (event !== 'unhandledRejection') return
    const left = process.listeners('unhandledRejection')
    if (left.length === 1 && left[0] === this.#onRejection)
      process.off('unhandledRejection', this.#onRejection)
  }

  #follow(): void {
    if (process.listeners('unhandledRejection').includes(this.#onRejection)) return
    process.on('unhandledRejection', this.#onRejection)
  }

  #tell(kind: FaultKind): void {
    for (const listener of this.#listeners) listener(kind)
  }
}
