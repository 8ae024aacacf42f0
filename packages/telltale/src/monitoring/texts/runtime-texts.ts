import type { SignalTexts } from '../signals/signal.js'

export const runtimeTexts = {
  'event-loop-lag': {
    en: {
      title: 'Event loop lag, 99th percentile',
      description: 'How late the event loop is at the 99th percentile; the greatest of 5 minutes.',
      runbook: {
        summary: 'The event loop of {{ $labels.instance }} lags {{ $value | humanizeDuration }}',
        cause:
          'Synchronous work holds the loop: large JSON, regular expressions, cryptography, or a loop over many items.',
        remedy:
          'Take a CPU profile with --cpu-prof or the inspector. Split the work, or move it to a worker thread.',
      },
    },
    ko: {
      title: '이벤트 루프 지연 99 백분위수',
      description: '이벤트 루프가 99 백분위수에서 얼마나 늦는지, 5분 중 가장 큰 값입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 이벤트 루프가 {{ $value | humanizeDuration }} 늦습니다',
        cause:
          '동기 작업이 루프를 붙잡고 있습니다. 큰 JSON, 정규식, 암호화, 많은 항목의 반복이 흔한 원인입니다.',
        remedy: '--cpu-prof나 인스펙터로 CPU 프로파일을 뜨십시오. 작업을 나누거나 워커 스레드로 옮기십시오.',
      },
    },
  },
  'event-loop-utilization': {
    en: {
      title: 'Event loop utilisation',
      description: 'Share of the time for which the event loop worked. At 1 it never waits, and requests do.',
      runbook: {
        summary:
          'The event loop of {{ $labels.instance }} is busy {{ $value | humanizePercentage }} of the time',
        cause: 'More work than one thread can do.',
        remedy:
          'Add instances, or move computation to worker threads. A CPU profile shows what it is spent on.',
      },
    },
    ko: {
      title: '이벤트 루프 사용률',
      description: '이벤트 루프가 일한 시간의 비율입니다. 1이면 루프는 쉬지 못하고 요청이 기다립니다.',
      runbook: {
        summary:
          '{{ $labels.instance }}: 이벤트 루프가 시간의 {{ $value | humanizePercentage }} 동안 바쁩니다',
        cause: '한 스레드가 감당할 수 있는 것보다 일이 많습니다.',
        remedy:
          '인스턴스를 늘리거나 계산을 워커 스레드로 옮기십시오. 무엇에 쓰이는지는 CPU 프로파일이 보여 줍니다.',
      },
    },
  },
  'event-loop-blocked': {
    en: {
      title: 'Event loop blocked now',
      description:
        'For how long the event loop has not turned, as its telemetry thread sees it; 0 while it does.',
      runbook: {
        summary: 'The event loop of {{ $labels.instance }} stands still for {{ $value | humanizeDuration }}',
        cause:
          'One piece of synchronous work does not end: an endless loop, a regular expression, a huge JSON.',
        remedy:
          'No request is answered meanwhile. Attach the inspector (kill -USR1) to see where it is, or restart it. With blockedStacks the log says what was on top.',
      },
    },
    ko: {
      title: '지금 막힌 이벤트 루프',
      description:
        '텔레메트리 스레드가 보기에 이벤트 루프가 얼마나 돌지 않았는지입니다. 돌고 있으면 0입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 이벤트 루프가 {{ $value | humanizeDuration }} 멈춰 있습니다',
        cause: '동기 작업 하나가 끝나지 않습니다. 무한 반복, 정규식, 거대한 JSON이 흔한 원인입니다.',
        remedy:
          '그동안 아무 요청도 응답받지 못합니다. 인스펙터를 붙여(kill -USR1) 위치를 보거나 다시 시작하십시오. blockedStacks를 켜면 로그가 맨 위의 호출을 알려 줍니다.',
      },
    },
  },
  'event-loop-blocked-share': {
    en: {
      title: 'Event loop blocked, share of time',
      description:
        'Share of the time in which the event loop did not turn for 0.1 s or more at once; of a group, of all its processes together.',
      runbook: {
        summary:
          'The event loop of {{ $labels.instance }} is blocked {{ $value | humanizePercentage }} of the time',
        cause: 'Pieces of synchronous work that are long, again and again.',
        remedy:
          'The histogram telltale_event_loop_blocked_duration_seconds tells how long they are. Take a CPU profile, split the work, or move it to a worker thread.',
      },
    },
    ko: {
      title: '이벤트 루프가 막힌 시간의 비율',
      description:
        '이벤트 루프가 한 번에 0.1초 이상 돌지 않은 시간의 비율입니다. 그룹이면 모든 프로세스를 더합니다.',
      runbook: {
        summary:
          '{{ $labels.instance }}: 이벤트 루프가 시간의 {{ $value | humanizePercentage }} 동안 막힙니다',
        cause: '긴 동기 작업이 되풀이됩니다.',
        remedy:
          'telltale_event_loop_blocked_duration_seconds 히스토그램이 길이를 알려 줍니다. CPU 프로파일을 뜨고 작업을 나누거나 워커 스레드로 옮기십시오.',
      },
    },
  },
  'gc-share': {
    en: {
      title: 'Time in garbage collection',
      description: 'Share of the time that garbage collections took.',
      runbook: {
        summary:
          '{{ $labels.instance }} spends {{ $value | humanizePercentage }} of its time on garbage collection',
        cause: 'The heap is nearly full, or many short-lived objects are made.',
        remedy:
          'Compare with the heap against its limit. If it is full, look for a leak or raise the limit; otherwise take an allocation profile.',
      },
    },
    ko: {
      title: '가비지 컬렉션 시간',
      description: '가비지 컬렉션에 쓴 시간의 비율입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 시간의 {{ $value | humanizePercentage }}를 가비지 컬렉션에 씁니다',
        cause: '힙이 거의 찼거나 수명이 짧은 객체를 많이 만듭니다.',
        remedy:
          '한도 대비 힙과 비교하십시오. 가득 찼다면 누수를 찾거나 한도를 올리고, 아니라면 할당 프로파일을 뜨십시오.',
      },
    },
  },
  'heap-used': {
    en: { title: 'Heap used', description: 'Bytes of the heap that are used.' },
    ko: { title: '사용 중인 힙', description: '사용 중인 힙의 바이트 수입니다.' },
  },
  'heap-limit': {
    en: { title: 'Heap limit', description: 'What the heap may grow to before the process ends.' },
    ko: { title: '힙 한도', description: '프로세스가 끝나기 전까지 힙이 커질 수 있는 크기입니다.' },
  },
  'heap-per-limit': {
    en: {
      title: 'Heap against its limit',
      description: 'Used heap as a share of what this process may have.',
      runbook: {
        summary: '{{ $labels.instance }} uses {{ $value | humanizePercentage }} of the heap it may have',
        cause: 'A leak, or data that is larger than the limit allows. Above its limit the process ends.',
        remedy:
          'Take a heap snapshot before the process ends. Raise the limit with --max-old-space-size if the data really is that large.',
      },
    },
    ko: {
      title: '한도 대비 힙',
      description: '이 프로세스가 가질 수 있는 힙 가운데 사용 중인 비율입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 허용된 힙의 {{ $value | humanizePercentage }}를 씁니다',
        cause: '누수이거나 데이터가 한도보다 큽니다. 한도를 넘으면 프로세스가 끝납니다.',
        remedy:
          '프로세스가 끝나기 전에 힙 스냅샷을 뜨십시오. 데이터가 정말 크다면 --max-old-space-size로 한도를 올리십시오.',
      },
    },
  },
  'heap-prediction': {
    en: {
      title: 'Heap in four hours',
      description:
        'Where the growth of the last three hours leads in four hours, as a share of the limit. Only what stays after garbage collection counts.',
      runbook: {
        summary:
          'At this rate {{ $labels.instance }} uses {{ $value | humanizePercentage }} of its heap limit in 4 hours',
        cause: 'Objects that are never let go: caches without a bound, listeners, closures, timers.',
        remedy:
          'Take two heap snapshots half an hour apart and compare them. A restart gains time, but not more.',
      },
    },
    ko: {
      title: '4시간 뒤의 힙',
      description:
        '최근 3시간의 증가가 4시간 뒤에 어디에 이를지, 한도에 대한 비율입니다. 가비지 컬렉션 뒤에 남는 것만 셉니다.',
      runbook: {
        summary:
          '{{ $labels.instance }}: 이 속도라면 4시간 뒤 힙 한도의 {{ $value | humanizePercentage }}를 씁니다',
        cause: '놓아주지 않는 객체가 있습니다. 한계 없는 캐시, 리스너, 클로저, 타이머가 흔한 원인입니다.',
        remedy: '30분 간격으로 힙 스냅샷 두 개를 떠서 비교하십시오. 재시작은 시간을 벌어 줄 뿐입니다.',
      },
    },
  },
  'external-memory-growth': {
    en: {
      title: 'Growth of external memory',
      description: 'Bytes by which memory outside of the heap grows in an hour, over the last three hours.',
      runbook: {
        summary: 'External memory of {{ $labels.instance }} grows by {{ $value | humanize1024 }}B an hour',
        cause: 'Buffers that are kept, or native modules that do not free theirs.',
        remedy:
          'A heap snapshot shows who holds the buffers. Look for streams without an end and caches of files.',
      },
    },
    ko: {
      title: '외부 메모리 증가',
      description: '최근 3시간 동안 힙 밖의 메모리가 한 시간에 늘어나는 바이트 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 외부 메모리가 한 시간에 {{ $value | humanize1024 }}B씩 늘어납니다',
        cause: '버퍼를 계속 붙잡고 있거나 네이티브 모듈이 메모리를 풀지 않습니다.',
        remedy:
          '누가 버퍼를 붙잡고 있는지는 힙 스냅샷이 보여 줍니다. 끝나지 않는 스트림과 파일 캐시를 찾으십시오.',
      },
    },
  },
  'open-handles-growth': {
    en: {
      title: 'Growth of open handles',
      description: 'Sockets, servers and watchers that are added in an hour, over the last three hours.',
      runbook: {
        summary: '{{ $labels.instance }} opens {{ $value | humanize }} handles an hour more than it closes',
        cause: 'Connections, files or watchers that are never closed.',
        remedy: 'See which type of nodejs_active_handles grows, and look for the place that opens it.',
      },
    },
    ko: {
      title: '열린 핸들 증가',
      description: '최근 3시간 동안 한 시간에 늘어나는 소켓, 서버, 감시자의 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 핸들을 닫는 것보다 한 시간에 {{ $value | humanize }}개 더 엽니다',
        cause: '닫히지 않는 연결, 파일, 감시자가 있습니다.',
        remedy: 'nodejs_active_handles의 어떤 유형이 늘어나는지 보고 그것을 여는 곳을 찾으십시오.',
      },
    },
  },
  cpu: {
    en: {
      title: 'CPU',
      description: 'Cores that the process uses. JavaScript runs on one; above 1 other threads work too.',
      runbook: {
        summary: '{{ $labels.instance }} uses {{ $value | printf "%.2f" }} cores',
        cause: 'More traffic, an expensive request, or garbage collection.',
        remedy: 'Compare with traffic and garbage collection. Take a CPU profile, or add instances.',
      },
    },
    ko: {
      title: 'CPU',
      description:
        '프로세스가 쓰는 코어 수입니다. JavaScript는 하나에서 돌고, 1을 넘으면 다른 스레드도 일합니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 코어 {{ $value | printf "%.2f" }}개를 씁니다',
        cause: '늘어난 트래픽, 비싼 요청, 또는 가비지 컬렉션이 흔한 원인입니다.',
        remedy: '트래픽과 가비지 컬렉션과 비교하십시오. CPU 프로파일을 뜨거나 인스턴스를 늘리십시오.',
      },
    },
  },
  'file-descriptors': {
    en: {
      title: 'File descriptors',
      description: 'Open file descriptors as a share of how many there may be.',
      runbook: {
        summary: '{{ $labels.instance }} uses {{ $value | humanizePercentage }} of its file descriptors',
        cause: 'Sockets or files that are not closed, or a limit that is too low for the traffic.',
        remedy: 'See what is open in /proc/PID/fd. Close what is forgotten, or raise the limit (ulimit -n).',
      },
    },
    ko: {
      title: '파일 디스크립터',
      description: '허용된 수 가운데 열려 있는 파일 디스크립터의 비율입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 파일 디스크립터의 {{ $value | humanizePercentage }}를 씁니다',
        cause: '닫히지 않은 소켓이나 파일, 또는 트래픽에 비해 낮은 한도가 원인입니다.',
        remedy:
          '/proc/PID/fd에서 무엇이 열려 있는지 보십시오. 잊힌 것을 닫거나 한도(ulimit -n)를 올리십시오.',
      },
    },
  },
  'unhandled-errors': {
    en: {
      title: 'Errors that nobody handled',
      description: 'Exceptions that nobody caught and rejections that nobody handled, within 15 minutes.',
      runbook: {
        summary: '{{ $labels.instance }}: a {{ $labels.kind }} that nobody handled',
        cause:
          'A promise without a catch, an event named error without a listener, or a throw in a callback.',
        remedy:
          'The log has the stack. Handle the error where it arises: a process that goes on after it may be in any state.',
      },
    },
    ko: {
      title: '아무도 처리하지 않은 오류',
      description: '15분 동안 아무도 잡지 않은 예외와 처리하지 않은 거부(rejection) 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 아무도 처리하지 않은 오류({{ $labels.kind }})가 있습니다',
        cause: 'catch가 없는 프로미스, 리스너가 없는 error 이벤트, 콜백 안의 throw가 흔한 원인입니다.',
        remedy:
          '로그에 스택이 있습니다. 오류가 난 곳에서 처리하십시오. 그 뒤에도 계속 도는 프로세스는 어떤 상태일지 알 수 없습니다.',
      },
    },
  },
  'process-warnings': {
    en: {
      title: 'Warnings of the process',
      description:
        'Warnings within 15 minutes, by name; MaxListenersExceededWarning is often a leak of listeners.',
    },
    ko: {
      title: '프로세스 경고',
      description:
        '15분 동안의 이름별 경고 수입니다. MaxListenersExceededWarning은 리스너 누수일 때가 많습니다.',
    },
  },
  restarts: {
    en: {
      title: 'Restarts',
      description: 'How often the process started in the last 15 minutes.',
      runbook: {
        summary: '{{ $labels.instance }} restarted {{ $value }} times within 15 minutes',
        cause: 'An uncaught exception, no memory left, or a health check that fails.',
        remedy: 'Read the last lines of the log before each end, and the exit code that the supervisor has.',
      },
    },
    ko: {
      title: '재시작',
      description: '최근 15분 동안 프로세스가 시작된 횟수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 15분 동안 {{ $value }}번 재시작했습니다',
        cause: '처리되지 않은 예외, 메모리 부족, 또는 실패하는 상태 점검이 흔한 원인입니다.',
        remedy: '끝나기 직전의 로그와 감독 프로세스가 남긴 종료 코드를 확인하십시오.',
      },
    },
  },
  uptime: {
    en: { title: 'Uptime', description: 'Time since the process started.' },
    ko: { title: '가동 시간', description: '프로세스가 시작된 뒤 지난 시간입니다.' },
  },
  'resident-memory': {
    en: { title: 'Resident memory', description: 'Memory of the process that is in RAM.' },
    ko: { title: '상주 메모리', description: 'RAM에 있는 프로세스 메모리입니다.' },
  },
  'node-version': {
    en: { title: 'Node.js version', description: 'The version that each instance runs on.' },
    ko: { title: 'Node.js 버전', description: '각 인스턴스가 실행되는 버전입니다.' },
  },
} as const satisfies SignalTexts<string>
