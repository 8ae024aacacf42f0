import type { Localised } from '../finding/index.js'

/** What is known of a regular expression as Prometheus uses it: anchored at both ends. */
export interface Re2 {
  /** Whether it matches the empty text. */
  readonly matchesEmpty: boolean
  /** The only text that it matches, when it has no special character. */
  readonly literal: string | undefined
  /** How many groups `(…)` it has, for `$1` and so on. */
  readonly groups: number
  readonly groupNames: readonly string[]
}

/** Why a text is no regular expression of Go's syntax (RE2). */
export interface Re2Fault {
  readonly fault: Localised
}

class Fault extends Error {
  readonly fault: Localised

  constructor(en: string, ko: string) {
    super(en)
    this.fault = { en, ko }
  }
}

/** What a part matches: whether it can be nothing, and its text when it is always the same. */
interface Part {
  readonly empty: boolean
  readonly literal: string | undefined
}

const nothing: Part = { empty: true, literal: '' }
const special: Part = { empty: false, literal: undefined }
const classes = /^(?:[dDsSwW]|p[A-Z]|P[A-Z]|[pP]\{\^?[A-Za-z_]+\})/
const posix =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/

/** Reads a regular expression in Go's syntax. */
export function readRe2(pattern: string): Re2 | Re2Fault {
  const reader = new Re2Reader(pattern)
  try {
    const { empty, literal } = reader.whole()
    return { matchesEmpty: empty, literal, groups: reader.groups, groupNames: reader.groupNames }
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault }
    throw error
  }
}

class Re2Reader {
  groups = 0
  readonly groupNames: string[] = []
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): Part {
    const part = this.#alternatives()
    if (this.#at < this.#text.length) throw new Fault('")" closes nothing', '")"에 맞는 여는 괄호가 없습니다')
    return part
  }

  #alternatives(): Part {
    // Go's own limit.
    if (++this.#depth > 1000) throw new Fault('it is nested too deeply', '너무 깊게 중첩되어 있습니다')
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    this.#depth--
    return parts.length === 1 ? parts[0]! : { empty: parts.some((part) => part.empty), literal: undefined }
  }

  #sequence(): Part {
    let whole = nothing
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at]!)) {
      const part = this.#repeated(this.#atom())
      const literal =
        whole.literal === undefined || part.literal === undefined ? undefined : whole.literal + part.literal
      whole = { empty: whole.empty && part.empty, literal }
    }
    return whole
  }

  #repeated(part: Part): Part {
    const least = this.#repetition()
    if (least === undefined) return part
    const again = this.#at
    if (this.#repetition() !== undefined) {
      const operator = this.#text.slice(again - 1, this.#at)
      throw new Fault(`"${operator}" repeats a repetition`, `"${operator}"은(는) 반복을 다시 반복합니다`)
    }
    return { empty: part.empty || least === 0, literal: undefined }
  }

  /** The least count of the repetition that stands here. */
  #repetition(): number | undefined {
    const match = /^(?:([*+?])|\{(\d+)(?:,(\d*))?\})\??/.exec(this.#text.slice(this.#at, this.#at + 30))
    if (match === null) return undefined
    const [whole, sign, least, most] = match
    if (sign === undefined && Math.max(Number(least), Number(most || 0)) > 1000) {
      throw new Fault(`${whole} is more than 1000 times`, `${whole}: 1000번까지만 반복할 수 있습니다`)
    }
    if (most !== undefined && most !== '' && Number(most) < Number(least)) {
      throw new Fault(`${whole} counts backwards`, `${whole}: 앞의 수가 뒤의 수보다 큽니다`)
    }
    this.#at += whole.length
    return sign === undefined ? Number(least) : sign === '+' ? 1 : 0
  }

  #atom(): Part {
    if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.#text.slice(this.#at, this.#at + 30))) {
      throw new Fault(
        `"${this.#text[this.#at]}" repeats nothing`,
        `"${this.#text[this.#at]}" 앞에 반복할 것이 없습니다`,
      )
    }
    const character = this.#next()
    if (character === '(') return this.#group()
    if (character === '[') return this.#class()
    if (character === '\\') return this.#escape()
    if (character === '^' || character === '$') return { empty: true, literal: undefined }
    return character === '.' ? special : { empty: false, literal: character }
  }

  #group(): Part {
    if (this.#take('?')) {
      const flags = /^[imsU]*(?:-[imsU]+)?(?=[:)])/.exec(this.#rest())
      const name = /^P<(\w+)>/.exec(this.#rest())
      if (flags === null && name === null) throw this.#unknownGroup()
      this.#at += (flags ?? name)![0].length
      if (name !== null) {
        this.groups++
        this.groupNames.push(name[1]!)
      } else if (this.#take(')')) return { empty: true, literal: undefined }
      else this.#next()
    } else this.groups++
    const part = this.#alternatives()
    if (!this.#take(')')) throw new Fault('"(" is not closed', '"("가 닫히지 않았습니다')
    return { empty: part.empty, literal: undefined }
  }

  #unknownGroup(): Fault {
    const sign = `(?${this.#rest().slice(0, /^<[=!]/.test(this.#rest()) ? 2 : 1)}`
    return /^(?:[=!]|<[=!])/.test(this.#rest())
      ? new Fault(
          `"${sign}" looks around, which RE2 cannot`,
          `RE2는 "${sign}" 전후방 탐색을 지원하지 않습니다`,
        )
      : new Fault(`"${sign}" is no kind of group`, `"${sign}"은(는) 그룹의 종류가 아닙니다`)
  }

  #class(): Part {
    this.#take('^')
    let first = true
    while (first || this.#text[this.#at] !== ']') {
      if (this.#at >= this.#text.length) throw new Fault('"[" is not closed', '"["가 닫히지 않았습니다')
      first = false
      this.#range()
    }
    this.#at++
    return special
  }

  #range(): void {
    const named = posix.exec(this.#rest())
    if (named !== null) {
      this.#at += named[0].length
      return
    }
    if (/^\[:[^\]]*:\]/.test(this.#rest())) {
      throw new Fault('"[::]" names no class of characters', '"[::]" 안의 문자 종류를 알 수 없습니다')
    }
    const from = this.#classCharacter()
    if (this.#text[this.#at] !== '-' || (this.#text[this.#at + 1] ?? ']') === ']') return
    this.#at++
    const to = this.#classCharacter()
    if (from === undefined || to === undefined || from > to) {
      throw new Fault('a range in "[]" goes backwards', '"[]" 안의 범위가 거꾸로입니다')
    }
  }

  /** Its code point; undefined for a class such as `\d`. */
  #classCharacter(): number | undefined {
    const character = this.#next()
    return character === '\\' ? this.#escape().literal?.codePointAt(0) : character.codePointAt(0)
  }

  #escape(): Part {
    const rest = this.#rest()
    const quoted = /^Q([\s\S]*?)(?:\\E|$)/.exec(rest)
    const known =
      quoted ??
      classes.exec(rest) ??
      /^(?:x[0-9a-fA-F]{2}|x\{[0-9a-fA-F]{1,8}\}|0[0-7]{0,2}|[1-7][0-7]{1,2}|[AzbBCafnrtv]|[^A-Za-z0-9\u0080-\uffff])/.exec(
        rest,
      )
    if (known === null) {
      const sequence = `\\${rest.slice(0, 1)}`
      throw rest === ''
        ? new Fault('it ends in a backslash', '역슬래시로 끝납니다')
        : new Fault(`"${sequence}" is no escape of RE2`, `"${sequence}"은(는) RE2의 이스케이프가 아닙니다`)
    }
    this.#at += known[0].length
    if (quoted !== null) return { empty: quoted[1] === '', literal: quoted[1] }
    return escaped(known[0])
  }

  #rest(): string {
    return this.#text.slice(this.#at)
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #next(): string {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    this.#at += character.length
    return character
  }
}

const controls: Readonly<Record<string, string>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

function escaped(text: string): Part {
  if (text === 'A' || text === 'z' || text === 'B') return { empty: true, literal: undefined }
  if (text === 'b' || text === 'C' || /^[pPdDsSwW]/.test(text)) return special
  if (Object.hasOwn(controls, text)) return { empty: false, literal: controls[text]! }
  const hexadecimal = /^x\{?([0-9a-fA-F]+)\}?$/.exec(text)?.[1]
  const code = hexadecimal === undefined ? Number.parseInt(text, 8) : Number.parseInt(hexadecimal, 16)
  if (Number.isNaN(code)) return { empty: false, literal: text }
  if (code > 0x10ffff) throw new Fault(`\\${text} is no character`, `\\${text}은(는) 문자가 아닙니다`)
  return { empty: false, literal: String.fromCodePoint(code) }
}
