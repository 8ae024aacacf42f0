import type { SignalTexts } from '../signals/signal.js'

export const queueTexts = {
  'queue-depth': {
    en: { title: 'Queue depth', description: 'Jobs that wait, of all priorities.' },
    ko: { title: '대기열 길이', description: '모든 우선순위를 합한 대기 작업 수입니다.' },
  },
  'queue-jobs': {
    en: { title: 'Jobs processed', description: 'Jobs that ended per second, failed ones included.' },
    ko: { title: '처리한 작업', description: '실패를 포함해 초당 끝난 작업 수입니다.' },
  },
  'queue-stalled': {
    en: {
      title: 'Queue progress',
      description: 'Jobs that ended per second in queues that have some waiting; 0 means that nobody works.',
      runbook: {
        summary: 'No job of queue {{ $labels.queue_name }} ends although some wait',
        cause: 'The consumers are down, blocked, or cannot reach the queue.',
        remedy: 'Check that the consumers run and are connected, and look for a job that never ends.',
      },
    },
    ko: {
      title: '대기열 진행',
      description: '대기 작업이 있는 대기열에서 초당 끝난 작업 수입니다. 0이면 아무도 일하지 않습니다.',
      runbook: {
        summary: '{{ $labels.queue_name }} 대기열: 기다리는 작업이 있는데 끝나는 작업이 없습니다',
        cause: '소비자가 내려갔거나, 막혔거나, 대기열에 닿지 못합니다.',
        remedy: '소비자가 실행 중이고 연결되어 있는지 확인하고, 끝나지 않는 작업을 찾으십시오.',
      },
    },
  },
  'queue-wait': {
    en: {
      title: 'Time to empty the queue',
      description: 'How long the waiting jobs take at the present rate.',
      runbook: {
        summary:
          'Queue {{ $labels.queue_name }} needs {{ $value | humanizeDuration }} for the jobs that wait',
        cause: 'More jobs arrive than are processed, or processing became slow.',
        remedy: 'Compare the duration of jobs with before. Add consumers, or shed jobs of low priority.',
      },
    },
    ko: {
      title: '대기열을 비우는 시간',
      description: '지금 속도로 대기 작업을 처리하는 데 걸리는 시간입니다.',
      runbook: {
        summary:
          '{{ $labels.queue_name }} 대기열: 기다리는 작업을 처리하는 데 {{ $value | humanizeDuration }} 걸립니다',
        cause: '처리하는 것보다 많은 작업이 들어오거나 처리가 느려졌습니다.',
        remedy:
          '작업 소요 시간을 이전과 비교하십시오. 소비자를 늘리거나 우선순위가 낮은 작업을 덜어 내십시오.',
      },
    },
  },
  'queue-growth': {
    en: {
      title: 'Queue depth in four hours',
      description:
        'Where the growth of the last hour leads in four hours, as a multiple of the present depth.',
      runbook: {
        summary:
          'At this rate queue {{ $labels.queue_name }} is {{ $value | printf "%.1f" }} times as long in 4 hours',
        cause: 'More jobs arrive than are processed.',
        remedy: 'Add consumers before the queue is full, or find out who adds so many jobs.',
      },
    },
    ko: {
      title: '4시간 뒤의 대기열 길이',
      description: '최근 한 시간의 증가가 4시간 뒤에 어디에 이를지, 지금 길이의 배수입니다.',
      runbook: {
        summary:
          '{{ $labels.queue_name }} 대기열: 이 속도라면 4시간 뒤 {{ $value | printf "%.1f" }}배가 됩니다',
        cause: '처리하는 것보다 많은 작업이 들어옵니다.',
        remedy: '대기열이 가득 차기 전에 소비자를 늘리거나, 누가 작업을 그렇게 많이 넣는지 찾으십시오.',
      },
    },
  },
  'queue-latency-p95': {
    en: { title: 'Job duration, 95th percentile', description: 'One job in twenty took longer than this.' },
    ko: {
      title: '작업 소요 시간 95 백분위수',
      description: '작업 스무 건 중 한 건은 이보다 오래 걸렸습니다.',
    },
  },
  'queue-error-ratio': {
    en: {
      title: 'Job error ratio',
      description: 'Share of the jobs of the last 5 minutes that failed.',
      runbook: {
        summary: '{{ $value | humanizePercentage }} of the jobs of queue {{ $labels.queue_name }} fail',
        cause: 'A dependency of the jobs is away, or their data has a form that was not expected.',
        remedy: 'Read the error of the last failed jobs, and see whether one job type is concerned or all.',
      },
    },
    ko: {
      title: '작업 오류 비율',
      description: '최근 5분 동안 실패한 작업의 비율입니다.',
      runbook: {
        summary: '{{ $labels.queue_name }} 대기열: 작업의 {{ $value | humanizePercentage }}가 실패합니다',
        cause: '작업이 의존하는 서비스가 내려갔거나 데이터가 예상과 다른 형태입니다.',
        remedy: '최근 실패한 작업의 오류를 읽고, 한 유형만인지 전부인지 확인하십시오.',
      },
    },
  },
} as const satisfies SignalTexts<string>

export const outboundTexts = {
  'outbound-calls': {
    en: { title: 'Outgoing calls', description: 'Calls per second to each service.' },
    ko: { title: '외부 호출', description: '서비스별 초당 호출 수입니다.' },
  },
  'outbound-error-ratio': {
    en: {
      title: 'Outgoing error ratio',
      description: 'Share of the calls to a service that failed or were answered with a 5xx status.',
      runbook: {
        summary: '{{ $value | humanizePercentage }} of the calls to {{ $labels.service }} fail',
        cause: 'The other service is down or overloaded, or the way to it is.',
        remedy:
          'See its status page. Check that retries have a limit and that the application can do without it.',
      },
    },
    ko: {
      title: '외부 호출 오류 비율',
      description: '서비스 호출 가운데 실패했거나 5xx로 응답받은 비율입니다.',
      runbook: {
        summary: '{{ $labels.service }} 호출의 {{ $value | humanizePercentage }}가 실패합니다',
        cause: '상대 서비스나 거기까지의 경로가 내려갔거나 과부하입니다.',
        remedy:
          '상대 서비스의 상태 페이지를 보십시오. 재시도에 한도가 있는지, 없이도 동작하는지 확인하십시오.',
      },
    },
  },
  'outbound-latency-p95': {
    en: {
      title: 'Outgoing calls, 95th percentile',
      description: 'One call in twenty to the service took longer than this.',
      runbook: {
        summary: 'Calls to {{ $labels.service }} take {{ $value | humanizeDuration }} at the 95th percentile',
        cause: 'The other service is slow, or connections are made anew for each call.',
        remedy:
          'Check that connections are kept alive and that each call has a timeout. See which endpoint is slow.',
      },
    },
    ko: {
      title: '외부 호출 95 백분위수',
      description: '서비스 호출 스무 건 중 한 건은 이보다 오래 걸렸습니다.',
      runbook: {
        summary: '{{ $labels.service }} 호출: 95 백분위수가 {{ $value | humanizeDuration }}입니다',
        cause: '상대 서비스가 느리거나 호출마다 연결을 새로 맺습니다.',
        remedy:
          '연결을 유지하는지, 호출마다 제한 시간이 있는지 확인하십시오. 어떤 엔드포인트가 느린지 보십시오.',
      },
    },
  },
  'outbound-rate-limit': {
    en: {
      title: 'Calls left',
      description: 'Calls that the other service still allows.',
      runbook: {
        summary: '{{ $labels.service }} allows {{ $value }} more calls to {{ $labels.endpoint }}',
        cause: 'More calls than were agreed on, often retries or a missing cache.',
        remedy: 'Cache answers, spread the calls, or ask for a higher limit.',
      },
    },
    ko: {
      title: '남은 호출 수',
      description: '상대 서비스가 아직 허용하는 호출 수입니다.',
      runbook: {
        summary: '{{ $labels.service }}: {{ $labels.endpoint }} 호출이 {{ $value }}번 남았습니다',
        cause: '약속된 것보다 호출이 많습니다. 재시도나 빠진 캐시가 흔한 원인입니다.',
        remedy: '응답을 캐시하고 호출을 분산하거나 한도를 올려 달라고 하십시오.',
      },
    },
  },
  'traced-operations-p95': {
    en: {
      title: 'Traced operations, 95th percentile',
      description: 'One run in twenty of the operation took longer than this.',
    },
    ko: {
      title: '추적한 작업 95 백분위수',
      description: '작업 실행 스무 번 중 한 번은 이보다 오래 걸렸습니다.',
    },
  },
} as const satisfies SignalTexts<string>
