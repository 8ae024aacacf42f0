import type { FindingText } from '../../finding/index.js'
import type { rulesEnglish } from './rules-english.js'

export const rulesKorean: Readonly<Record<keyof typeof rulesEnglish, FindingText>> = {
  'rules/group-name-twice': {
    what: '같은 이름의 그룹이 또 있습니다: {name}',
    remedy: '파일 안의 그룹마다 다른 이름을 쓰세요.',
  },
  'rules/record-or-alert': {
    what: '규칙에 있는 것: {got}. record 와 alert 가운데 하나만 있어야 합니다',
    remedy: '기록 규칙이면 record:, 알림이면 alert: 를 쓰세요.',
  },
  'rules/record-name': {
    what: 'record 값이 메트릭 이름이 아닙니다: {name}',
    remedy: '영문자, 숫자, _, : 를 쓰고 숫자로 시작하지 마세요. 레이블은 labels: 아래에 씁니다.',
  },
  'rules/alert-only-field': {
    what: '기록 규칙에 {field} 필드가 있습니다',
    remedy: '{field} 필드를 지우세요. 알림에만 있는 필드입니다.',
  },
  'rules/label-name': {
    what: '{kind} 이름으로 쓸 수 없습니다: {name}',
    remedy: '영문자, 숫자, _ 를 쓰세요. __name__ 은 쓸 수 없습니다.',
  },
  'rules/template': {
    what: '{field} 필드의 템플릿을 읽을 수 없습니다: {fault}',
    remedy: '템플릿을 고치세요. Go 템플릿에 Prometheus의 함수를 씁니다.',
  },
  'rules/duplicate': {
    what: '{line}번째 줄의 규칙과 같습니다',
    remedy: '하나를 지우세요. 둘째 규칙은 첫째와 같은 것을 씁니다.',
  },
  'rules/result-type': {
    what: '식의 결과: {got}, 필요한 것: 순간 벡터 또는 스칼라',
    remedy: 'rate()나 *_over_time()으로 범위에서 값을 구하세요.',
  },
  'rules/no-comparison': {
    what: '식에 비교가 없어서 있는 시계열마다 알림이 울립니다',
    remedy: '… > 0.05 처럼 임계값과 비교하세요. 늘 울려야 한다면 vector(1)로 쓰세요.',
  },
  'rules/absent-without-for': {
    what: 'absent()의 for 값이 {got}입니다. 수집이 늦거나 Prometheus가 다시 시작할 때마다 울립니다',
    remedy: 'for: {least} 를 더하세요.',
  },
  'rules/zero-for': {
    what: '{field}: {got} 은 쓰지 않은 것과 같습니다',
    remedy: '{field} 필드를 지우거나 기간을 쓰세요.',
  },
  'rules/value-in-label': {
    what: '{label} 레이블에 알림의 값이 있어서 평가할 때마다 다른 알림이 됩니다',
    remedy: '{{ $value }} 를 주석(annotations)으로 옮기세요.',
  },
  'rules/missing-template-label': {
    what: '{field} 필드의 템플릿이 식의 결과에 없는 레이블을 씁니다: {label}',
    remedy: 'by ({label}) 처럼 식에 레이블을 남기거나 템플릿에서 빼세요.',
  },
  'rules/fragile-order': {
    what: '알림에 {operator} 연산이 있습니다. 뽑히는 시계열이 바뀔 때마다 알림이 끝나고 새로 시작합니다',
    remedy: '대신 값을 임계값과 비교하세요.',
  },
  'rules/group-interval': {
    what: '그룹을 {interval}마다 평가합니다. Prometheus가 표본을 찾는 5m보다 길어서 기록에 빈틈이 생깁니다',
    remedy: 'interval 을 2m 이하로 하세요.',
  },
  'rules/no-severity': {
    what: '알림을 나눌 severity 레이블이 없습니다',
    remedy: 'labels: 아래에 severity: critical, warning, info 가운데 하나를 더하세요.',
  },
  'rules/no-summary': {
    what: '알림에 summary도 description도 없습니다',
    remedy: '어디에서 무엇이 잘못됐는지 한 문장으로 summary 주석을 더하세요.',
  },
  'rules/no-runbook': {
    what: '알림에 runbook_url이 없습니다',
    remedy: '할 일을 적은 페이지의 주소를 runbook_url 주석으로 더하세요.',
  },
  'rules/record-form': {
    what: 'record 이름에 콜론이 없습니다: {name}',
    remedy:
      '애플리케이션의 메트릭과 구별되도록 job:http_requests:rate5m 처럼 수준:메트릭:연산 형태로 쓰세요.',
  },
  'rules/unused-keep-firing': {
    what: 'keep_firing_for: {got} 이 평가 간격 {interval} 보다 짧습니다',
    remedy: '간격보다 길게 하거나 지우세요.',
  },
  'rules/humanize': {
    what: '비율이나 초당 값이 모든 자릿수로 표시됩니다',
    remedy: '{{ $value | humanize }} 또는 비율이면 humanizePercentage 를 쓰세요.',
  },
}
