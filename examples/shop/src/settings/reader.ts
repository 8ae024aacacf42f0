import type { Kind } from './kind.js'

/** Reads settings by name and collects what is wrong with them, so that one start reports every mistake. */
export class SettingReader {
  readonly problems: string[] = []
  readonly #values: Readonly<Record<string, string | undefined>>

  constructor(values: Readonly<Record<string, string | undefined>>) {
    this.#values = values
  }

  /** The value under `name`; undefined when it is absent, empty, or wrong (then it is among the problems). */
  optional<T>(name: string, kind: Kind<T>): T | undefined {
    const text = this.#values[name]?.trim()
    if (!text) return undefined
    const value = kind.parse(text)
    if (value === undefined) this.problems.push(complaint(name, text, kind))
    return value
  }

  required<T>(name: string, kind: Kind<T>, fallback: T): T {
    return this.optional(name, kind) ?? fallback
  }
}

function complaint<T>(name: string, text: string, kind: Kind<T>): string {
  const got = kind.secret ? '' : `, got ${JSON.stringify(text)}`
  return `${name}: expected ${kind.expected}${got}.`
}
