import type { Localised } from '../../finding/index.js'
import { nearest } from '../../nearest.js'
import { isAtLeast, type Version } from '../../promql/index.js'
import { type TemplateToken, tokensOf } from './template-tokens.js'

/** What a template uses, or why Prometheus cannot read it. */
export interface TemplateFacts {
  readonly fault: Localised | undefined
  /** Labels of the alert, by `$labels.x`, `.Labels.x` or `index $labels "x"`. */
  readonly labels: readonly string[]
  readonly usesValue: boolean
  /** The functions that `$value` goes through, in each action that shows it. */
  readonly valuePipelines: readonly (readonly string[])[]
}

const builtIn = 'and call eq ge gt html index js le len lt ne not or print printf println slice urlquery'
const ofPrometheus = `args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage
  humanizeTimestamp label match parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel stripDomain stripPort
  strvalue tableLink title toLower toTime toUpper tmpl value`
const newer: Readonly<Record<string, string>> = { toDuration: '3.6', now: '3.6', urlQueryEscape: '3.8' }
const known: ReadonlySet<string> = new Set([
  ...builtIn.split(' '),
  ...ofPrometheus.split(/\s+/),
  ...Object.keys(newer),
])

/** Reads a template of a label or an annotation as a version of Prometheus does. */
export function readTemplate(text: string, version: Version): TemplateFacts {
  const reader = new TemplateReader(version)
  const fault = reader.read(text)
  const { labels, usesValue, valuePipelines } = reader
  return { fault, labels: [...labels], usesValue, valuePipelines }
}

type Block = 'if' | 'range' | 'with' | 'define' | 'block'

class TemplateReader {
  readonly labels = new Set<string>()
  readonly valuePipelines: (readonly string[])[] = []
  usesValue = false
  readonly #version: Version
  readonly #blocks: Block[] = []
  readonly #variables = new Set(['$', '$labels', '$externalLabels', '$externalURL', '$value'])

  constructor(version: Version) {
    this.#version = version
  }

  read(text: string): Localised | undefined {
    let at = 0
    for (;;) {
      const open = text.indexOf('{{', at)
      if (open < 0) break
      const action = tokensOf(text, open + 2)
      if ('fault' in action) return action.fault
      const fault = this.#action(action.tokens)
      if (fault !== undefined) return fault
      at = action.end
    }
    const open = this.#blocks.at(-1)
    return open === undefined
      ? undefined
      : { en: `{{${open}}} has no {{end}}`, ko: `{{${open}}}에 {{end}}가 없습니다` }
  }

  #action(tokens: readonly TemplateToken[]): Localised | undefined {
    const [first, second] = tokens
    if (first === undefined) return { en: 'an action is empty', ko: '동작이 비어 있습니다' }
    const word = first.kind === 'name' ? first.text : ''
    if (word === 'end') return this.#end()
    if (word === 'else') return this.#else(second === undefined ? [] : tokens.slice(1))
    if (/^(?:if|range|with|define|block)$/.test(word)) return this.#open(blockOf(word), tokens.slice(1))
    if (word === 'template' || word === 'break' || word === 'continue') return undefined
    return this.#pipeline(tokens)
  }

  #open(block: Block, rest: readonly TemplateToken[]): Localised | undefined {
    if (rest.length === 0)
      return { en: `{{${block}}} has no condition`, ko: `{{${block}}}에 조건이 없습니다` }
    this.#blocks.push(block)
    return block === 'define' || block === 'block' ? undefined : this.#pipeline(rest)
  }

  #else(rest: readonly TemplateToken[]): Localised | undefined {
    if (this.#blocks.length === 0)
      return { en: '{{else}} is outside a block', ko: '{{else}}가 블록 밖에 있습니다' }
    return rest.length === 0 ? undefined : this.#pipeline(rest.slice(1))
  }

  #end(): Localised | undefined {
    if (this.#blocks.pop() !== undefined) return undefined
    return { en: '{{end}} ends nothing', ko: '{{end}}가 끝낼 블록이 없습니다' }
  }

  #pipeline(tokens: readonly TemplateToken[]): Localised | undefined {
    for (const [index, { kind, text }] of tokens.entries()) {
      const fault =
        kind === 'variable'
          ? this.#variable(text, tokens[index + 1])
          : kind === 'name'
            ? this.#name(text)
            : undefined
      if (fault !== undefined) return fault
      this.#note(tokens, index)
    }
    const isShown = tokens.some(({ text }) => text === '$value' || text === '.Value')
    if (isShown) this.valuePipelines.push(tokens.flatMap(({ kind, text }) => (kind === 'name' ? [text] : [])))
    return undefined
  }

  #variable(text: string, next: TemplateToken | undefined): Localised | undefined {
    const name = /^\$\w*/.exec(text)?.[0] ?? text
    if (next?.text === ':=' || next?.text === ',') this.#variables.add(name)
    if (this.#variables.has(name)) return undefined
    return { en: `the variable ${name} is not defined`, ko: `정의되지 않은 변수: ${name}` }
  }

  #name(text: string): Localised | undefined {
    if (/^(?:true|false|nil)$/.test(text)) return undefined
    const since = Object.hasOwn(newer, text) ? newer[text] : undefined
    if (since !== undefined && !isAtLeast(this.#version, since)) {
      return {
        en: `the function ${text} is there from Prometheus ${since} on`,
        ko: `${text} 함수는 Prometheus ${since}부터 있습니다`,
      }
    }
    if (known.has(text)) return undefined
    const meant = nearest(text, known)
    const [en, ko] = meant === undefined ? ['', ''] : [`; ${meant} was meant?`, ` (${meant}?)`]
    return { en: `the function ${text} does not exist${en}`, ko: `없는 함수: ${text}${ko}` }
  }

  /** Remembers the labels and the value that a token stands for. */
  #note(tokens: readonly TemplateToken[], index: number): void {
    const { text } = tokens[index]!
    if (text === '$value' || text === '.Value') this.usesValue = true
    const label = /^(?:\$labels|\$?\.Labels)\.(\w+)/.exec(text)?.[1]
    if (label !== undefined) this.labels.add(label)
    const [of, key] = [tokens[index + 1], tokens[index + 2]]
    const isIndex = text === 'index' && /^(?:\$labels|\$?\.Labels)$/.test(of?.text ?? '')
    if (isIndex && key?.kind === 'text') this.labels.add(key.text.slice(1, -1))
  }
}

function blockOf(word: string): Block {
  return word === 'if' || word === 'range' || word === 'with' || word === 'define' ? word : 'block'
}
