import type { Language, Localised } from '../language.js'
import type { Finding, FindingText } from './finding.js'
import type { Place } from './place.js'
import type { Severity } from './severity.js'

/** What is the same in all findings of one id. */
export interface CheckDefinition {
  readonly severity: Severity
  readonly link?: string
}

/** The texts of one language by the ids of the checks; `{name}` stands for a value. */
export type Catalogue = Readonly<Record<string, FindingText>>

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends '' | `${string}${' ' | '"' | '=' | '{' | '$' | ','}${string}` ? never : Name) | Names<Rest>
  : never

/** What may stand for a `{name}`: words that differ between languages are given in all of them. */
export type Value = string | number | Localised

/** A value for each `{name}` in the texts of a check. */
export type Values<Text extends FindingText> = Readonly<
  Record<Names<Text['what']> | Names<Text['remedy']>, Value>
>

/** What may differ from the definition in one finding. */
export interface FindingOptions {
  readonly severity?: Severity | undefined
  readonly link?: string | undefined
  /** See {@link Finding.subject}. */
  readonly subject?: string | undefined
}

/** Checks with their severities and with their texts in every language. */
export class CheckSet<English extends Catalogue> {
  readonly #definitions: Readonly<Record<keyof English, CheckDefinition>>
  readonly #english: English
  readonly #korean: Readonly<Record<keyof English, FindingText>>

  /** English is the measure: its ids and its `{names}` are those that the others must have. */
  constructor(
    definitions: Readonly<Record<keyof English, CheckDefinition>>,
    english: English,
    korean: Readonly<Record<keyof English, FindingText>>,
  ) {
    this.#definitions = definitions
    this.#english = english
    this.#korean = korean
  }

  get ids(): readonly (keyof English & string)[] {
    return Object.keys(this.#english)
  }

  /** The severity and the link of a check. */
  definition(id: keyof English & string): CheckDefinition {
    return this.#definitions[id]
  }

  /** A finding of a check: `values` fill its texts. */
  finding<Id extends keyof English & string>(
    id: Id,
    where: Place,
    values: Values<English[Id]>,
    options: FindingOptions = {},
  ): Finding {
    const { severity, link } = this.#definitions[id]
    return {
      id,
      severity: options.severity ?? severity,
      where,
      text: { en: filled(this.#english[id]!, values, 'en'), ko: filled(this.#korean[id], values, 'ko') },
      subject: options.subject ?? '',
      link: options.link ?? link,
    }
  }
}

function filled(
  { what, remedy }: FindingText,
  values: Readonly<Record<string, Value>>,
  language: Language,
): FindingText {
  const shown = (value: Value) => String(typeof value === 'object' ? value[language] : value)
  const fill = (text: string) =>
    text.replace(/\{([A-Za-z]\w*)\}/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : shown(value)
    })
  return { what: fill(what), remedy: fill(remedy) }
}
