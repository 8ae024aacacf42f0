import type { Language } from '../../language.js'
import { type AdviceTexts, adviceEnglish } from './advice-english.js'
import { adviceKorean } from './advice-korean.js'

export type { AdviceTexts } from './advice-english.js'
export { type ReadingTexts, readingTexts } from './reading-texts.js'
export { type ReportTexts, reportTexts } from './report-texts.js'

export const adviceTexts: Readonly<Record<Language, AdviceTexts>> = { en: adviceEnglish, ko: adviceKorean }
