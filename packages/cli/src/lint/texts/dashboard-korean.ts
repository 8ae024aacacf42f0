import type { FindingText } from '../../finding/index.js'
import type { dashboardEnglish } from './dashboard-english.js'

export const dashboardKorean: Readonly<Record<keyof typeof dashboardEnglish, FindingText>> = {
  'dashboard/json': {
    what: 'JSON을 읽을 수 없습니다: {detail}',
    remedy: '파일을 고치거나 대시보드를 다시 내보내세요.',
  },
  'dashboard/template-datasource': {
    what: '데이터 소스 변수: {got}. datasource 또는 _datasource로 끝나는 이름의 prometheus, loki 변수 하나가 필요합니다',
    remedy: '어느 Grafana에서나 쓸 수 있도록 변수를 더하고 모든 패널에서 쓰세요.',
  },
  'dashboard/template-job': {
    what: 'job 변수: {got}',
    remedy:
      '이름과 레이블이 job이고, 데이터 소스 변수를 쓰고, multi와 allValue ".+" 가 있는 쿼리 변수로 만드세요.',
  },
  'dashboard/template-instance': {
    what: 'instance 변수: {got}',
    remedy:
      '이름과 레이블이 instance이고, 데이터 소스 변수를 쓰고, multi와 allValue ".+" 가 있는 쿼리 변수로 만드세요.',
  },
  'dashboard/template-promql': {
    what: '변수의 쿼리를 읽을 수 없습니다: {name} ({detail})',
    remedy: 'label_values(metric, label) 또는 Prometheus가 읽는 쿼리를 쓰세요.',
  },
  'dashboard/template-refresh': {
    what: '시간 범위가 바뀔 때 다시 읽지 않는 변수입니다: {name}',
    remedy: 'refresh 를 2로 하세요.',
  },
  'dashboard/panel-datasource': {
    what: '데이터 소스가 변수가 아닙니다: {got}',
    remedy: 'uid에 $datasource 를 쓰세요.',
  },
  'dashboard/panel-title': {
    what: '패널에 {missing} 필드가 없습니다',
    remedy: '무엇을 보여 주는지 {missing} 에 쓰세요.',
  },
  'dashboard/panel-unit': {
    what: '단위가 Grafana에 없는 것입니다: {got}',
    remedy: 'fieldConfig.defaults.unit 에 s, bytes, percentunit, reqps, short 같은 단위를 쓰세요.',
  },
  'dashboard/panel-no-targets': {
    what: '패널에 쿼리가 없습니다',
    remedy: '식이 있는 target을 더하거나 패널을 지우세요.',
  },
  'dashboard/target-logql': {
    what: 'LogQL을 읽을 수 없습니다: {target} ({detail})',
    remedy: '쿼리를 고치세요.',
  },
  'dashboard/target-logql-auto': {
    what: '{target}: 고정된 범위를 씁니다: {got}',
    remedy: '[$__auto] 로 쓰세요.',
  },
  'dashboard/target-rate-interval': {
    what: '{target}: {function}() 범위가 {got} 입니다. 수집 두 번보다 짧으면 비게 됩니다',
    remedy: '[$__rate_interval] 로 쓰세요.',
  },
  'dashboard/target-job': {
    what: '{target}: job 조건 없이 고릅니다: {metric}',
    remedy: 'job=~"$job" 을 더하세요.',
  },
  'dashboard/target-instance': {
    what: '{target}: instance 조건 없이 고릅니다: {metric}',
    remedy: 'instance=~"$instance" 를 더하세요.',
  },
  'dashboard/editable': {
    what: '대시보드를 편집할 수 있습니다. 다시 프로비저닝하면 바꾼 것이 사라집니다',
    remedy: 'editable 을 false로 하세요.',
  },
  'dashboard/panel-id': {
    what: '패널 id: {got}. Grafana 13은 자기 id가 없는 패널을 버립니다',
    remedy: '패널마다 다른 수를 id로 쓰세요.',
  },
  'dashboard/ref-id': {
    what: '패널 쿼리의 refId: {got}',
    remedy: 'target마다 다른 refId(A, B, C)를 쓰세요.',
  },
  'dashboard/uid': {
    what: 'uid가 1~40자의 영문자, 숫자, -, _ 가 아닙니다: {got}',
    remedy: '링크와 프로비저닝이 다시 찾을 수 있도록 바뀌지 않는 uid를 쓰세요.',
  },
  'dashboard/duplicate-uid': {
    what: '다른 대시보드와 uid가 같습니다: {uid} ({other}). Grafana에는 하나만 남습니다',
    remedy: '대시보드마다 다른 uid를 쓰세요.',
  },
  'dashboard/alert-threshold': {
    what: '패널은 {step}에서 색이 바뀌는데, {file}의 알림 {alert}은(는) 같은 식이 {operator} {threshold}일 때 울립니다',
    remedy: '패널의 임계값을 {threshold}(으)로, 또는 알림 {alert}의 임계값을 {step}(으)로 맞추세요.',
  },
  'dashboard/grid': { what: '패널의 자리: {got}', remedy: '24칸 안에 다른 패널과 겹치지 않게 두세요.' },
  'dashboard/angular': {
    what: 'Grafana 12부터 없는 패널 종류입니다: {type}',
    remedy: '{suggestion} 패널을 쓰세요.',
  },
  'dashboard/import-only': {
    what: '가져오기 창에서만 되고 프로비저닝에서는 안 되는 것입니다: {got}',
    remedy: '대신 데이터 소스 변수를 쓰세요.',
  },
  'dashboard/undefined-variable': {
    what: '{where}: 정의되지 않은 변수를 씁니다: {name}',
    remedy: 'templating 아래에 정의하거나 이름을 고치세요.',
  },
  'dashboard/unused-variable': { what: '쓰지 않는 변수입니다: {name}', remedy: '쿼리에서 쓰거나 지우세요.' },
  'dashboard/unknown-metric': {
    what: '{target}: 함께 읽은 메트릭에 없는 이름입니다: {metric}',
    remedy: '{remedy}',
  },
  'dashboard/legend-label': {
    what: '{target}의 범례가 쿼리 결과에 없는 레이블을 씁니다: {label}',
    remedy: '집계에 {label} 레이블을 더하거나 범례에서 빼세요.',
  },
  'dashboard/unit-suffix': {
    what: '단위가 {got} 인데 메트릭의 단위는 다릅니다: {metric} ({unit})',
    remedy: '단위를 {suggestion} 으로 하세요.',
  },
  'dashboard/schema-version': {
    what: 'schemaVersion 이 {got} 입니다. 필요한 값: {expected}',
    remedy: 'Grafana 8~13의 클래식 모델로 내보내세요.',
  },
  'dashboard/link': {
    what: '링크가 올바르지 않습니다: {got}',
    remedy: '전체 주소나 / 로 시작하는 경로를 쓰세요.',
  },
  'dashboard/refresh': {
    what: '{got}마다 새로 고칩니다',
    remedy: '10s 이상으로 하세요. 새로 고칠 때마다 모든 쿼리를 실행합니다.',
  },
}
