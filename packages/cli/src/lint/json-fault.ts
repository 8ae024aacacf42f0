import type { Localised } from '../finding/index.js'

/** The first thing in a text that is no JSON. */
export interface JsonFault {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  /** As in "expected a comma or }, got x". */
  readonly detail: Localised
}

type Wanted = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'next' | 'nothing' | 'text'

/** Where a text stops being JSON, and what was expected there; `undefined` for one that is JSON. */
export function jsonFaultOf(text: string): JsonFault | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    return new FaultFinder(text).find()
  }
}

/** Sticky patterns keep a position, so each finder has its own. */
const newPatterns = () => ({
  space: /[ \t\n\r]*/y,
  open: /[{[]/y,
  string: /"(?:[^"\\\p{Cc}]+|[\u007f-\u009f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy,
  begun: /"(?:[^"\\\p{Cc}]+|[\u007f-\u009f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy,
  scalar: /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y,
  word: /[\w.+-]{1,30}|./suy,
})

class FaultFinder {
  readonly #text: string
  readonly #patterns = newPatterns()
  /** The brackets that close what is open. */
  readonly #closing: ('}' | ']')[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  find(): JsonFault {
    let wanted: Wanted = 'value'
    for (;;) {
      this.#take('space')
      const next = this.#step(wanted)
      if (next === undefined) return this.#fault(wanted)
      wanted = next
      if (wanted === 'text') return this.#fault('text')
    }
  }

  /** Takes what is wanted and tells what has to follow; `undefined` where something else stands. */
  #step(wanted: Wanted): Wanted | undefined {
    switch (wanted) {
      case 'value':
      case 'value-or-end':
        return wanted === 'value-or-end' && this.#close() ? this.#afterValue() : this.#value()
      case 'name':
      case 'name-or-end':
        if (wanted === 'name-or-end' && this.#close()) return this.#afterValue()
        return this.#string('colon')
      case 'colon':
        return this.#sign(':') ? 'value' : undefined
      case 'next':
        if (this.#sign(',')) return this.#closing.at(-1) === '}' ? 'name' : 'value'
        return this.#close() ? this.#afterValue() : undefined
      default:
        return undefined
    }
  }

  #value(): Wanted | undefined {
    const open = this.#take('open')
    if (open !== '') {
      this.#closing.push(open === '{' ? '}' : ']')
      return open === '{' ? 'name-or-end' : 'value-or-end'
    }
    return this.#take('scalar') === '' ? this.#string(this.#afterValue()) : this.#afterValue()
  }

  #string(after: Wanted): Wanted | undefined {
    if (this.#take('string') !== '') return after
    return this.#take('begun') === '' ? undefined : 'text'
  }

  #afterValue(): Wanted {
    return this.#closing.length === 0 ? 'nothing' : 'next'
  }

  #close(): boolean {
    const closing = this.#closing.at(-1)
    if (closing === undefined || !this.#sign(closing)) return false
    this.#closing.pop()
    return true
  }

  #sign(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #take(name: keyof ReturnType<typeof newPatterns>): string {
    const pattern = this.#patterns[name]
    pattern.lastIndex = this.#at
    const taken = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += taken.length
    return taken
  }

  #fault(wanted: Wanted): JsonFault {
    const before = this.#text.slice(0, this.#at)
    const column = this.#at - before.lastIndexOf('\n')
    const line = before.split('\n').length
    const [expected, got] = [this.#expected(wanted), gotText(this.#take('word'))]
    return {
      line,
      column,
      detail: {
        en: `expected ${expected.en}, got ${got.en}`,
        ko: `${expected.ko} 자리에 ${got.ko} 있습니다`,
      },
    }
  }

  #expected(wanted: Wanted): Localised {
    const closing = this.#closing.at(-1) ?? ''
    switch (wanted) {
      case 'name':
        return { en: 'a name in double quotes', ko: '큰따옴표로 묶은 이름' }
      case 'name-or-end':
        return { en: 'a name in double quotes or }', ko: '큰따옴표로 묶은 이름이나 }' }
      case 'colon':
        return { en: 'a colon', ko: '콜론' }
      case 'next':
        return { en: `a comma or ${closing}`, ko: `쉼표나 ${closing}` }
      case 'nothing':
        return { en: 'nothing more', ko: '파일 끝' }
      case 'text':
        return { en: 'the end of a text (")', ko: '문자열 끝(")' }
      case 'value':
        return { en: 'a value', ko: '값' }
      case 'value-or-end':
        return { en: 'a value or ]', ko: '값이나 ]' }
    }
  }
}

function gotText(word: string): Localised {
  if (word === '') return { en: 'the end of the file', ko: '파일 끝이' }
  if (/^[\n\r]/.test(word)) return { en: 'the end of the line', ko: '줄 끝이' }
  const shown = /^[\p{C}\p{Z}]/u.test(word)
    ? `U+${word.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    : word
  return { en: shown, ko: `${shown} 이(가)` }
}
