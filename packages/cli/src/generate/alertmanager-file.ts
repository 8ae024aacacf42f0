import { inhibitRules } from 'telltale/monitoring'
import { comment, commentedYaml, type Said } from './commented-yaml.js'
import type { MonitoringPlan } from './monitoring-plan.js'

/** Where `telltale up` and the container beside Alertmanager listen, and print what arrives. */
const webhook = 'http://localhost:5001/alerts'

const team: Said = {
  en: [
    'For a real team, put its chat, pager or mail in place of the webhook, with the secret in a file:',
    '  - name: team',
    '    slack_configs:',
    '      - api_url_file: secrets/slack-url',
    "        channel: '#alerts'",
    '        send_resolved: true',
  ].join('\n'),
  ko: [
    '실제 팀에서는 웹훅 대신 채팅, 호출기, 메일을 쓰고 비밀은 파일에 두세요:',
    '  - name: team',
    '    slack_configs:',
    '      - api_url_file: secrets/slack-url',
    "        channel: '#alerts'",
    '        send_resolved: true',
  ].join('\n'),
}

/** The text of alertmanager.yml, for 0.25 and later. */
export function alertmanagerFile({ language }: MonitoringPlan): string {
  const text = commentedYaml(
    [
      { data: { route: routes } },
      { about: team, data: { receivers } },
      {
        about: {
          en: 'What explains another alert silences it.',
          ko: '다른 알림의 원인이 되는 알림은 그 알림을 막습니다.',
        },
        data: { inhibit_rules: inhibitRules() },
      },
    ],
    language,
  )
  return text.replace('\n  routes:\n', `\n  routes:\n${comment(watchdog, language).replace(/^/gm, '    ')}\n`)
}

const watchdog: Said = {
  en: 'Always firing. Give it to a service that calls when it falls silent.',
  ko: '항상 울리는 알림입니다. 조용해지면 알려 주는 서비스에 연결하세요.',
}

const routes = {
  receiver: 'webhook',
  group_by: ['alertname', 'job'],
  group_wait: '10s',
  group_interval: '1m',
  repeat_interval: '4h',
  routes: [{ matchers: ['alertname="Watchdog"'], receiver: 'watchdog' }],
}

const receivers = [
  { name: 'webhook', webhook_configs: [{ url: webhook, send_resolved: true }] },
  { name: 'watchdog' },
]
