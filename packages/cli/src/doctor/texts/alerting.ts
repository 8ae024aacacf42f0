import { CheckSet } from '../../finding/check-set.js'

const configuration = 'https://prometheus.io/docs/alerting/latest/configuration/'

/** Findings about the way of an alert from Prometheus to people. */
export const alerting = new CheckSet(
  {
    'alerting/none-known': { severity: 'error' },
    'alerting/unreachable': { severity: 'error' },
    'alerting/login': { severity: 'error' },
    'alerting/not-alertmanager': { severity: 'error' },
    'alerting/not-sent': { severity: 'error' },
    'alerting/not-delivered': { severity: 'error' },
    'alerting/silent-severity': { severity: 'error', link: configuration },
    'alerting/all-silenced': { severity: 'warning' },
  },
  {
    'alerting/none-known': {
      what: 'Prometheus sends its alerts nowhere: it knows no Alertmanager',
      remedy:
        'Add to prometheus.yml: alerting, alertmanagers, static_configs, targets: ["HOST:9093"]; start an Alertmanager there.',
    },
    'alerting/unreachable': {
      what: 'the Alertmanager does not answer: {detail}',
      remedy:
        'Start it, or correct its address in prometheus.yml (alerting, alertmanagers) or in --alertmanager.',
    },
    'alerting/login': {
      what: 'the Alertmanager asks for a login: got {status}',
      remedy:
        'Set ALERTMANAGER_TOKEN, or ALERTMANAGER_USERNAME and ALERTMANAGER_PASSWORD, and give Prometheus the same in ' +
        'alerting, alertmanagers: basic_auth or authorization with a file.',
    },
    'alerting/not-alertmanager': {
      what: 'is no Alertmanager: /api/v2/status gave {evidence}',
      remedy:
        'Correct the address (9093, mostly) in prometheus.yml (alerting, alertmanagers) or in --alertmanager.',
    },
    'alerting/not-sent': {
      what: 'Prometheus failed to send {failed} of {sent} alerts',
      remedy:
        'Look at its log: the Alertmanager refuses them or was away. Correct alerting, alertmanagers in prometheus.yml.',
    },
    'alerting/not-delivered': {
      what: 'Alertmanager failed to deliver {failed} of {total} notifications by {integration}',
      remedy:
        'Correct the address or the credentials of that receiver in alertmanager.yml; its log has the answer it got.',
    },
    'alerting/silent-severity': {
      what: 'alerts with {labels} end at {receiver}, which has no integration',
      remedy: 'Give {receiver} an integration, or add a route for these alerts to a receiver that has one.',
    },
    'alerting/all-silenced': {
      what: 'a silence by {author} hides all alerts until {until}: {comment}',
      remedy: 'Expire the silence {id} (amtool silence expire {id}), or narrow its matchers.',
    },
  },
  {
    'alerting/none-known': {
      what: 'Prometheus가 알림을 아무 데도 보내지 않습니다: 아는 Alertmanager가 없습니다',
      remedy:
        'prometheus.yml의 alerting, alertmanagers, static_configs에 targets: ["HOST:9093"]을 넣고 그곳에 Alertmanager를 시작하세요.',
    },
    'alerting/unreachable': {
      what: 'Alertmanager가 응답하지 않습니다: {detail}',
      remedy: '시작하거나, prometheus.yml(alerting, alertmanagers)이나 --alertmanager의 주소를 고치세요.',
    },
    'alerting/login': {
      what: 'Alertmanager에 로그인이 필요합니다: 상태 {status}',
      remedy:
        'ALERTMANAGER_TOKEN, 또는 ALERTMANAGER_USERNAME과 ALERTMANAGER_PASSWORD를 설정하고, Prometheus에도 alerting, alertmanagers의 basic_auth나 authorization에 파일로 주세요.',
    },
    'alerting/not-alertmanager': {
      what: 'Alertmanager가 아닙니다: /api/v2/status 응답은 {evidence}',
      remedy: 'prometheus.yml(alerting, alertmanagers)이나 --alertmanager의 주소(대개 9093)를 고치세요.',
    },
    'alerting/not-sent': {
      what: 'Prometheus가 알림 {sent}건 가운데 {failed}건을 보내지 못했습니다',
      remedy:
        '로그를 보세요. Alertmanager가 거부했거나 없었습니다. prometheus.yml의 alerting, alertmanagers를 고치세요.',
    },
    'alerting/not-delivered': {
      what: 'Alertmanager가 {integration}(으)로 보내는 통지 {total}건 가운데 {failed}건을 전달하지 못했습니다',
      remedy: 'alertmanager.yml에서 그 수신자의 주소나 인증 정보를 고치세요. 받은 응답은 로그에 있습니다.',
    },
    'alerting/silent-severity': {
      what: '{labels}인 알림이 {receiver}에서 끝나는데 연결된 것이 없습니다',
      remedy: '{receiver}에 연결을 넣거나, 이런 알림을 연결이 있는 수신자로 보내는 경로를 넣으세요.',
    },
    'alerting/all-silenced': {
      what: '{author}의 침묵(silence)이 {until}까지 모든 알림을 가립니다: {comment}',
      remedy: '침묵 {id}을(를) 끝내거나(amtool silence expire {id}) 매처를 좁히세요.',
    },
  },
)
