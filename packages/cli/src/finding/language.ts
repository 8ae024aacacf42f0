/** The languages in which findings are told. */
export type Language = 'en' | 'ko'

export const languages: readonly Language[] = ['en', 'ko']

/** The same text in every language. */
export type Localised = Readonly<Record<Language, string>>

/** How wide a text is on a terminal: Hangul takes two columns a letter. */
export function columnsOf(text: string): number {
  return text.length + (text.match(/[ᄀ-ᇿ㄰-㆏가-힣]/g)?.length ?? 0)
}

/** A text with spaces after it, so that what follows stands in column `columns`. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** A text with spaces before it, so that it ends in column `columns`. */
export function ending(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text
}

/** A text in at most `columns` columns, cut with an ellipsis. */
export function cutTo(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let taken = 0
  for (const letter of text) {
    taken += columnsOf(letter)
    if (taken > columns - 1) break
    kept += letter
  }
  return columns > 0 ? `${kept}…` : ''
}

/** The language that the environment of a process asks for; English when it asks for none that is spoken here. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^ko([_.-]|$)/i.test(wanted) ? 'ko' : 'en'
}
