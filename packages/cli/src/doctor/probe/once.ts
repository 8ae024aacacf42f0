/** Results by key, each made once: checks that read the same thing share one request. */
export class Once {
  readonly #made = new Map<string, Promise<unknown>>()

  get<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(key)
    // A key is always made by the same function, so what is there is of its type.
    if (known !== undefined) return known as Promise<T>
    const made = make()
    this.#made.set(key, made)
    return made
  }
}
