import type { SignalTexts } from '../signals/signal.js'

export const businessTexts = {
  registrations: {
    en: { title: 'Registrations', description: 'Registrations within an hour.' },
    ko: { title: '가입', description: '한 시간 동안의 가입 수입니다.' },
  },
  'registrations-change': {
    en: {
      title: 'Registrations against last week',
      description: 'Registrations of the last hour as a share of those of the same hour a week ago.',
      runbook: {
        summary: '{{ $labels.job }} has {{ $value | humanizePercentage }} of the registrations of a week ago',
        cause: 'A form or a mail that does not work, a failing identity provider, or less traffic.',
        remedy:
          'Register once yourself. Compare with the traffic and with the errors of the routes involved.',
      },
    },
    ko: {
      title: '지난주 대비 가입',
      description: '일주일 전 같은 시각의 한 시간 가입 수에 대한 비율입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 가입이 일주일 전의 {{ $value | humanizePercentage }}입니다',
        cause: '동작하지 않는 양식이나 메일, 인증 제공자 장애, 또는 줄어든 트래픽이 원인입니다.',
        remedy: '직접 가입해 보십시오. 트래픽, 관련 라우트의 오류와 비교하십시오.',
      },
    },
  },
  revenue: {
    en: { title: 'Revenue', description: 'Revenue within an hour, by currency.' },
    ko: { title: '매출', description: '통화별 한 시간 매출입니다.' },
  },
  'revenue-change': {
    en: {
      title: 'Revenue against last week',
      description: 'Revenue of the last hour as a share of that of the same hour a week ago.',
      runbook: {
        summary:
          'Revenue of {{ $labels.job }} in {{ $labels.currency }} is {{ $value | humanizePercentage }} of that of a week ago',
        cause: 'A payment provider that fails, a checkout that does not work, or less traffic.',
        remedy:
          'Buy something yourself. Look at the calls to the payment provider and at the failing routes.',
      },
    },
    ko: {
      title: '지난주 대비 매출',
      description: '일주일 전 같은 시각의 한 시간 매출에 대한 비율입니다.',
      runbook: {
        summary:
          '{{ $labels.job }}: {{ $labels.currency }} 매출이 일주일 전의 {{ $value | humanizePercentage }}입니다',
        cause: '결제 제공자 장애, 동작하지 않는 결제 과정, 또는 줄어든 트래픽이 원인입니다.',
        remedy: '직접 구매해 보십시오. 결제 제공자 호출과 실패하는 라우트를 살펴보십시오.',
      },
    },
  },
  'conversion-rate': {
    en: { title: 'Conversion', description: 'Visitors who reached the stage, in percent.' },
    ko: { title: '전환율', description: '단계에 도달한 방문자의 백분율입니다.' },
  },
  'conversion-change': {
    en: {
      title: 'Conversion against last week',
      description: 'Conversion as a share of that at the same time a week ago.',
      runbook: {
        summary:
          'Conversion to {{ $labels.funnel_stage }} in {{ $labels.segment }} is {{ $value | humanizePercentage }} of that of a week ago',
        cause: 'A step that fails or became slow, or other visitors than usual.',
        remedy: 'Go through the funnel yourself. Compare with the latency and the errors of its routes.',
      },
    },
    ko: {
      title: '지난주 대비 전환율',
      description: '일주일 전 같은 시각의 전환율에 대한 비율입니다.',
      runbook: {
        summary:
          '{{ $labels.segment }}의 {{ $labels.funnel_stage }} 전환율이 일주일 전의 {{ $value | humanizePercentage }}입니다',
        cause: '실패하거나 느려진 단계, 또는 평소와 다른 방문자가 원인입니다.',
        remedy: '직접 과정을 거쳐 보십시오. 관련 라우트의 응답 시간, 오류와 비교하십시오.',
      },
    },
  },
  'active-users': {
    en: { title: 'Active users', description: 'Distinct users seen within the period.' },
    ko: { title: '활성 사용자', description: '기간 안에 본 서로 다른 사용자 수입니다.' },
  },
  'user-actions': {
    en: { title: 'User actions', description: 'Requests per second of users who are signed in, by route.' },
    ko: { title: '사용자 행동', description: '로그인한 사용자의 라우트별 초당 요청 수입니다.' },
  },
  errors: {
    en: { title: 'Errors', description: 'Errors per second by type, severity and component.' },
    ko: { title: '오류', description: '유형, 심각도, 구성 요소별 초당 오류 수입니다.' },
  },
  'critical-errors': {
    en: {
      title: 'Critical errors',
      description: 'Errors of the severity critical within 10 minutes; the very first one counts too.',
      runbook: {
        summary: '{{ $labels.component }} of {{ $labels.job }} had a critical error: {{ $labels.type }}',
        cause: 'The application itself says that this must not happen.',
        remedy: 'Find the error in the log by its type and component.',
      },
    },
    ko: {
      title: '치명적 오류',
      description: '10분 동안의 치명적 오류 수입니다. 맨 처음 하나도 셉니다.',
      runbook: {
        summary: '{{ $labels.job }}의 {{ $labels.component }}에서 치명적 오류가 났습니다: {{ $labels.type }}',
        cause: '애플리케이션 스스로 일어나서는 안 된다고 한 일입니다.',
        remedy: '유형과 구성 요소로 로그에서 오류를 찾으십시오.',
      },
    },
  },
} as const satisfies SignalTexts<string>
