/** The languages in which findings are told. */
export type Language = 'en' | 'ko'

export const languages: readonly Language[] = ['en', 'ko']

/** The same text in every language. */
export type Localised = Readonly<Record<Language, string>>

/** The language that the environment of a process asks for; English when it asks for none that is spoken here. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^ko([_.-]|$)/i.test(wanted) ? 'ko' : 'en'
}
