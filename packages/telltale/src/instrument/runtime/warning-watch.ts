/** Tells its listeners of the name of every warning of the process, printed or not. */
export class WarningWatch {
  readonly #listeners = new Set<(name: string) => void>()

  constructor() {
    process.on('warning', this.#tell)
  }

  add(listener: (name: string) => void): void {
    this.#listeners.add(listener)
  }

  delete(listener: (name: string) => void): void {
    this.#listeners.delete(listener)
  }

  stop(): void {
    process.off('warning', this.#tell)
  }

  readonly #tell = ({ name }: Error): void => {
    for (const listener of this.#listeners) listener(name)
  }
}
