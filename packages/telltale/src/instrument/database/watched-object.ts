import { isMethod, isObject, type Method, property } from './query-call.js'

/** The methods of one object that Telltale has put its own in front of. */
export class WatchedObject {
  readonly #object: object
  readonly #restore: (() => boolean)[] = []

  constructor(object: object) {
    this.#object = object
  }

  /** False as soon as the object does not accept a method; `restore` then undoes the others. */
  replace(replacements: ReadonlyMap<string, (original: Method) => Method>): boolean {
    for (const [name, replacement] of replacements) {
      const original = property(this.#object, name)
      if (isMethod(original) && !this.#replaceOne(name, original, replacement(original))) return false
    }
    return true
  }

  /** Takes the methods back; false when another library has wrapped a method meanwhile: then it stays, and has to be passive. */
  restore(): boolean {
    const restored = this.#restore.map((restore) => restore())
    return restored.every(Boolean)
  }

  #replaceOne(name: string, original: Method, value: Method): boolean {
    const object = this.#object
    const own = Reflect.getOwnPropertyDescriptor(object, name)
    // What the original carries, such as a test's spy or a promisified form, is still found on the method.
    Object.setPrototypeOf(value, original)
    const enumerable = own?.enumerable ?? false
    if (!Reflect.defineProperty(object, name, { value, enumerable, configurable: true, writable: true })) {
      return false
    }
    this.#restore.push(() => {
      if (property(object, name) !== value) return false
      return own ? Reflect.defineProperty(object, name, own) : Reflect.deleteProperty(object, name)
    })
    return true
  }
}

/** True for what has queries to watch: an object, or a function with methods, that has `query`. */
export function hasQuery(value: unknown): value is object {
  return isObject(value) && isMethod(property(value, 'query'))
}
