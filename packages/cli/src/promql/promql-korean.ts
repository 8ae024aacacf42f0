import type { FindingText } from '../finding/index.js'
import type { promqlEnglish } from './promql-english.js'

/** What is wrong with an expression, in Korean. */
export const promqlKorean: Readonly<Record<keyof typeof promqlEnglish, FindingText>> = {
  'promql/empty': {
    what: '식이 비어 있습니다. up == 0 과 같은 식이 필요합니다',
    remedy: '식을 쓰세요.',
  },
  'promql/syntax': {
    what: '{got} 자리에 {expected} 필요',
    remedy: '이 자리의 식을 고치세요.',
  },
  'promql/character': {
    what: '따옴표 밖에서 쓸 수 없는 문자입니다: {character}',
    remedy: '지우거나, 뜻한 ASCII 문자로 바꾸세요.',
  },
  'promql/unclosed': {
    what: '"{bracket}" 괄호가 닫히지 않았습니다',
    remedy: '끝나는 자리에 "{closing}" 괄호를 쓰세요.',
  },
  'promql/unopened': {
    what: '"{bracket}" 괄호에 맞는 여는 괄호가 없습니다',
    remedy: '지우거나, 앞에 여는 괄호를 쓰세요.',
  },
  'promql/unclosed-string': {
    what: '{quote} 따옴표로 시작한 문자열이 그 줄에서 끝나지 않습니다',
    remedy: '끝에 {quote} 따옴표를 쓰세요.',
  },
  'promql/escape': {
    what: '문자열의 {sequence} 이스케이프를 알 수 없습니다',
    remedy: '역슬래시는 {doubled} 로 쓰세요.',
  },
  'promql/number': {
    what: '{got}: 숫자도, 5m 같은 기간도 아닙니다',
    remedy: '숫자를 고치세요. 기간의 단위는 1h30m 처럼 y w d h m s ms 순서로 씁니다.',
  },
  'promql/duration': {
    what: '{got} 자리에 {expected} 필요',
    remedy: '5m, 1h30m 처럼 단위와 함께 기간을 쓰세요.',
  },
  'promql/unknown-function': {
    what: '{name} 함수는 없습니다',
    remedy: '{suggestion}',
  },
  'promql/argument-count': {
    what: '{name}() 인수가 {got}개입니다. 필요한 개수: {expected}',
    remedy: '{form} 형태로 쓰세요.',
  },
  'promql/argument-type': {
    what: '{name}() 인수 {position}번의 종류: {got}, 필요한 종류: {expected}',
    remedy: '{remedy}',
  },
  'promql/label-selector-argument': {
    what: 'info()의 둘째 인수가 레이블만의 선택자가 아닙니다',
    remedy: '{k8s_cluster_name=~".+"} 처럼 메트릭 이름 없이 중괄호로 쓰세요.',
  },
  'promql/aggregation-count': {
    what: '{name} 인수가 {got}개입니다. 필요한 개수: {expected}',
    remedy: '{form} 형태로 쓰세요.',
  },
  'promql/operand-type': {
    what: '"{operator}" 연산자의 {side} 항의 종류: {got}, 필요한 종류: 스칼라 또는 순간 벡터',
    remedy: '{remedy}',
  },
  'promql/unary-type': {
    what: '부호 뒤의 종류: {got}, 필요한 종류: 스칼라 또는 순간 벡터',
    remedy: '부호를 그 값을 받는 함수 밖에 쓰세요.',
  },
  'promql/range-of-expression': {
    what: '범위가 선택자가 아니라 식 뒤에 있습니다',
    remedy: '범위를 메트릭에 붙이거나, {subquery} 처럼 콜론을 써서 서브쿼리로 만드세요.',
  },
  'promql/shift-before-range': {
    what: '{modifier} 수식어가 범위 앞에 있습니다',
    remedy: '{form} 처럼 범위를 먼저 쓰세요.',
  },
  'promql/subquery-type': {
    what: '서브쿼리 대상의 종류: {got}, 필요한 종류: 순간 벡터',
    remedy: '시각마다 시계열에 값이 하나씩 있는 것만 서브쿼리로 만드세요.',
  },
  'promql/shift-place': {
    what: '{modifier} 수식어가 선택자나 서브쿼리 바로 뒤에 있지 않습니다',
    remedy: '{modifier} 수식어를 식 안의 선택자로 옮기세요.',
  },
  'promql/shift-twice': {
    what: '한 선택자에 {modifier} 수식어가 두 번 있습니다',
    remedy: '하나만 남기세요.',
  },
  'promql/timestamp': {
    what: '"@ {got}": 1970년부터의 초, start(), end() 가운데 하나여야 합니다',
    remedy: '유한한 유닉스 시각을 초로 쓰세요.',
  },
  'promql/empty-selector': {
    what: '모든 조건이 빈 레이블에도 맞아서 모든 시계열을 고르게 됩니다',
    remedy: '메트릭 이름이나 {job=~".+"} 처럼 값을 요구하는 조건을 더하세요.',
  },
  'promql/name-twice': {
    what: '메트릭 이름이 둘입니다: {first}, {second}',
    remedy: '중괄호 앞이나 그 안의 __name__ 가운데 하나만 남기세요.',
  },
  'promql/regexp': {
    what: '정규식 "{regexp}" 오류: {fault}',
    remedy: 'RE2 문법에 맞게 고치세요. 정규식은 저절로 양 끝에 고정됩니다.',
  },
  'promql/label-name': {
    what: '{got}: 레이블 이름은 영문자, 숫자, _ 로 씁니다',
    remedy: '레이블 이름을 쓰세요.',
  },
  'promql/bool-needed': {
    what: '스칼라 둘을 "{operator}" 연산자로 비교하려면 bool 이 필요합니다',
    remedy: '"{operator} bool" 로 쓰세요. 결과는 0 또는 1입니다.',
  },
  'promql/bool-place': {
    what: '비교가 아닌 "{operator}" 연산자 뒤에 bool 이 있습니다',
    remedy: 'bool 을 지우세요.',
  },
  'promql/set-operator': {
    what: '{operator} 연산자를 스칼라에 쓸 수 없습니다. 양쪽 모두 순간 벡터여야 합니다',
    remedy: '숫자를 vector(…) 로 감싸거나 비교를 쓰세요.',
  },
  'promql/set-grouping': {
    what: '항상 다대다로 맞추는 {operator} 연산자에 {group} 수식어가 있습니다',
    remedy: '{group} 수식어를 지우세요.',
  },
  'promql/matching-type': {
    what: '양쪽이 모두 순간 벡터가 아닌데 {matching} 수식어가 있습니다',
    remedy: '{matching} 수식어를 지우세요. 스칼라에는 레이블이 없습니다.',
  },
  'promql/label-in-on-and-group': {
    what: '{label} 레이블이 on()과 {group}()에 모두 있습니다',
    remedy: '{group}()에서 지우세요. on()의 레이블은 이미 결과에 있습니다.',
  },
  'promql/too-new': {
    what: 'Prometheus {target}에 없는 기능: {feature} ({since}부터)',
    remedy: '다르게 쓰거나 업그레이드하세요. 서버가 더 새것이면 --target 으로 버전을 알려 주세요.',
  },
  'promql/removed': {
    what: 'Prometheus {target}에 더 이상 없는 기능: {feature} ({until}에서 없어짐)',
    remedy: '{remedy}',
  },
  'promql/feature-flag': {
    what: 'Prometheus {target}에서 기능 플래그가 필요한 기능: {feature}',
    remedy: 'Prometheus를 --enable-feature={flag} 로 시작하거나 다르게 쓰세요.',
  },
  'promql/quantile': {
    what: '분위수가 {got}입니다. 0에서 1 사이가 아니어서 결과는 늘 {result}입니다',
    remedy: '비율로 쓰세요: {suggestion}.',
  },
}
