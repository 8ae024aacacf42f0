import type { SignalTexts } from '../signals/signal.js'

export const databaseTexts = {
  'database-queries': {
    en: { title: 'Queries', description: 'Queries per second by operation and table.' },
    ko: { title: '쿼리 수', description: '작업과 테이블별 초당 쿼리 수입니다.' },
  },
  'database-error-ratio': {
    en: {
      title: 'Query error ratio',
      description: 'Share of the queries of the last 5 minutes that failed.',
      runbook: {
        summary: '{{ $value | humanizePercentage }} of the queries of {{ $labels.job }} fail',
        cause: 'The database is away or full, a migration is missing, or locks time out.',
        remedy:
          'Read the error of the database in the log. Check that it is up, its disk, its limit of connections and the last migration.',
      },
    },
    ko: {
      title: '쿼리 오류 비율',
      description: '최근 5분 동안 실패한 쿼리의 비율입니다.',
      runbook: {
        summary: '{{ $labels.job }}: 쿼리의 {{ $value | humanizePercentage }}가 실패합니다',
        cause: '데이터베이스가 내려갔거나 가득 찼거나, 마이그레이션이 빠졌거나, 잠금 시간이 초과되었습니다.',
        remedy:
          '로그에서 데이터베이스 오류를 확인하십시오. 가동 여부, 디스크, 연결 한도, 최근 마이그레이션을 점검하십시오.',
      },
    },
  },
  'database-latency-p95': {
    en: {
      title: 'Query duration, 95th percentile',
      description: 'One query in twenty took longer than this, by operation and table.',
      runbook: {
        summary:
          '{{ $labels.operation }} on {{ $labels.table }} takes {{ $value | humanizeDuration }} at the 95th percentile',
        cause: 'A missing index, a lock, a table that grew, or a database that is short of CPU or disk.',
        remedy: 'Run EXPLAIN on the query, look for locks, and compare with the load of the database.',
      },
    },
    ko: {
      title: '쿼리 소요 시간 95 백분위수',
      description: '작업과 테이블별로 쿼리 스무 건 중 한 건은 이보다 오래 걸렸습니다.',
      runbook: {
        summary:
          '{{ $labels.table }}의 {{ $labels.operation }}: 95 백분위수가 {{ $value | humanizeDuration }}입니다',
        cause: '빠진 인덱스, 잠금, 커진 테이블, 또는 데이터베이스의 CPU나 디스크 부족이 흔한 원인입니다.',
        remedy: '쿼리에 EXPLAIN을 실행하고 잠금을 찾아보고 데이터베이스의 부하와 비교하십시오.',
      },
    },
  },
  'database-connections': {
    en: {
      title: 'Connections',
      description: 'Connections by state: active are all that are usable, waiting are requests for one.',
    },
    ko: {
      title: '연결 수',
      description:
        '상태별 연결 수입니다. active는 쓸 수 있는 모든 연결, waiting은 연결을 기다리는 요청입니다.',
    },
  },
  'database-pool-waiting': {
    en: {
      title: 'Waiting for a connection',
      description: 'Requests that waited for a connection all through the last 2 minutes.',
      runbook: {
        summary:
          '{{ $value }} requests of {{ $labels.instance }} wait for a connection to {{ $labels.database }}',
        cause:
          'All connections are in use: slow queries, transactions left open, or a pool that is too small.',
        remedy:
          'Look at the duration of queries first. Find connections that are never released. Enlarge the pool only when the database can take more.',
      },
    },
    ko: {
      title: '연결을 기다리는 요청',
      description: '최근 2분 내내 연결을 기다린 요청 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: 요청 {{ $value }}건이 {{ $labels.database }} 연결을 기다립니다',
        cause:
          '모든 연결이 쓰이고 있습니다. 느린 쿼리, 열린 채 남은 트랜잭션, 또는 너무 작은 풀이 원인입니다.',
        remedy:
          '먼저 쿼리 소요 시간을 보십시오. 반환되지 않는 연결을 찾으십시오. 데이터베이스에 여유가 있을 때만 풀을 키우십시오.',
      },
    },
  },
  'database-pool-usage': {
    en: {
      title: 'Database pool in use',
      description: 'Connections that are in use, as a share of those that the pool may have.',
      runbook: {
        summary:
          'The pool {{ $labels.database }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} in use',
        cause:
          'More requests at once than the pool was made for, slow queries, or connections that are not given back.',
        remedy:
          'Look at the duration of queries and for clients that are never released. Raise the limit of the pool only as far as the database allows for all instances together.',
      },
    },
    ko: {
      title: '데이터베이스 풀 사용률',
      description: '풀이 가질 수 있는 연결 가운데 쓰이는 연결의 비율입니다.',
      runbook: {
        summary:
          '{{ $labels.instance }}의 {{ $labels.database }} 풀: {{ $value | humanizePercentage }}가 쓰이고 있습니다',
        cause: '풀이 감당하는 것보다 동시 요청이 많거나, 쿼리가 느리거나, 연결을 돌려주지 않습니다.',
        remedy:
          '쿼리 소요 시간과 반환하지 않는 클라이언트를 찾으십시오. 풀의 한도는 모든 인스턴스를 합해 데이터베이스가 허용하는 만큼만 올리십시오.',
      },
    },
  },
  'database-connections-usable': {
    en: {
      title: 'Usable connections',
      description: 'Connections that are established, in use or idle.',
      runbook: {
        summary: '{{ $labels.instance }} has no connection to {{ $labels.database }}',
        cause: 'Queries are made and no connection is open: the database is down, unreachable or full.',
        remedy:
          'Check that the database is up, reachable from this instance, and below its limit of connections.',
      },
    },
    ko: {
      title: '쓸 수 있는 연결',
      description: '사용 중이거나 쉬고 있는, 맺어진 연결의 수입니다.',
      runbook: {
        summary: '{{ $labels.instance }}: {{ $labels.database }} 연결이 하나도 없습니다',
        cause:
          '쿼리는 들어오는데 열린 연결이 없습니다. 데이터베이스가 내려갔거나, 닿지 않거나, 가득 찼습니다.',
        remedy: '데이터베이스가 떠 있는지, 이 인스턴스에서 닿는지, 연결 한도에 여유가 있는지 확인하십시오.',
      },
    },
  },
} as const satisfies SignalTexts<string>

export const cacheTexts = {
  'cache-lookups': {
    en: { title: 'Cache look-ups', description: 'Look-ups per second, hits and misses.' },
    ko: { title: '캐시 조회', description: '적중과 실패를 합한 초당 조회 수입니다.' },
  },
  'cache-hit-ratio': {
    en: { title: 'Cache hit ratio', description: 'Share of the look-ups that the cache answered.' },
    ko: { title: '캐시 적중률', description: '캐시가 답한 조회의 비율입니다.' },
  },
  'cache-hit-ratio-change': {
    en: {
      title: 'Cache hit ratio against last week',
      description: 'Hit ratio as a share of that at the same time a week ago.',
      runbook: {
        summary:
          'The hit ratio of cache {{ $labels.cache_name }} is {{ $value | humanizePercentage }} of that of a week ago',
        cause:
          'Keys that changed with a deployment, a cache that was emptied, or one that is too small and evicts.',
        remedy: 'See which key patterns miss. Compare the size of the cache with its limit.',
      },
    },
    ko: {
      title: '지난주 대비 캐시 적중률',
      description: '일주일 전 같은 시각의 적중률에 대한 비율입니다.',
      runbook: {
        summary:
          '{{ $labels.cache_name }} 캐시: 적중률이 일주일 전의 {{ $value | humanizePercentage }}입니다',
        cause: '배포로 바뀐 키, 비워진 캐시, 또는 너무 작아 밀려나는 캐시가 흔한 원인입니다.',
        remedy: '어떤 키 패턴이 빗나가는지 보고, 캐시 크기를 한도와 비교하십시오.',
      },
    },
  },
  'cache-size': {
    en: { title: 'Cache size', description: 'Bytes in the cache.' },
    ko: { title: '캐시 크기', description: '캐시에 든 바이트 수입니다.' },
  },
} as const satisfies SignalTexts<string>
