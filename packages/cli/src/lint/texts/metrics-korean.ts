import type { FindingText } from '../../finding/index.js'
import type { metricsEnglish } from './metrics-english.js'

const told = '{got} (필요한 것: {expected})'

export const metricsKorean: Readonly<Record<keyof typeof metricsEnglish, FindingText>> = {
  'metrics/help-missing': {
    what: 'HELP가 없습니다',
    remedy: '무엇을 어떤 단위로 재는지 한 문장으로 쓰세요.',
  },
  'metrics/base-unit': { what: told, remedy: '초, 바이트 같은 기본 단위로 재고 이름에 쓰세요.' },
  'metrics/counter-total': {
    what: told,
    remedy: '카운터의 이름은 _total로 끝내고, 다른 종류에는 쓰지 마세요.',
  },
  'metrics/reserved-name': {
    what: told,
    remedy: '_bucket, _count, _sum, le, quantile은 히스토그램과 서머리에만 쓰세요.',
  },
  'metrics/type-in-name': { what: told, remedy: '이름에서 종류를 나타내는 낱말을 빼세요.' },
  'metrics/colon-in-name': { what: told, remedy: '콜론은 기록 규칙에만 쓰세요.' },
  'metrics/camel-case': { what: told, remedy: '소문자와 _ 로 쓰세요.' },
  'metrics/abbreviated-unit': { what: told, remedy: '단위를 줄이지 말고 쓰세요.' },
  'metrics/duplicate-series': { what: told, remedy: '같은 이름과 레이블의 시계열은 하나만 내보내세요.' },
  'metrics/help-repeats-name': { what: told, remedy: '이름에 없는 것을 HELP에 쓰세요.' },
  'metrics/name-case-clash': { what: told, remedy: '대소문자만 다른 이름 가운데 하나를 바꾸세요.' },
  'metrics/unit-suffix': { what: told, remedy: '이름을 단위로 끝내거나 UNIT을 지우세요.' },
  'metrics/bucket-counts': {
    what: told,
    remedy: '버킷을 오름차순으로 누적하고 +Inf 버킷과 _count를 같게 하세요.',
  },
  'metrics/bound-form': { what: told, remedy: '경곗값을 클라이언트 라이브러리와 같은 자릿수로 쓰세요.' },
  'metrics/one-bucket': { what: told, remedy: '관측한 값이 나뉘도록 버킷 경계를 고르세요.' },
  'metrics/reserved-label': { what: told, remedy: '밑줄 두 개로 시작하지 않는 이름을 쓰세요.' },
  'metrics/target-label': {
    what: told,
    remedy: 'job과 instance는 Prometheus가 붙이므로 다른 이름을 쓰세요.',
  },
  'metrics/id-like-label-value': {
    what: told,
    remedy: '값의 수에 끝이 없는 레이블을 빼거나 묶음으로 바꾸세요.',
  },
  'metrics/high-cardinality': { what: told, remedy: '값이 많은 레이블을 빼거나 묶음으로 바꾸세요.' },
  'metrics/constant-label': {
    what: told,
    remedy: '늘 같은 레이블은 정보 메트릭이나 external_labels로 옮기세요.',
  },
  'metrics/unreadable': {
    what: '읽을 수 없습니다. 받은 것: {got}, 필요한 것: {expected}',
    remedy: '주소와 형식이 메트릭의 것인지 확인하세요.',
  },
  'metrics/html': {
    what: '메트릭이 아니라 HTML 페이지입니다',
    remedy: '메트릭의 주소를 쓰세요. 대개 {suggestion} 입니다.',
  },
  'metrics/content-type': {
    what: '콘텐츠 형식: {got}, 필요한 것: text/plain; version=0.0.4 등',
    remedy: '형식에 맞는 콘텐츠 형식을 보내세요. Prometheus 3은 없으면 수집하지 않습니다.',
  },
  'metrics/no-content-type': {
    what: '응답에 콘텐츠 형식이 없습니다',
    remedy: 'Content-Type: text/plain; version=0.0.4 를 보내세요. Prometheus 3은 없으면 수집하지 않습니다.',
  },
  'metrics/empty': {
    what: '메트릭이 하나도 없습니다',
    remedy: '애플리케이션이 내보내는 레지스트리에 메트릭을 등록하는지 확인하세요.',
  },
  'metrics/slow': {
    what: '응답에 {seconds}초가 걸렸습니다. {limit}초보다 짧아야 합니다',
    remedy: '느린 수집기를 찾거나 scrape_timeout 을 늘리세요.',
  },
  'metrics/large': {
    what: '응답이 {size} MB입니다. {limit} MB보다 작아야 합니다',
    remedy: '값이 많은 레이블을 찾으세요. 위의 결과가 이름을 말합니다.',
  },
  'metrics/other': { what: told, remedy: '{remedy}' },
}
