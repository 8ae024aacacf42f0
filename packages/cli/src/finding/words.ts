import type { Language } from '../language.js'
import type { Severity } from './severity.js'

/** The words around findings. */
interface Words {
  readonly severity: Readonly<Record<Severity, string>>
  readonly nothing: (looked: number) => string
  readonly total: (counts: Readonly<Record<Severity, number>>, looked: number) => string
  readonly missed: string
  readonly known: (count: number) => string
  readonly gone: (count: number) => string
}

export const words: Readonly<Record<Language, Words>> = {
  en: {
    severity: { error: 'error', warning: 'warning', info: 'info' },
    nothing: (looked) => `nothing to report in ${count(looked, 'place')}`,
    total: ({ error, warning, info }, looked) =>
      `${count(error, 'error')}, ${count(warning, 'warning')} and ${count(info, 'note')} in ${count(looked, 'place')}`,
    missed: 'not looked at',
    known: (known) => `${count(known, 'finding')} that the baseline knows left out`,
    gone: (gone) =>
      `${count(gone, 'entry', 'entries')} of the baseline gone: --update-baseline takes them out`,
  },
  ko: {
    severity: { error: '오류', warning: '경고', info: '참고' },
    nothing: (looked) => `${looked}곳에서 문제를 찾지 못했습니다`,
    total: ({ error, warning, info }, looked) =>
      `${looked}곳에서 오류 ${error}건, 경고 ${warning}건, 참고 ${info}건`,
    missed: '확인하지 못함',
    known: (known) => `기준 파일에 있는 ${known}건은 뺐습니다`,
    gone: (gone) => `기준 파일의 ${gone}건은 더 이상 없습니다: --update-baseline 으로 지우세요`,
  },
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
