import type { FindingText } from '../../finding/index.js'
import type { lintEnglish } from './lint-english.js'

export const lintKorean: Readonly<Record<keyof typeof lintEnglish, FindingText>> = {
  'lint/unknown-kind': {
    what: '메트릭, 규칙, 대시보드, prometheus.yml, alertmanager.yml 가운데 어느 것도 아닙니다',
    remedy: '--as 로 무엇인지 알려 주거나 빼세요.',
  },
  'lint/broken-json': {
    what: '읽을 수 없는 JSON입니다: {detail}',
    remedy: '그 자리를 고치세요. 무슨 파일인지는 --as 로 알려 주세요.',
  },
  'lint/unreadable': { what: '파일을 읽을 수 없습니다: {detail}', remedy: '경로와 권한을 확인하세요.' },
  'lint/unreachable': { what: '주소를 확인할 수 없습니다: {detail}', remedy: '고친 다음 다시 실행하세요.' },
  'lint/too-large': {
    what: '파일이 {size} MB입니다. --max-size 로 허용한 {limit} MB보다 큽니다',
    remedy: '--max-size 를 늘리거나 파일을 빼세요.',
  },
}
