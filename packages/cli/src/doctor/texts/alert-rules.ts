import { CheckSet } from '../../finding/check-set.js'

/** Findings about which rules there are and which of them run. */
export const alertRules = new CheckSet(
  {
    'alert-rules/none': { severity: 'error' },
    'alert-rules/not-loaded': { severity: 'error' },
    'alert-rules/changed': { severity: 'error' },
  },
  {
    'alert-rules/none': {
      what: 'there is no alert rule: nobody would be told of anything',
      remedy:
        'Add a file with alerts, such as deploy/alert_rules.yml, to rule_files in prometheus.yml, and reload.',
    },
    'alert-rules/not-loaded': {
      what: 'Prometheus has not loaded {rule} of the group {group}',
      remedy:
        'Reload it: curl -X POST {url}/-/reload; if it stays away, promtool check rules {file} says why.',
    },
    'alert-rules/changed': {
      what: 'Prometheus runs another expression for {rule}: {running}',
      remedy: 'Reload it: curl -X POST {url}/-/reload.',
    },
  },
  {
    'alert-rules/none': {
      what: '알림 규칙이 없습니다: 무슨 일이 나도 아무도 알 수 없습니다',
      remedy: 'deploy/alert_rules.yml 같은 알림 파일을 prometheus.yml의 rule_files에 넣고 다시 읽히세요.',
    },
    'alert-rules/not-loaded': {
      what: 'Prometheus가 그룹 {group}의 {rule}을(를) 읽지 않았습니다',
      remedy:
        '다시 읽히세요: curl -X POST {url}/-/reload. 그래도 없으면 promtool check rules {file} 이 까닭을 말합니다.',
    },
    'alert-rules/changed': {
      what: 'Prometheus는 {rule}에 다른 식을 실행합니다: {running}',
      remedy: '다시 읽히세요: curl -X POST {url}/-/reload',
    },
  },
)
