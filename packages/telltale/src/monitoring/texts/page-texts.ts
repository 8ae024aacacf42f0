import type { Language, Severity, SignalGroup } from '../signals/signal.js'

interface PageText {
  readonly title: string
  readonly generated: string
  readonly introduction: readonly string[]
  readonly groups: Readonly<Record<SignalGroup, string>>
  readonly severities: Readonly<Record<Severity, string>>
  readonly columns: { readonly severity: string; readonly condition: string; readonly lasting: string }
  readonly atOnce: string
  readonly cause: string
  readonly remedy: string
  readonly query: string
  readonly objectives: readonly string[]
  readonly silences: readonly string[]
}

/** What stands around the alerts on their page. */
export const pageTexts: Readonly<Record<Language, PageText>> = {
  en: {
    title: 'Alerts',
    generated: 'Made by `telltale rules --docs`. Changes here are overwritten.',
    introduction: [
      'Every alert of the pack: when it fires, why that happens, and what to do. Each alert links to its heading here.',
      'An alert fires only when its condition has held for the time in the last column. Ratios need a minimum of traffic.',
    ],
    groups: {
      http: 'HTTP',
      runtime: 'Process',
      database: 'Databases',
      cache: 'Caches',
      queue: 'Queues',
      outbound: 'Outgoing calls',
      business: 'Business',
      objective: 'Service-level objectives',
      monitoring: 'Monitoring itself',
    },
    severities: {
      critical: 'critical: somebody is called',
      warning: 'warning: in working hours',
      info: 'info: helps to understand others',
      none: 'none: not a trouble',
    },
    columns: { severity: 'severity', condition: 'fires when', lasting: 'for' },
    atOnce: 'at once',
    cause: 'Why',
    remedy: 'What to do',
    query: 'Query',
    objectives: [
      'A file of objectives (`telltale rules --slo objectives.yml`) adds these alerts for each of them:',
      '```yaml',
      'service: shop',
      'objectives:',
      '  - name: availability',
      '    target: 99.9 # percent',
      '    window: 30d',
      '    ratio: { metric: http_requests_total, errors: { status_code: 5.. } }',
      '  - name: latency',
      '    target: 99',
      '    window: 30d',
      '    latency: { metric: http_request_duration_seconds, threshold: 500ms }',
      '```',
      'The budget is what the target leaves: 0.1 % of the events of 30 days. It burns too fast when two windows at once have',
      'more errors than this, and the long one has at least `minimumEvents` (100) events:',
    ],
    silences: [
      '`telltale rules --inhibit FILE` writes the `inhibit_rules` for Alertmanager: a target that is gone silences all else about its',
      'instance, a job that is gone all else about the job, and a critical alert the warning of the same name.',
    ],
  },
  ko: {
    title: '알림',
    generated: '`telltale rules --docs`가 만든 파일입니다. 여기서 고친 것은 덮어씁니다.',
    introduction: [
      '모든 알림이 언제 울리는지, 왜 그런지, 무엇을 해야 하는지 설명합니다. 각 알림은 이 페이지의 제목으로 연결됩니다.',
      '알림은 조건이 마지막 열의 시간 동안 이어져야 울립니다. 비율은 최소한의 트래픽이 있어야 합니다.',
    ],
    groups: {
      http: 'HTTP',
      runtime: '프로세스',
      database: '데이터베이스',
      cache: '캐시',
      queue: '대기열',
      outbound: '외부 호출',
      business: '비즈니스',
      objective: '서비스 수준 목표',
      monitoring: '모니터링 자체',
    },
    severities: {
      critical: 'critical: 사람을 부릅니다',
      warning: 'warning: 근무 시간에 봅니다',
      info: 'info: 다른 알림의 이해를 돕습니다',
      none: 'none: 문제가 아닙니다',
    },
    columns: { severity: '심각도', condition: '조건', lasting: '지속' },
    atOnce: '즉시',
    cause: '원인',
    remedy: '할 일',
    query: '쿼리',
    objectives: [
      '목표 파일(`telltale rules --slo objectives.yml`)이 목표마다 다음 알림을 더합니다.',
      '```yaml',
      'service: shop',
      'objectives:',
      '  - name: availability',
      '    target: 99.9 # 퍼센트',
      '    window: 30d',
      '    ratio: { metric: http_requests_total, errors: { status_code: 5.. } }',
      '  - name: latency',
      '    target: 99',
      '    window: 30d',
      '    latency: { metric: http_request_duration_seconds, threshold: 500ms }',
      '```',
      '예산은 목표가 남기는 몫입니다. 위에서는 30일 이벤트의 0.1 %입니다. 두 구간이 동시에 다음보다 많은 오류를 보이고',
      '긴 구간에 이벤트가 `minimumEvents`(100)보다 많으면 예산이 너무 빨리 줄어드는 것입니다.',
    ],
    silences: [
      '`telltale rules --inhibit FILE`은 Alertmanager의 `inhibit_rules`를 씁니다. 사라진 타깃은 그 인스턴스의 나머지를, 사라진 잡은 그 잡의',
      '나머지를, critical 알림은 같은 이름의 warning을 조용하게 합니다.',
    ],
  },
}
