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

/** The language that the environment of a process asks for; English when it asks for none that is spoken here. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^ko([_.-]|$)/i.test(wanted) ? 'ko' : 'en'
}
