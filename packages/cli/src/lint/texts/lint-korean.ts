import type { FindingText } from '../../finding/index.js'
import type { lintEnglish } from './lint-english.js'

export const lintKorean: Readonly<Record<keyof typeof lintEnglish, FindingText>> = {
  'lint/unknown-kind': {
    what: '메트릭, 규칙, 대시보드, prometheus.yml, alertmanager.yml 가운데 어느 것도 아닙니다',
    remedy: '--as 로 무엇인지 알려 주거나 빼세요.',
  },
  'lint/unreadable': { what: '파일을 읽을 수 없습니다: {detail}', remedy: '경로와 권한을 확인하세요.' },
  'lint/not-text': { what: 'UTF-8 문자열이 아닙니다', remedy: '파일을 UTF-8로 저장하세요.' },
}
