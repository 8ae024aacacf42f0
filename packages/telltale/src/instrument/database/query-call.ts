import { errorMonitor } from 'node:events'
import { types } from 'node:util'

export type Method = (this: unknown, ...args: unknown[]) => unknown
export type QueryStatus = 'success' | 'error'
/** Runs what belongs to the application and not to the query. */
export type Aside = (run: () => unknown) => unknown
/** Told when a call ends; only its first report counts, and it never throws. */
export type Ended = (status: QueryStatus) => void

/**
 * Finds out how one call of a query method ends, whichever way the driver reports it: a callback, a promise,
 * a thenable, an event emitter, a statement object with handlers of its own, or simply by returning. What the
 * application passes, gets back and has thrown at it stays what it was.
 */
export class QueryCall {
  readonly #ended: Ended
  readonly #args: unknown[]
  readonly #aside: Aside
  #called = false
  /** Whether the method has returned, and with what kind of value. */
  #returned: 'no' | 'promise' | 'other' = 'no'
  #failedEarly = false

  constructor(args: readonly unknown[], ended: Ended, aside: Aside) {
    this.#args = [...args]
    this.#ended = ended
    this.#aside = aside
  }

  /** The arguments for the driver: a callback in the last place, or the statement object, is listened to. */
  arguments(): unknown[] {
    const last = this.#args.length - 1
    const callback = this.#args[last]
    if (isMethod(callback) && !isClass(callback)) this.#args[last] = this.#callback(callback)
    if (isMethod(property(this.#args[0], 'submit'))) this.#listenToSubmittable(this.#args[0])
    return this.#args
  }

  /** What the application gets for what the driver returned. */
  result(returned: unknown): unknown {
    if (types.isPromise(returned)) return this.#promise(returned)
    this.#returned = 'other'
    if (this.#failedEarly) this.#ended('error')
    if (this.#called) return returned
    if (isEmitter(returned)) this.#listenToEmitter(returned)
    else if (isMethod(property(returned, 'then'))) this.#listenToThenable(returned)
    else this.#ended('success')
    return returned
  }

  #callback(callback: Method): Method {
    this.#called = true
    const called = (error: unknown) => {
      // Where a promise is returned, the function may as well be one that maps rows.
      const isRow = error && !types.isNativeError(error) && this.#returned !== 'other'
      if (isRow) this.#failedEarly = true
      else this.#ended(error ? 'error' : 'success')
    }
    const aside = this.#aside
    return function (this: unknown, ...results) {
      called(results[0])
      return aside(() => Reflect.apply(callback, this, results))
    }
  }

  /** A promise that settles alike: to listen on the driver's own would hide a rejection nobody handles. */
  #promise(returned: Promise<unknown>): Promise<unknown> {
    this.#returned = 'promise'
    const followed = returned.then(
      (value) => {
        // An asynchronous function around a callback has nothing to say before the callback has.
        if (value !== undefined || !this.#called) this.#ended('success')
        return value
      },
      (error) => {
        this.#ended('error')
        throw error
      },
    )
    return Object.assign(followed, returned)
  }

  /** pg's contract for Query, Cursor and QueryStream: the client calls these methods of the object. */
  #listenToSubmittable(statement: unknown): void {
    const ended = this.#ended
    shadow(statement, 'callback', (callback) => this.#callback(callback))
    const handles = shadow(statement, 'handleError', (handle) => {
      return function (this: unknown, ...args) {
        ended('error')
        return Reflect.apply(handle, this, args)
      }
    })
    this.#called ||= handles
    shadow(statement, 'handleReadyForQuery', (handle) => {
      return function (this: unknown, ...args) {
        try {
          return Reflect.apply(handle, this, args)
        } finally {
          ended('success')
        }
      }
    })
  }

  /** The monitor symbol leaves an error event that nobody listens to as fatal as it was. */
  #listenToEmitter(emitter: Emitter): void {
    emitter.once(errorMonitor, () => this.#ended('error'))
    emitter.once('end', () => this.#ended('success'))
    emitter.once('close', () => this.#ended('success'))
  }

  /** A query builder may run each time its `then` is called, so only the application calls it. */
  #listenToThenable(thenable: unknown): void {
    const ended = this.#ended
    shadow(thenable, 'then', (then) => {
      return function (this: unknown, onValue, onError, ...rest) {
        const fulfilled = (value: unknown) => {
          ended('success')
          return isMethod(onValue) ? onValue(value) : value
        }
        const rejected = (error: unknown) => {
          ended('error')
          if (isMethod(onError)) return onError(error)
          throw error
        }
        return Reflect.apply(then, this, [fulfilled, rejected, ...rest])
      }
    })
  }
}

interface Emitter {
  once(event: string | symbol, listener: () => void): unknown
}

function isEmitter(value: unknown): value is Emitter {
  return isMethod(property(value, 'once'))
}

export function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** A property of anything; undefined where there is none, or where reading it throws. */
export function property(value: unknown, name: string): unknown {
  try {
    return isObject(value) ? Reflect.get(value, name) : undefined
  } catch {
    return undefined
  }
}

/** Only a class has a prototype that cannot be written. */
function isClass(value: Method): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
}

/** Puts a method of its own before the object's; false where it has none or accepts none. */
function shadow(object: unknown, name: string, replace: (original: Method) => Method): boolean {
  const original = property(object, name)
  if (!isObject(object) || !isMethod(original)) return false
  const value = replace(original)
  return Reflect.defineProperty(object, name, { value, configurable: true, writable: true })
}
