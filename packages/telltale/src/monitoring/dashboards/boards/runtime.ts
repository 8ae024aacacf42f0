import { histogramQuantile, maxBy, metric, rate, sumBy } from '../../query/build.js'
import { type Board, figures, graphs, type Panel, type Words, words } from '../board.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'

const instance = ['job', 'instance']

const processor = ownPanel({
  visualisation: 'timeseries',
  unit: 'cores',
  title: words('CPU by mode', '모드별 CPU'),
  description: words(
    'Cores in use by the code itself (user) and by the system for it.',
    '코드가 직접 쓴 코어(user)와 시스템이 대신 쓴 코어(system)입니다.',
  ),
  lines: (['user', 'system'] as const).map((mode) => ({
    query: maxBy(instance, rate(metric(`process_cpu_${mode}_seconds_total`))),
    legend: `${mode} {{instance}}`,
  })),
  stacked: true,
})

const memoryByType = ownPanel({
  visualisation: 'timeseries',
  unit: 'bytes',
  title: words('Memory by type', '종류별 메모리'),
  description: words(
    'What process.memoryUsage() tells. The heap and external memory are parts of rss.',
    'process.memoryUsage()의 값입니다. 힙과 외부 메모리는 rss의 일부입니다.',
  ),
  lines: [
    {
      query: maxBy([...instance, 'type'], metric('nodejs_memory_usage_bytes')),
      legend: '{{type}} {{instance}}',
    },
  ],
})

const heapSpaces = ownPanel({
  visualisation: 'timeseries',
  unit: 'bytes',
  title: words('Heap by space', '공간별 힙'),
  description: words(
    'Used bytes of each space of the heap. Leaks grow in old_space and large_object_space.',
    '힙 공간마다 사용한 바이트입니다. 누수는 old_space와 large_object_space에서 자랍니다.',
  ),
  lines: [
    { query: sumBy(['job', 'space'], metric('nodejs_heap_space_size_used_bytes')), legend: '{{space}}' },
  ],
  stacked: true,
})

const collections = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Garbage collections', '가비지 컬렉션 횟수'),
  description: words('Runs per second by kind.', '종류별 초당 실행 횟수입니다.'),
  lines: [
    {
      query: maxBy([...instance, 'kind'], rate(metric('nodejs_gc_duration_seconds_count'))),
      legend: '{{kind}} {{instance}}',
    },
  ],
})

const pauses = ownPanel({
  visualisation: 'timeseries',
  unit: 'seconds',
  title: words('Garbage collection pauses, p99', '가비지 컬렉션 멈춤 p99'),
  description: words(
    'One run in a hundred held the event loop for longer than this.',
    '백 번에 한 번은 이벤트 루프를 이보다 오래 멈췄습니다.',
  ),
  lines: [
    {
      query: histogramQuantile(
        0.99,
        sumBy(['job', 'kind', 'le'], rate(metric('nodejs_gc_duration_seconds_bucket'))),
      ),
      legend: '{{kind}}',
    },
  ],
})

const resources = ownPanel({
  visualisation: 'timeseries',
  unit: 'count',
  title: words('What keeps the event loop alive', '이벤트 루프를 붙드는 것'),
  description: words(
    'Open sockets, timers and other resources by type. One that only grows is a leak.',
    '열린 소켓, 타이머 등의 종류별 수입니다. 늘기만 하면 누수입니다.',
  ),
  lines: [{ query: sumBy(['job', 'type'], metric('nodejs_active_resources')), legend: '{{type}}' }],
})

const lag = (panels: SignalPanels) => {
  const panel = panels.extended(
    'event-loop-lag',
    () => [
      {
        query: maxBy(instance, metric('nodejs_eventloop_lag_p50_seconds')),
        legend: words('median {{instance}}', '중앙값 {{instance}}'),
      },
      {
        query: maxBy(instance, metric('nodejs_eventloop_lag_max_seconds')),
        legend: words('longest {{instance}}', '최대 {{instance}}'),
      },
    ],
    { title: words('Event loop lag', '이벤트 루프 지연') },
  )
  const [p99, ...others] = panel.lines
  return p99 === undefined ? panel : { ...panel, lines: [{ ...p99, legend: 'p99 {{instance}}' }, ...others] }
}

const heap = (panels: SignalPanels): Panel => {
  const [used, limit] = [panels.panel('heap-used'), panels.panel('heap-limit')]
  const named = ({ lines }: Panel, legend: Words) => lines.map((line) => ({ ...line, legend }))
  const reserved = maxBy(instance, metric('nodejs_heap_size_total_bytes'))
  return {
    ...used,
    title: words('Heap', '힙'),
    lines: [
      ...named(used, words('used {{instance}}', '사용 {{instance}}')),
      { query: reserved, legend: words('reserved {{instance}}', '확보 {{instance}}') },
      ...named(limit, words('limit {{instance}}', '한도 {{instance}}')).map((line) => ({
        ...line,
        role: 'limit' as const,
      })),
    ],
    signals: [...used.signals, ...limit.signals],
  }
}

const highest = (query: Parameters<typeof maxBy>[1]) => maxBy([], query)

/** The process and what it runs on. */
export const runtime = (panels: SignalPanels): Board => ({
  name: 'runtime',
  title: words('Node.js runtime', 'Node.js 런타임'),
  description: words(
    'The event loop, memory, garbage collection, CPU and open resources of each process.',
    '프로세스마다 이벤트 루프, 메모리, 가비지 컬렉션, CPU, 열린 자원을 보여 줍니다.',
  ),
  variables: ['job', 'instance'],
  span: '1h',
  sections: [
    {
      strips: [
        figures(
          panels.figure('event-loop-utilization', 'before', {
            title: words('Event loop, busiest', '가장 바쁜 이벤트 루프'),
            over: highest,
          }),
          panels.figure('cpu', 'before', { title: words('CPU, most', '가장 많은 CPU'), over: highest }),
          panels.figure('heap-per-limit', 'before', {
            title: words('Heap, fullest', '가장 찬 힙'),
            over: highest,
          }),
          panels.panel('uptime'),
        ),
      ],
    },
    {
      title: words('Event loop', '이벤트 루프'),
      strips: [
        graphs(lag(panels), panels.panel('event-loop-utilization')),
        graphs(panels.panel('event-loop-blocked'), panels.panel('event-loop-blocked-share')),
      ],
    },
    {
      title: words('Memory', '메모리'),
      strips: [
        graphs(heap(panels), panels.panel('heap-per-limit'), panels.panel('heap-prediction')),
        graphs(panels.panel('resident-memory'), memoryByType, heapSpaces),
      ],
    },
    {
      title: words('Garbage collection', '가비지 컬렉션'),
      strips: [graphs(panels.panel('gc-share'), collections, pauses)],
    },
    {
      title: words('CPU and processes', 'CPU와 프로세스'),
      strips: [
        graphs(panels.panel('cpu'), processor),
        graphs(panels.panel('restarts'), panels.panel('node-version')),
        graphs(panels.panel('unhandled-errors'), panels.panel('process-warnings')),
      ],
    },
    {
      title: words('Open resources', '열린 자원'),
      strips: [
        graphs(panels.panel('file-descriptors'), resources),
        graphs(panels.panel('open-handles-growth'), panels.panel('external-memory-growth')),
      ],
    },
  ],
})
