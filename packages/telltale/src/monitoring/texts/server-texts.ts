import type { SignalTexts } from '../signals/signal.js'

export const serverTexts = {
  'config-reload': {
    en: {
      title: 'Configuration loaded',
      description: 'Whether the last reload of Prometheus and Alertmanager succeeded.',
      runbook: {
        summary: '{{ $labels.instance }} runs with an old configuration: the last reload failed',
        cause: 'The new configuration or a file that it names has a mistake.',
        remedy: 'Run promtool check config or amtool check-config, correct the file, and reload.',
      },
    },
    ko: {
      title: '설정 적재',
      description: 'Prometheus와 Alertmanager의 마지막 설정 재적재가 성공했는지 보여 줍니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 마지막 재적재가 실패하여 옛 설정으로 동작합니다',
        cause: '새 설정이나 설정이 가리키는 파일에 잘못이 있습니다.',
        remedy: 'promtool check config나 amtool check-config를 실행하고 파일을 고친 뒤 다시 적재하십시오.',
      },
    },
  },
  'rule-failures': {
    en: {
      title: 'Rules that fail',
      description: 'Evaluations of rules that failed within 5 minutes.',
      runbook: {
        summary: 'Rules of {{ $labels.rule_group }} fail on {{ $labels.instance }}',
        cause: 'A query finds several series where it expects one, or takes too long.',
        remedy: 'The page of rules has the error of each.',
      },
    },
    ko: {
      title: '실패하는 규칙',
      description: '5분 동안 실패한 규칙 평가 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: {{ $labels.rule_group }}의 규칙이 실패합니다',
        cause: '쿼리가 하나를 기대하는 곳에서 여러 시리즈를 찾거나 너무 오래 걸립니다.',
        remedy: '규칙 페이지에 각 규칙의 오류가 있습니다.',
      },
    },
  },
  'rule-duration': {
    en: {
      title: 'Rule evaluation',
      description: 'Time that a group of rules takes, as a share of its interval.',
      runbook: {
        summary: '{{ $labels.rule_group }} takes {{ $value | humanizePercentage }} of its interval',
        cause: 'Queries over many series or long ranges.',
        remedy: 'Record what several rules need once, split the group, or evaluate it less often.',
      },
    },
    ko: {
      title: '규칙 평가',
      description: '규칙 그룹이 주기 가운데 평가에 쓰는 시간의 비율입니다.',
      runbook: {
        summary: '{{ $labels.rule_group }}: 주기의 {{ $value | humanizePercentage }}를 씁니다',
        cause: '많은 시리즈나 긴 범위를 묻는 쿼리가 있습니다.',
        remedy: '여러 규칙이 쓰는 것은 한 번만 기록하고, 그룹을 나누거나 덜 자주 평가하십시오.',
      },
    },
  },
  'alertmanagers-known': {
    en: {
      title: 'Alertmanagers',
      description: 'Alertmanagers that Prometheus sends to.',
      runbook: {
        summary: '{{ $labels.instance }} has no Alertmanager to send to',
        cause: 'None is configured, or discovery finds none.',
        remedy:
          'Look at alerting.alertmanagers in prometheus.yml. This alert itself arrives only by another way.',
      },
    },
    ko: {
      title: 'Alertmanager 수',
      description: 'Prometheus가 알림을 보내는 Alertmanager 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 알림을 보낼 Alertmanager가 없습니다',
        cause: '설정되지 않았거나 디스커버리가 찾지 못합니다.',
        remedy:
          'prometheus.yml의 alerting.alertmanagers를 보십시오. 이 알림 자체는 다른 경로로만 도착합니다.',
      },
    },
  },
  'notification-errors': {
    en: {
      title: 'Errors when sending alerts',
      description: 'Share of the alerts that Prometheus could not hand to an Alertmanager.',
      runbook: {
        summary: '{{ $value | humanizePercentage }} of the alerts do not reach {{ $labels.alertmanager }}',
        cause: 'The Alertmanager is down, overloaded or not reachable.',
        remedy: 'Check that it is ready (/-/ready) and reachable from Prometheus.',
      },
    },
    ko: {
      title: '알림 전송 오류',
      description: 'Prometheus가 Alertmanager에 넘기지 못한 알림의 비율입니다.',
      runbook: {
        summary: '알림의 {{ $value | humanizePercentage }}가 {{ $labels.alertmanager }}에 닿지 못합니다',
        cause: 'Alertmanager가 내려갔거나, 과부하이거나, 닿지 않습니다.',
        remedy: '준비 상태(/-/ready)인지, Prometheus에서 닿는지 확인하십시오.',
      },
    },
  },
  'notifications-dropped': {
    en: {
      title: 'Alerts dropped',
      description: 'Alerts that Prometheus threw away within 10 minutes.',
      runbook: {
        summary: '{{ $labels.instance }} throws alerts away',
        cause: 'No Alertmanager took them in time, and the queue is full.',
        remedy: 'Bring an Alertmanager back; until then alerts are lost.',
      },
    },
    ko: {
      title: '버려진 알림',
      description: '10분 동안 Prometheus가 버린 알림 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 알림을 버리고 있습니다',
        cause: '어떤 Alertmanager도 제때 받지 않아 대기열이 가득 찼습니다.',
        remedy: 'Alertmanager를 되살리십시오. 그때까지 알림은 사라집니다.',
      },
    },
  },
  'alert-delivery-errors': {
    en: {
      title: 'Errors when delivering alerts',
      description: 'Share of the notifications that an integration of Alertmanager did not take.',
      runbook: {
        summary: '{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} fail',
        cause: 'The receiver is down, its address or credentials are wrong, or it limits the rate.',
        remedy: 'Read the log of Alertmanager, and send a test alert with amtool.',
      },
    },
    ko: {
      title: '알림 전달 오류',
      description: 'Alertmanager의 연동이 받지 않은 알림의 비율입니다.',
      runbook: {
        summary: '{{ $labels.integration }} 알림의 {{ $value | humanizePercentage }}가 실패합니다',
        cause: '수신자가 내려갔거나, 주소나 인증 정보가 틀렸거나, 전송률을 제한합니다.',
        remedy: 'Alertmanager 로그를 읽고 amtool로 시험 알림을 보내십시오.',
      },
    },
  },
  'sample-limit': {
    en: {
      title: 'Scrapes over the limit',
      description: 'Scrapes within 10 minutes that were thrown away for their number of samples.',
      runbook: {
        summary: '{{ $labels.instance }} throws scrapes away: a target exceeds its sample_limit',
        cause: 'A target exposes more series than the job allows.',
        remedy: 'Find the label that grew. Raise sample_limit only when all series are wanted.',
      },
    },
    ko: {
      title: '한도를 넘은 수집',
      description: '샘플 수 때문에 10분 동안 버려진 수집 횟수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 타깃이 sample_limit을 넘어 수집을 버립니다',
        cause: '타깃이 잡이 허용하는 것보다 많은 시리즈를 내놓습니다.',
        remedy: '늘어난 레이블을 찾으십시오. 모든 시리즈가 필요할 때만 sample_limit을 올리십시오.',
      },
    },
  },
  'remote-write-delay': {
    en: {
      title: 'Remote write delay',
      description: 'How far what was sent is behind what was scraped.',
      runbook: {
        summary: 'Remote write to {{ $labels.url }} is {{ $value | humanizeDuration }} behind',
        cause: 'The receiver is slow or away, or there are too few shards.',
        remedy:
          'Look at its errors and at the wanted number of shards. After about two hours samples are lost.',
      },
    },
    ko: {
      title: '원격 쓰기 지연',
      description: '보낸 것이 수집한 것보다 얼마나 뒤처졌는지 보여 줍니다.',
      runbook: {
        summary: '{{ $labels.url }} 원격 쓰기가 {{ $value | humanizeDuration }} 뒤처졌습니다',
        cause: '수신자가 느리거나 없거나, 샤드가 너무 적습니다.',
        remedy: '오류와 원하는 샤드 수를 보십시오. 두 시간쯤 지나면 샘플이 사라집니다.',
      },
    },
  },
  'compaction-failures': {
    en: {
      title: 'Compactions that fail',
      description: 'Compactions of the storage that failed within 3 hours.',
      runbook: {
        summary: 'The storage of {{ $labels.instance }} cannot be compacted',
        cause: 'The disk is full, or a block is damaged.',
        remedy: 'Check the free space, and read the log of Prometheus for the block.',
      },
    },
    ko: {
      title: '실패하는 압축',
      description: '3시간 동안 실패한 저장소 압축 횟수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 저장소를 압축하지 못합니다',
        cause: '디스크가 가득 찼거나 블록이 손상되었습니다.',
        remedy: '남은 공간을 확인하고 Prometheus 로그에서 블록을 찾으십시오.',
      },
    },
  },
  'head-series': {
    en: { title: 'Series in memory', description: 'Series that Prometheus holds in memory.' },
    ko: { title: '메모리의 시리즈', description: 'Prometheus가 메모리에 두는 시리즈 수입니다.' },
  },
  'samples-appended': {
    en: { title: 'Samples stored', description: 'Samples that Prometheus stores per second.' },
    ko: { title: '저장한 샘플', description: 'Prometheus가 초당 저장하는 샘플 수입니다.' },
  },
  'storage-size': {
    en: {
      title: 'Storage',
      description: 'Bytes of the blocks on disk; the last two hours are not among them.',
    },
    ko: {
      title: '저장소',
      description: '디스크에 있는 블록의 바이트 수입니다. 최근 두 시간은 들어 있지 않습니다.',
    },
  },
  'disk-prediction': {
    en: {
      title: 'Free disk in a day',
      description: 'Where the last six hours lead in a day, as a share of the disk; below 0 it is full.',
      runbook: {
        summary: '{{ $labels.mountpoint }} of {{ $labels.instance }} is full within a day',
        cause: 'Logs, the storage of Prometheus, or temporary files.',
        remedy: 'Find what grows (du), and delete it or shorten how long it is kept.',
      },
    },
    ko: {
      title: '하루 뒤의 디스크 여유',
      description: '최근 6시간의 추세가 하루 뒤에 이를 디스크 여유의 비율입니다. 0보다 작으면 가득 찹니다.',
      runbook: {
        summary: '{{ $labels.instance }}의 {{ $labels.mountpoint }}: 하루 안에 가득 찹니다',
        cause: '로그, Prometheus 저장소, 임시 파일이 흔한 원인입니다.',
        remedy: '늘어나는 것을 찾아(du) 지우거나 보관 기간을 줄이십시오.',
      },
    },
  },
  'disk-free': {
    en: {
      title: 'Free disk',
      description: 'Free space as a share of the disk.',
      runbook: {
        summary:
          '{{ $labels.mountpoint }} of {{ $labels.instance }} has {{ $value | humanizePercentage }} left',
        cause: 'Logs, the storage of Prometheus, or temporary files.',
        remedy: 'Free space now: Prometheus stops storing when the disk is full.',
      },
    },
    ko: {
      title: '디스크 여유',
      description: '디스크 가운데 비어 있는 비율입니다.',
      runbook: {
        summary:
          '{{ $labels.instance }}의 {{ $labels.mountpoint }}: {{ $value | humanizePercentage }} 남았습니다',
        cause: '로그, Prometheus 저장소, 임시 파일이 흔한 원인입니다.',
        remedy: '지금 공간을 비우십시오. 디스크가 가득 차면 Prometheus는 저장을 멈춥니다.',
      },
    },
  },
  'machine-memory': {
    en: {
      title: 'Memory of the machine',
      description: 'Memory that is available, as a share of all.',
      runbook: {
        summary: '{{ $labels.instance }} has {{ $value | humanizePercentage }} of its memory left',
        cause: 'A process that grew, or too many on one machine.',
        remedy: 'Find the largest process. When nothing is left, the system ends one of its choice.',
      },
    },
    ko: {
      title: '머신 메모리',
      description: '전체 가운데 쓸 수 있는 메모리의 비율입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 메모리가 {{ $value | humanizePercentage }} 남았습니다',
        cause: '커진 프로세스, 또는 한 머신에 너무 많은 프로세스가 원인입니다.',
        remedy: '가장 큰 프로세스를 찾으십시오. 남은 것이 없으면 시스템이 하나를 골라 끝냅니다.',
      },
    },
  },
} as const satisfies SignalTexts<string>
