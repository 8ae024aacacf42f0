import type { FindingText } from '../../finding/index.js'
import type { queryEnglish } from './query-english.js'

export const queryKorean: Readonly<Record<keyof typeof queryEnglish, FindingText>> = {
  'query/impossible-label': {
    what: '{use}에서 쓰는 {label} 레이블은 안쪽 식에서 집계로 없어졌거나 없습니다',
    remedy: '안쪽 집계에 by ({label}) 처럼 남기거나 여기에서 지우세요.',
  },
  'query/contradiction': {
    what: '{label} 레이블의 조건이 서로 어긋나서 시계열을 찾을 수 없습니다',
    remedy: '조건 하나만 남기거나 정규식 하나로 합치세요.',
  },
  'query/histogram-le': {
    what: 'histogram_quantile()에 le 레이블이 없어서 결과가 없습니다',
    remedy: 'le를 남기세요: sum by (le) (rate(…_bucket[5m])).',
  },
  'query/fragile-arithmetic': {
    what: '서로 다른 레이블로 집계한 것끼리 연산합니다 ({left}; {right}). 한쪽에만 있는 레이블은 결과가 없습니다',
    remedy: '양쪽을 같은 레이블로 집계하거나 on()으로 맞출 레이블을 쓰세요.',
  },
  'query/nan': {
    what: '{operator} 안의 나눗셈을 막는 조건이 없습니다. 0 / 0 하나가 전체를 NaN으로 만듭니다',
    remedy: '(… > 0)으로 나누거나, 양쪽을 먼저 집계한 다음 나누세요.',
  },
  'query/short-range': {
    what: '범위 {range}이(가) {interval} 수집 두 번보다 짧아서 {function}() 결과가 없습니다',
    remedy: '{least} 이상을 쓰세요. 네 번({good})이면 한 번 실패해도 됩니다.',
  },
  'query/tight-range': {
    what: '범위 {range}에 {interval} 수집이 네 번이 안 됩니다. 한 번 실패하면 빈틈이 생깁니다',
    remedy: '{good} 이상을 쓰세요.',
  },
  'query/rate-of-gauge': {
    what: '게이지에 {function}()을 썼습니다: {metric}. 값이 줄 때마다 재시작으로 셉니다',
    remedy: '게이지에는 deriv(), delta() 또는 값 자체를 쓰세요.',
  },
  'query/counter-without-rate': {
    what: '카운터에 rate()나 increase()가 없습니다: {metric}. 값은 프로세스가 얼마나 오래 돌았는지만 말합니다',
    remedy: 'rate({metric}[{range}]) 또는 개수라면 increase()를 쓰세요.',
  },
  'query/rate-of-aggregate': {
    what: '규칙이 집계한 것에 {function}()을 썼습니다: {metric}. 한 프로세스의 재시작을 전체의 재시작으로 셉니다',
    remedy: '먼저 rate를 구하고 집계하세요: sum(rate(…)).',
  },
  'query/regexp-literal': {
    what: '정규식이 그냥 문자열입니다: {matcher}',
    remedy: '더 빠른 {suggestion} 형태로 쓰세요.',
  },
  'query/regexp-anchors': {
    what: '정규식은 저절로 양 끝에 고정됩니다: {matcher}',
    remedy: '{suggestion} 형태로 쓰세요.',
  },
  'query/regexp-wildcard': { what: '모든 값에 맞는 조건입니다: {matcher}', remedy: '지우세요.' },
  'query/name-regexp': {
    what: '메트릭 이름에 정규식만 있고 다른 조건이 없어서 데이터베이스 전체를 읽습니다',
    remedy: '메트릭 이름을 쓰거나 job="…" 같은 조건을 더하세요.',
  },
}
