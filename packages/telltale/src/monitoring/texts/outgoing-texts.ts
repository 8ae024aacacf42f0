import type { SignalTexts } from '../signals/signal.js'

export const outgoingTexts = {
  'outgoing-requests': {
    en: { title: 'Outgoing requests', description: 'HTTP requests per second to each host.' },
    ko: { title: '나가는 요청', description: '호스트별로 초당 내보낸 HTTP 요청 수입니다.' },
  },
  'outgoing-error-ratio': {
    en: {
      title: 'Outgoing requests that fail',
      description:
        'Share of the HTTP requests to a host without an answer, with a 5xx status or with an answer that broke off.',
      runbook: {
        summary: '{{ $value | humanizePercentage }} of the HTTP requests to {{ $labels.host }} fail',
        cause:
          'The host is down or overloaded, its name or certificate is not valid, or the network between is.',
        remedy:
          'See by kind what fails: refused and unreachable are the host, dns and tls its settings, timeout its load. Check that requests have a timeout, and that repetitions have a limit.',
      },
    },
    ko: {
      title: '나가는 요청 실패 비율',
      description: '호스트로 보낸 HTTP 요청 가운데 응답이 없거나, 5xx이거나, 응답이 도중에 끊긴 비율입니다.',
      runbook: {
        summary: '{{ $labels.host }}로 보낸 HTTP 요청의 {{ $value | humanizePercentage }}가 실패합니다',
        cause: '호스트가 내려갔거나 과부하이거나, 이름이나 인증서, 중간 네트워크에 문제가 있습니다.',
        remedy:
          '종류별로 무엇이 실패하는지 보십시오. refused와 unreachable은 호스트, dns와 tls는 그 설정, timeout은 부하 문제입니다. 요청마다 제한 시간이 있는지, 재시도에 한도가 있는지 확인하십시오.',
      },
    },
  },
  'outgoing-latency-p95': {
    en: {
      title: 'Outgoing requests, 95th percentile',
      description: 'One HTTP request in twenty to the host waited longer than this for its answer to begin.',
      runbook: {
        summary:
          'Answers of {{ $labels.host }} begin after {{ $value | humanizeDuration }} at the 95th percentile',
        cause: 'The host is slow, or connections are made anew for each request.',
        remedy:
          'Check that connections are kept alive and that each request has a timeout. Compare with what the host itself measures.',
      },
    },
    ko: {
      title: '나가는 요청 95 백분위수',
      description: '호스트로 보낸 HTTP 요청 스무 건 중 한 건은 응답이 시작되기까지 이보다 오래 기다렸습니다.',
      runbook: {
        summary:
          '{{ $labels.host }}: 응답이 시작되는 시간의 95 백분위수가 {{ $value | humanizeDuration }}입니다',
        cause: '호스트가 느리거나 요청마다 연결을 새로 맺습니다.',
        remedy:
          '연결을 유지하는지, 요청마다 제한 시간이 있는지 확인하십시오. 호스트가 스스로 측정한 값과 비교하십시오.',
      },
    },
  },
  'outgoing-in-flight': {
    en: {
      title: 'Outgoing requests in flight',
      description: 'HTTP requests that wait for an answer; they pile up where a host hangs.',
    },
    ko: {
      title: '응답을 기다리는 나가는 요청',
      description: '응답을 기다리는 HTTP 요청 수입니다. 호스트가 멈추면 쌓입니다.',
    },
  },
  'outgoing-errors': {
    en: {
      title: 'Outgoing errors by kind',
      description: 'HTTP requests per second without an answer, and answers that broke off.',
    },
    ko: {
      title: '종류별 나가는 요청 오류',
      description: '초당 응답을 받지 못했거나 응답이 도중에 끊긴 HTTP 요청 수입니다.',
    },
  },
} as const satisfies SignalTexts<string>
