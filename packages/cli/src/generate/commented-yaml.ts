import type { Language } from 'telltale/monitoring'
import { stringify } from 'yaml'

/** A text in every language. */
export type Said = Readonly<Record<Language, string>>

/** YAML 1.1, as Prometheus reads it, with every expression on the lines that it was written in. */
export function yamlText(data: unknown): string {
  return stringify(data, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
}

/** Comment lines above what follows. */
export function comment(said: Said, language: Language): string {
  return said[language]
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n')
}

/** What stands at the top of every file that is made, and that has comments. */
export const madeBy: Said = {
  en: 'Made by telltale init. Change what you like: a file that you changed is never overwritten.',
  ko: 'telltale init이 만든 파일입니다. 자유롭게 고치세요. 고친 파일은 덮어쓰지 않습니다.',
}

/** Parts of a YAML file, one below the other, each under its comment. */
export function commentedYaml(
  parts: readonly { readonly about?: Said; readonly data: unknown }[],
  language: Language,
): string {
  const sections = parts.map(({ about, data }) => {
    const text = yamlText(data)
    return about === undefined ? text : `${comment(about, language)}\n${text}`
  })
  return `${comment(madeBy, language)}\n${sections.join('\n')}`
}
