import type { SignalTexts } from '../signals/signal.js'

export const targetTexts = {
  'target-up': {
    en: {
      title: 'Targets up',
      description: 'Whether each address can be scraped, by all jobs that scrape it.',
      runbook: {
        summary: '{{ $labels.instance }} cannot be scraped',
        cause: 'The process is down, unreachable, or answers with something else than metrics.',
        remedy:
          'The page of targets has the error. While it lasts, no other alert about this instance can fire.',
      },
    },
    ko: {
      title: '타깃 상태',
      description: '주소마다 수집이 되는지, 그 주소를 수집하는 모든 잡을 합쳐 보여 줍니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 수집할 수 없습니다',
        cause: '프로세스가 내려갔거나, 닿지 않거나, 메트릭이 아닌 것으로 답합니다.',
        remedy: '타깃 페이지에 오류가 있습니다. 그동안 이 인스턴스의 다른 알림은 울릴 수 없습니다.',
      },
    },
  },
  'target-absent': {
    en: {
      title: 'Missing job',
      description: 'Shows 1 while no target of the job is known.',
      runbook: {
        summary: 'No target of {{ $labels.job }} is known',
        cause: 'The job was renamed, or service discovery finds nothing.',
        remedy: 'Compare the job in prometheus.yml with the page of service discovery.',
      },
    },
    ko: {
      title: '사라진 잡',
      description: '잡의 타깃을 하나도 모르는 동안 1입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 알려진 타깃이 없습니다',
        cause: '잡 이름이 바뀌었거나 서비스 디스커버리가 아무것도 찾지 못합니다.',
        remedy: 'prometheus.yml의 잡을 서비스 디스커버리 페이지와 비교하십시오.',
      },
    },
  },
  'job-up': {
    en: {
      title: 'Jobs up',
      description: 'Whether at least one target of the job can be scraped.',
      runbook: {
        summary: 'No target of {{ $labels.job }} can be scraped',
        cause: 'The whole service is down, or the network between Prometheus and it is.',
        remedy:
          'Ask the service from outside. If it answers, look at the network and at authentication of the scrape.',
      },
    },
    ko: {
      title: '잡 상태',
      description: '잡의 타깃 가운데 하나라도 수집되는지 보여 줍니다.',
      runbook: {
        summary: '{{ $labels.job }}: 어떤 타깃도 수집할 수 없습니다',
        cause: '서비스 전체가 내려갔거나 Prometheus와의 네트워크가 끊겼습니다.',
        remedy: '외부에서 서비스를 호출해 보십시오. 답한다면 네트워크와 수집 인증을 살펴보십시오.',
      },
    },
  },
  'scrape-duration': {
    en: {
      title: 'Scrape duration',
      description: 'The longest scrape of 5 minutes.',
      runbook: {
        summary: 'A scrape of {{ $labels.instance }} takes {{ $value | humanizeDuration }}',
        cause: 'Too many series, a slow collector, or an event loop that is blocked.',
        remedy: 'See which metric has most series, and which collector is late.',
      },
    },
    ko: {
      title: '수집 시간',
      description: '5분 중 가장 오래 걸린 수집입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 수집에 {{ $value | humanizeDuration }} 걸립니다',
        cause: '시리즈가 너무 많거나, 수집기가 느리거나, 이벤트 루프가 막혔습니다.',
        remedy: '어떤 메트릭에 시리즈가 가장 많은지, 어떤 수집기가 늦는지 확인하십시오.',
      },
    },
  },
  'samples-per-scrape': {
    en: { title: 'Samples', description: 'Samples that one round of scrapes brings, by job.' },
    ko: { title: '샘플 수', description: '한 번의 수집이 가져오는 잡별 샘플 수입니다.' },
  },
  'series-growth': {
    en: {
      title: 'Series against yesterday',
      description: 'Samples of a round of scrapes as a multiple of those of a day ago.',
      runbook: {
        summary: '{{ $labels.job }} has {{ $value | printf "%.1f" }} times the series of yesterday',
        cause: 'A label with ever new values, such as an id or a path; or more instances.',
        remedy: 'Find the metric with most series and the label that grows, and take it out or bound it.',
      },
    },
    ko: {
      title: '어제 대비 시리즈',
      description: '하루 전 수집의 샘플 수에 대한 배수입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 시리즈가 어제의 {{ $value | printf "%.1f" }}배입니다',
        cause: 'id나 경로처럼 값이 계속 늘어나는 레이블, 또는 늘어난 인스턴스가 원인입니다.',
        remedy: '시리즈가 가장 많은 메트릭과 늘어나는 레이블을 찾아 빼거나 제한하십시오.',
      },
    },
  },
  'series-churn': {
    en: { title: 'New series', description: 'Series that appeared within an hour, by job.' },
    ko: { title: '새 시리즈', description: '한 시간 동안 새로 나타난 잡별 시리즈 수입니다.' },
  },
  'observations-dropped': {
    en: {
      title: 'Observations dropped',
      description: 'Observations that could not be recorded within 15 minutes.',
      runbook: {
        summary: '{{ $labels.metric }} of {{ $labels.job }} loses observations: {{ $labels.reason }}',
        cause: 'The code records a value that the metric cannot take, such as NaN or a negative increment.',
        remedy: 'The warning in the log names the place. Correct the value before it is recorded.',
      },
    },
    ko: {
      title: '버려진 관측',
      description: '15분 동안 기록하지 못한 관측 수입니다.',
      runbook: {
        summary: '{{ $labels.job }}의 {{ $labels.metric }}: 관측이 버려집니다 ({{ $labels.reason }})',
        cause: 'NaN이나 음수 증가처럼 메트릭이 받을 수 없는 값을 코드가 기록합니다.',
        remedy: '로그의 경고가 위치를 알려 줍니다. 기록하기 전에 값을 바로잡으십시오.',
      },
    },
  },
  'series-overflow': {
    en: {
      title: 'Series limit',
      description: 'Look-ups within 15 minutes that went to the overflow series.',
      runbook: {
        summary: '{{ $labels.metric }} of {{ $labels.job }} reached its limit on series',
        cause: 'A label has more values than were expected.',
        remedy:
          'Take the label out or bound its values; raise the limit of the metric only when all are wanted.',
      },
    },
    ko: {
      title: '시리즈 한도',
      description: '15분 동안 넘침 시리즈로 간 조회 수입니다.',
      runbook: {
        summary: '{{ $labels.job }}의 {{ $labels.metric }}: 시리즈 한도에 닿았습니다',
        cause: '레이블 값이 예상보다 많습니다.',
        remedy: '레이블을 빼거나 값을 제한하십시오. 전부 필요할 때만 메트릭의 한도를 올리십시오.',
      },
    },
  },
  'collector-errors': {
    en: {
      title: 'Collectors that fail',
      description: 'Runs of collectors within 15 minutes that failed or were late.',
      runbook: {
        summary: 'Collector {{ $labels.collector }} of {{ $labels.job }} fails: {{ $labels.reason }}',
        cause: 'What the collector asks is away, or it takes longer than the scrape may.',
        remedy:
          'The warning in the log has the error. A slow collector should keep values and refresh them by itself.',
      },
    },
    ko: {
      title: '실패하는 수집기',
      description: '15분 동안 실패했거나 늦은 수집기 실행 수입니다.',
      runbook: {
        summary: '{{ $labels.job }}의 {{ $labels.collector }} 수집기가 실패합니다: {{ $labels.reason }}',
        cause: '수집기가 묻는 대상이 없거나 수집 제한 시간보다 오래 걸립니다.',
        remedy: '로그의 경고에 오류가 있습니다. 느린 수집기는 값을 두고 따로 갱신해야 합니다.',
      },
    },
  },
  watchdog: {
    en: {
      title: 'Watchdog',
      description: 'Always 1, to prove that alerts arrive.',
      runbook: {
        summary: 'Alerts are evaluated and delivered',
        cause: 'This alert always fires.',
        remedy:
          'When it stops arriving, Prometheus, Alertmanager or the way from there is broken. Send it to a service that calls when it falls silent.',
      },
    },
    ko: {
      title: '파수꾼',
      description: '알림이 도착함을 보이기 위해 언제나 1입니다.',
      runbook: {
        summary: '알림이 평가되고 전달됩니다',
        cause: '이 알림은 언제나 울립니다.',
        remedy:
          '도착하지 않으면 Prometheus, Alertmanager, 또는 그 뒤의 경로가 고장 난 것입니다. 조용해지면 연락하는 서비스로 보내십시오.',
      },
    },
  },
} as const satisfies SignalTexts<string>
