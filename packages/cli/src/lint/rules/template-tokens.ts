import type { Localised } from '../../finding/index.js'

/** A word of an action between `{{` and `}}`. */
export interface TemplateToken {
  readonly kind: 'name' | 'variable' | 'field' | 'text' | 'number' | 'mark'
  readonly text: string
}

const patterns: readonly (readonly [kind: TemplateToken['kind'], pattern: RegExp])[] = [
  ['text', /^(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+')/],
  ['variable', /^\$\w*(?:\.\w+)*/],
  ['field', /^(?:\.[A-Za-z_]\w*)+/],
  ['number', /^[+-]?(?:\d[\w.]*|\.\d\w*)/],
  ['name', /^[A-Za-z_]\w*(?:\.\w+)*/],
  ['mark', /^(?::=|[=|(),.])/],
]

/** The words of an action from `from` on, and where the text goes on behind it. */
export function tokensOf(
  text: string,
  from: number,
): { readonly tokens: readonly TemplateToken[]; readonly end: number } | { readonly fault: Localised } {
  const comment = /^-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/.exec(text.slice(from))
  // A comment is an action that does nothing.
  if (comment !== null) return { tokens: [{ kind: 'name', text: 'nil' }], end: from + comment[0].length }
  const tokens: TemplateToken[] = []
  let depth = 0
  let at = from + (/^-\s/.test(text.slice(from, from + 2)) ? 1 : 0)
  for (;;) {
    at += /^\s*/.exec(text.slice(at))![0].length
    const rest = text.slice(at)
    const close = /^(?:-\}\}|\}\})/.exec(rest)
    if (close !== null) return depth === 0 ? { tokens, end: at + close[0].length } : { fault: unclosed }
    if (rest === '') return { fault: { en: '"{{" has no "}}"', ko: '"{{"에 "}}"가 없습니다' } }
    const token = tokenAt(rest)
    if (token === undefined) return { fault: unexpected(rest) }
    if (token.text === '(') depth++
    if (token.text === ')' && --depth < 0)
      return { fault: { en: '")" closes nothing', ko: '")"에 맞는 괄호가 없습니다' } }
    tokens.push(token)
    at += token.text.length
  }
}

const unclosed: Localised = { en: '"(" is not closed', ko: '"("가 닫히지 않았습니다' }

function unexpected(rest: string): Localised {
  const character = String.fromCodePoint(rest.codePointAt(0)!)
  return /^["'`]/.test(character)
    ? {
        en: `a text that begins with ${character} does not end`,
        ko: `${character} 로 시작한 문자열이 끝나지 않습니다`,
      }
    : { en: `got "${character}" in an action`, ko: `동작 안에 "${character}"가 있습니다` }
}

function tokenAt(rest: string): TemplateToken | undefined {
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(rest)
    if (match !== null) return { kind, text: match[0] }
  }
  return undefined
}
