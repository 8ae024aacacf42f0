import type { SignalTexts } from '../signals/signal.js'

export const deliveryTexts = {
  'endpoint-scrapes': {
    en: {
      title: 'Scrapes answered',
      description: 'Requests for the metrics per second, by status; 499 was given up by who asked.',
    },
    ko: {
      title: '응답한 수집',
      description: '상태별 초당 메트릭 요청 수입니다. 499는 요청한 쪽이 포기한 것입니다.',
    },
  },
  'endpoint-crowded': {
    en: {
      title: 'Scrapes turned away',
      description: 'Requests and connections within 15 minutes that found no room at the metrics endpoint.',
      runbook: {
        summary: '{{ $labels.instance }} turns scrapes away: {{ $labels.reason }}',
        cause: 'More ask at once than the endpoint allows, or they read the answers too slowly.',
        remedy:
          'Find out who scrapes, and how often. Let each Prometheus ask once per interval; raise the limits of the endpoint only when all of them are wanted.',
      },
    },
    ko: {
      title: '거절된 수집',
      description: '15분 동안 메트릭 엔드포인트에 자리가 없어 거절된 요청과 연결 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 수집을 거절합니다 ({{ $labels.reason }})',
        cause: '엔드포인트가 허용하는 것보다 많이 동시에 묻거나 응답을 너무 느리게 읽습니다.',
        remedy:
          '누가 얼마나 자주 수집하는지 찾으십시오. Prometheus마다 주기에 한 번만 묻게 하고, 모두 필요할 때만 엔드포인트의 한도를 올리십시오.',
      },
    },
  },
  'endpoint-denied': {
    en: {
      title: 'Access refused',
      description: 'Requests and connections within 15 minutes without the right to see the metrics.',
      runbook: {
        summary: '{{ $labels.instance }} refused {{ $value | printf "%.0f" }} requests: {{ $labels.reason }}',
        cause: 'A scraper with old credentials or a wrong certificate, or somebody who tries the door.',
        remedy:
          'The log of requests has the addresses. Correct the credentials of the scraper, or let only the addresses of Prometheus reach the port.',
      },
    },
    ko: {
      title: '거부된 접근',
      description: '15분 동안 메트릭을 볼 권한 없이 온 요청과 연결 수입니다.',
      runbook: {
        summary:
          '{{ $labels.instance }}: 요청 {{ $value | printf "%.0f" }}건을 거부했습니다 ({{ $labels.reason }})',
        cause: '수집기의 자격 증명이 낡았거나 인증서가 틀렸거나, 누군가 접근을 시도합니다.',
        remedy:
          '요청 로그에 주소가 있습니다. 수집기의 자격 증명을 고치거나 Prometheus의 주소만 포트에 닿게 하십시오.',
      },
    },
  },
  'web-config-reload': {
    en: {
      title: 'Access files in use',
      description: 'Whether the files of access and TLS are in use as they are now.',
      runbook: {
        summary: '{{ $labels.instance }} serves metrics with old access settings: the last reload failed',
        cause: 'The new web-config file, a certificate or a key cannot be read or has a mistake.',
        remedy:
          'The log says what is wrong. Check the file with promtool check web-config, and see that the certificate fits its key. A certificate that is not replaced runs out.',
      },
    },
    ko: {
      title: '접근 설정 적용',
      description: '접근과 TLS 파일이 지금 내용 그대로 쓰이는지 보여 줍니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 마지막 재적재가 실패하여 옛 접근 설정으로 메트릭을 제공합니다',
        cause: '새 web-config 파일이나 인증서나 키를 읽을 수 없거나 잘못이 있습니다.',
        remedy:
          '로그에 이유가 있습니다. promtool check web-config로 파일을 검사하고 인증서와 키가 맞는지 보십시오. 바뀌지 않은 인증서는 만료됩니다.',
      },
    },
  },
  'group-silent-members': {
    en: {
      title: 'Silent processes of a group',
      description: 'Processes of the group that do not answer, whose last values are shown.',
      runbook: {
        summary: '{{ $value }} processes of the group at {{ $labels.instance }} do not answer',
        cause: 'A process is stopped, swapped out, or out of memory; its values in the scrape stand still.',
        remedy:
          'telltale_group_worker_info tells the process numbers. See which of them stands still, and restart it.',
      },
    },
    ko: {
      title: '그룹의 조용한 프로세스',
      description: '응답하지 않아 마지막 값을 보여 주는 그룹 프로세스 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 그룹의 프로세스 {{ $value }}개가 응답하지 않습니다',
        cause: '프로세스가 멈췄거나 스왑되었거나 메모리가 모자랍니다. 수집되는 값은 그대로 멈춰 있습니다.',
        remedy: 'telltale_group_worker_info에 프로세스 번호가 있습니다. 멈춘 것을 찾아 다시 시작하십시오.',
      },
    },
  },
  'group-definition-clashes': {
    en: {
      title: 'Definitions that clash',
      description: 'Definitions of a metric within an hour that do not fit those of the other processes.',
      runbook: {
        summary: 'Processes of {{ $labels.job }} define {{ $labels.metric }} in different ways',
        cause: 'Two versions run side by side, or two parts of the application use one name.',
        remedy:
          'Values of the later definition are left out. After a deployment this ends by itself; otherwise give one of the metrics another name.',
      },
    },
    ko: {
      title: '충돌하는 정의',
      description: '한 시간 동안 다른 프로세스와 맞지 않은 메트릭 정의 수입니다.',
      runbook: {
        summary: '{{ $labels.job }}의 프로세스들이 {{ $labels.metric }}을 서로 다르게 정의합니다',
        cause: '두 버전이 함께 실행되거나 애플리케이션의 두 부분이 같은 이름을 씁니다.',
        remedy:
          '나중 정의의 값은 빠집니다. 배포 뒤에는 저절로 끝나며, 아니면 한쪽 메트릭의 이름을 바꾸십시오.',
      },
    },
  },
  'pushed-samples-lost': {
    en: {
      title: 'Pushed samples lost',
      description: 'Samples that the remote write of an application gave up within 15 minutes.',
      runbook: {
        summary:
          '{{ $labels.instance }} lost {{ $value | printf "%.0f" }} samples on their way: {{ $labels.reason }}',
        cause: 'The receiver refuses them, or it was away for longer than the queue lasts.',
        remedy:
          'refused: the log has the answer of the receiver, often a limit or samples that are too old. overflow: see why the receiver is away, or give the queue more bytes.',
      },
    },
    ko: {
      title: '잃어버린 전송 샘플',
      description: '15분 동안 애플리케이션의 원격 쓰기가 포기한 샘플 수입니다.',
      runbook: {
        summary:
          '{{ $labels.instance }}: 전송 중 샘플 {{ $value | printf "%.0f" }}개를 잃었습니다 ({{ $labels.reason }})',
        cause: '받는 쪽이 거부했거나 대기열이 버티는 것보다 오래 없었습니다.',
        remedy:
          'refused는 로그에 받는 쪽의 답이 있으며 한도나 너무 오래된 샘플이 흔합니다. overflow는 받는 쪽이 왜 없는지 보거나 대기열 바이트를 늘리십시오.',
      },
    },
  },
  'push-backlog': {
    en: {
      title: 'Pushed samples waiting',
      description: 'How long the samples that wait for the receiver take at the present rate.',
      runbook: {
        summary: '{{ $labels.instance }} is {{ $value | humanizeDuration }} behind with its remote write',
        cause: 'The receiver is slow or was away, and the queue is being worked off.',
        remedy:
          'See how long the receiver takes to answer, and that the value falls. If it grows, write less often or fewer series.',
      },
    },
    ko: {
      title: '대기 중인 전송 샘플',
      description: '받는 쪽을 기다리는 샘플을 지금 속도로 보내는 데 걸리는 시간입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 원격 쓰기가 {{ $value | humanizeDuration }} 밀렸습니다',
        cause: '받는 쪽이 느리거나 없었다가 돌아와 대기열을 처리하고 있습니다.',
        remedy:
          '받는 쪽이 응답하는 데 걸리는 시간과 값이 줄어드는지 보십시오. 늘어나면 덜 자주, 또는 더 적은 시리즈를 쓰십시오.',
      },
    },
  },
} as const satisfies SignalTexts<string>
