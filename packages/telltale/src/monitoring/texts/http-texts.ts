import type { SignalTexts } from '../signals/signal.js'

export const httpTexts = {
  'http-requests': {
    en: { title: 'Requests', description: 'Requests answered per second.' },
    ko: { title: '요청 수', description: '초당 응답한 요청 수입니다.' },
  },
  'http-requests-by-route': {
    en: { title: 'Requests by route', description: 'Requests answered per second by each route.' },
    ko: { title: '라우트별 요청 수', description: '라우트마다 초당 응답한 요청 수입니다.' },
  },
  'http-requests-by-status': {
    en: { title: 'Requests by status', description: 'Requests answered per second with each status code.' },
    ko: { title: '상태 코드별 요청 수', description: '상태 코드마다 초당 응답한 요청 수입니다.' },
  },
  'http-error-ratio': {
    en: {
      title: 'Error ratio',
      description: 'Share of the requests of the last 5 minutes that were answered with a 5xx status.',
      runbook: {
        summary: '{{ $labels.job }} fails {{ $value | humanizePercentage }} of its requests',
        cause: 'A new version, a dependency that fails, or a resource that is used up.',
        remedy:
          'Look at which routes and error types grew and since when. If it began with a deployment, roll that back; otherwise look at the database, the external services and the event loop.',
      },
    },
    ko: {
      title: '오류 비율',
      description: '최근 5분 동안 5xx 상태로 응답한 요청의 비율입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 요청의 {{ $value | humanizePercentage }}가 실패합니다',
        cause: '새 버전 배포, 의존 서비스의 장애, 또는 자원 고갈이 흔한 원인입니다.',
        remedy:
          '어떤 라우트와 오류 유형이 언제부터 늘었는지 확인하십시오. 배포와 함께 시작했다면 되돌리고, 아니라면 데이터베이스, 외부 서비스, 이벤트 루프를 살펴보십시오.',
      },
    },
  },
  'http-latency-p50': {
    en: { title: 'Latency, median', description: 'Half of the requests took less than this.' },
    ko: { title: '응답 시간 중앙값', description: '요청의 절반이 이보다 빨리 끝났습니다.' },
  },
  'http-latency-p95': {
    en: { title: 'Latency, 95th percentile', description: 'One request in twenty took longer than this.' },
    ko: { title: '응답 시간 95 백분위수', description: '요청 스무 건 중 한 건은 이보다 오래 걸렸습니다.' },
  },
  'http-latency-p99': {
    en: { title: 'Latency, 99th percentile', description: 'One request in a hundred took longer than this.' },
    ko: { title: '응답 시간 99 백분위수', description: '요청 백 건 중 한 건은 이보다 오래 걸렸습니다.' },
  },
  'http-latency-mean': {
    en: {
      title: 'Latency, mean',
      description: 'Mean duration of the requests. A few slow ones move it little: see the percentiles.',
    },
    ko: {
      title: '평균 응답 시간',
      description:
        '요청의 평균 소요 시간입니다. 느린 요청 몇 건은 거의 드러나지 않으니 백분위수를 함께 보십시오.',
    },
  },
  'http-route-latency-p99': {
    en: {
      title: 'Latency by route, 99th percentile',
      description: 'One request in a hundred to the route took longer than this.',
      runbook: {
        summary:
          '{{ $labels.route }} of {{ $labels.job }} takes {{ $value | humanizeDuration }} at the 99th percentile',
        cause:
          'Slow queries or external calls, a blocked event loop, or requests that wait for a connection.',
        remedy:
          'Compare with the duration of queries and external calls and with the lag of the event loop. If all routes are slow, look at the process; if one is, look at what only that one does.',
      },
    },
    ko: {
      title: '라우트별 응답 시간 99 백분위수',
      description: '해당 라우트의 요청 백 건 중 한 건은 이보다 오래 걸렸습니다.',
      runbook: {
        summary:
          '{{ $labels.job }}의 {{ $labels.route }}: 99 백분위수 응답 시간이 {{ $value | humanizeDuration }}입니다',
        cause: '느린 쿼리나 외부 호출, 막힌 이벤트 루프, 연결을 기다리는 요청이 흔한 원인입니다.',
        remedy:
          '쿼리와 외부 호출의 소요 시간, 이벤트 루프 지연과 비교하십시오. 모든 라우트가 느리면 프로세스를, 하나만 느리면 그 라우트만 하는 일을 살펴보십시오.',
      },
    },
  },
  'http-slowest-routes': {
    en: { title: 'Slowest routes', description: 'The five routes with the highest 95th percentile.' },
    ko: { title: '가장 느린 라우트', description: '95 백분위수가 가장 높은 다섯 라우트입니다.' },
  },
  'http-failing-routes': {
    en: {
      title: 'Most failing routes',
      description: 'The five routes with the most 5xx answers per second.',
    },
    ko: { title: '가장 많이 실패하는 라우트', description: '초당 5xx 응답이 가장 많은 다섯 라우트입니다.' },
  },
  'http-client-error-ratio': {
    en: {
      title: 'Client error ratio',
      description: 'Share of the requests that were answered with a 4xx status; aborted ones (499) apart.',
      runbook: {
        summary:
          '{{ $labels.job }} refuses {{ $value | humanizePercentage }} of its requests with a 4xx status',
        cause: 'A client with a mistake, expired credentials, a route that was renamed, or a scanner.',
        remedy:
          'See which status and route it is. 401 and 403: look at the credentials. 404 on a known route: look at the last deployment. 429: look at who reaches the limit.',
      },
    },
    ko: {
      title: '클라이언트 오류 비율',
      description: '4xx 상태로 응답한 요청의 비율입니다. 중단된 요청(499)은 따로 셉니다.',
      runbook: {
        summary: '{{ $labels.job }}: 요청의 {{ $value | humanizePercentage }}를 4xx로 거절합니다',
        cause: '잘못된 클라이언트, 만료된 인증 정보, 이름이 바뀐 라우트, 또는 스캐너가 흔한 원인입니다.',
        remedy:
          '어떤 상태 코드와 라우트인지 확인하십시오. 401과 403은 인증 정보를, 알려진 라우트의 404는 최근 배포를, 429는 누가 한도에 닿는지를 살펴보십시오.',
      },
    },
  },
  'http-aborted-ratio': {
    en: {
      title: 'Aborted requests',
      description: 'Share of the requests whose client went away before the answer was complete.',
      runbook: {
        summary: 'Clients of {{ $labels.job }} give up {{ $value | humanizePercentage }} of their requests',
        cause: 'Answers take longer than the timeout of the client or of the proxy in front.',
        remedy: 'See which routes have the status 499, and how long those requests took before they ended.',
      },
    },
    ko: {
      title: '중단된 요청',
      description: '응답이 끝나기 전에 클라이언트가 떠난 요청의 비율입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 클라이언트가 요청의 {{ $value | humanizePercentage }}를 포기합니다',
        cause: '응답이 클라이언트나 앞단 프록시의 제한 시간보다 오래 걸립니다.',
        remedy: '어떤 라우트에 상태 499가 있는지, 끊기기까지 얼마나 걸렸는지 확인하십시오.',
      },
    },
  },
  'http-in-flight': {
    en: {
      title: 'Requests in flight',
      description: 'Requests that arrived and are not answered in full yet.',
    },
    ko: { title: '처리 중인 요청', description: '도착했지만 아직 끝까지 응답하지 않은 요청 수입니다.' },
  },
  'http-time-in-flight': {
    en: {
      title: 'Time in flight',
      description:
        'Requests in flight per request answered in a second: how long they stay, those that never end included.',
      runbook: {
        summary: 'Requests to {{ $labels.job }} stay for {{ $value | humanizeDuration }}: some may never end',
        cause:
          'A promise that is never settled, a next() that is never called, or a dependency without a timeout.',
        remedy:
          'Requests that never end are in no duration. See which dependency does not answer, and give each call a timeout. An application with long streams needs a higher threshold.',
      },
    },
    ko: {
      title: '처리 중에 머무는 시간',
      description:
        '초당 응답한 요청에 대한 처리 중인 요청의 비로, 끝나지 않는 것까지 포함해 머무는 시간입니다.',
      runbook: {
        summary:
          '{{ $labels.job }}: 요청이 {{ $value | humanizeDuration }} 머뭅니다. 끝나지 않는 것이 있을 수 있습니다',
        cause: '끝나지 않는 프로미스, 불리지 않는 next(), 제한 시간이 없는 의존 서비스가 흔한 원인입니다.',
        remedy:
          '끝나지 않는 요청은 소요 시간에 나타나지 않습니다. 응답하지 않는 의존 서비스를 찾고 호출마다 제한 시간을 두십시오. 긴 스트림이 있는 애플리케이션은 임계값을 올려야 합니다.',
      },
    },
  },
  'http-traffic-drop': {
    en: {
      title: 'Traffic against last week',
      description: 'Requests per second as a multiple of those at the same time a week ago.',
      runbook: {
        summary: '{{ $labels.job }} gets {{ $value | humanizePercentage }} of the traffic of a week ago',
        cause:
          'Requests do not arrive any more: DNS, load balancer, certificate, a broken client, or a holiday.',
        remedy:
          'Ask the service from outside. Compare with the count of the load balancer: if requests arrive there, look at the way between; if not, at what is in front.',
      },
    },
    ko: {
      title: '지난주 대비 트래픽',
      description: '일주일 전 같은 시각의 초당 요청 수에 대한 배수입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 트래픽이 일주일 전의 {{ $value | humanizePercentage }}입니다',
        cause:
          '요청이 도착하지 않습니다. DNS, 로드 밸런서, 인증서, 고장 난 클라이언트, 또는 휴일일 수 있습니다.',
        remedy:
          '외부에서 서비스를 호출해 보십시오. 로드 밸런서의 요청 수와 비교하여 거기까지 도착하면 그 사이를, 아니면 그 앞을 살펴보십시오.',
      },
    },
  },
  'http-traffic-spike': {
    en: {
      title: 'Traffic above last week',
      description: 'Requests per second as a multiple of those at the same time a week ago.',
      runbook: {
        summary: '{{ $labels.job }} gets {{ $value | printf "%.1f" }} times the traffic of a week ago',
        cause: 'A campaign, a client that retries without a pause, or an attack.',
        remedy:
          'See which routes grew. Watch the latency and the pools, and add instances before they are full.',
      },
    },
    ko: {
      title: '지난주를 넘는 트래픽',
      description: '일주일 전 같은 시각의 초당 요청 수에 대한 배수입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 트래픽이 일주일 전의 {{ $value | printf "%.1f" }}배입니다',
        cause: '행사, 쉬지 않고 재시도하는 클라이언트, 또는 공격일 수 있습니다.',
        remedy:
          '어떤 라우트가 늘었는지 확인하십시오. 응답 시간과 풀을 지켜보고 가득 차기 전에 인스턴스를 늘리십시오.',
      },
    },
  },
  'http-traffic-prediction': {
    en: {
      title: 'Expected traffic',
      description: 'Requests per second that the last three weeks let expect for this moment.',
    },
    ko: { title: '예상 트래픽', description: '지난 3주를 바탕으로 이 시점에 예상되는 초당 요청 수입니다.' },
  },
  'http-traffic-deviation': {
    en: {
      title: 'Traffic against expectation',
      description: 'Distance to the expected traffic, in standard deviations of the last week.',
      runbook: {
        summary:
          'The traffic of {{ $labels.job }} is {{ $value | printf "%.1f" }} standard deviations from what was expected',
        cause:
          'As for a drop against last week; the expectation comes from three weeks, so one odd week does not mislead it.',
        remedy: 'Ask the service from outside, then follow the requests from the client to the application.',
      },
    },
    ko: {
      title: '예상 대비 트래픽',
      description: '예상 트래픽과의 차이를 지난주의 표준편차로 나타냅니다.',
      runbook: {
        summary:
          '{{ $labels.job }}: 트래픽이 예상에서 표준편차의 {{ $value | printf "%.1f" }}배만큼 벗어났습니다',
        cause:
          '지난주 대비 감소와 같은 원인입니다. 3주를 바탕으로 하므로 한 주가 유별나도 흔들리지 않습니다.',
        remedy: '외부에서 서비스를 호출해 보고, 클라이언트에서 애플리케이션까지 요청을 따라가 보십시오.',
      },
    },
  },
} as const satisfies SignalTexts<string>
