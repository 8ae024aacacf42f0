import type { FindingText } from '../../finding/index.js'
import type { yamlEnglish } from './yaml-english.js'

export const yamlKorean: Readonly<Record<keyof typeof yamlEnglish, FindingText>> = {
  'yaml/syntax': {
    what: 'YAML을 읽을 수 없습니다: {detail}',
    remedy: '이 줄의 들여쓰기, 따옴표, 콜론을 고치세요.',
  },
  'yaml/duplicate-key': { what: '한 매핑에 같은 키가 두 번 있습니다: {key}', remedy: '하나만 남기세요.' },
  'yaml/too-large': {
    what: '쓰인 별칭까지 세면 값이 {limit}개를 넘습니다',
    remedy: '값을 풀어 쓰거나 파일을 나누세요.',
  },
  'yaml/empty': {
    what: '파일이 비어 있습니다. 필요한 것: {expected}',
    remedy: '설정을 쓰거나 파일을 빼세요.',
  },
  'yaml/unknown-field': {
    what: '{server} {version}에서 이 자리에 쓸 수 없는 필드입니다: {field}',
    remedy: '{remedy}',
  },
  'yaml/missing-field': { what: '필요한 필드가 없습니다: {field}', remedy: '{field} 필드를 더하세요.' },
  'yaml/wrong-type': {
    what: '{field} 필드의 값: {got}, 필요한 형식: {expected}',
    remedy: '{expected} 형식으로 쓰세요.',
  },
  'yaml/bad-value': {
    what: '{field} 필드의 값: {got}, 필요한 값: {expected}',
    remedy: '값을 고치세요: {expected}.',
  },
  'yaml/too-new': {
    what: '{server} {target}에서 받지 않는 필드입니다: {field} ({since}부터)',
    remedy:
      '지우거나 업그레이드하세요. 서버가 더 새것이면 --target 또는 --alertmanager-target 으로 버전을 알려 주세요.',
  },
  'yaml/removed-field': {
    what: '{server} {target}에 더 이상 없는 필드입니다: {field} ({until}에서 없어짐)',
    remedy: '지우세요.',
  },
}
