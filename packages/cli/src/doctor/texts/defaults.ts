import { CheckSet } from '../../finding/check-set.js'

/** Findings about the metrics of the process and of Node.js. */
export const defaults = new CheckSet(
  {
    'defaults/no-process': { severity: 'error' },
    'defaults/no-event-loop': { severity: 'error' },
    'defaults/no-heap': { severity: 'error' },
    'defaults/no-gc': { severity: 'warning' },
    'defaults/doubled-prefix': { severity: 'warning' },
  },
  {
    'defaults/no-process': {
      what: 'has no metric of the process, such as {example}',
      remedy:
        'Build a PrometheusClient, or call collectDefaultMetrics(), on the registry that is served here.',
    },
    'defaults/no-event-loop': {
      what: 'has no metric of the event loop, such as {example}',
      remedy:
        'Build a PrometheusClient, or leave nothing out of the default metrics: a blocked loop would go unseen.',
    },
    'defaults/no-heap': {
      what: 'has no metric of the heap, such as {example}',
      remedy:
        'Build a PrometheusClient, or leave nothing out of the default metrics: a leak would go unseen.',
    },
    'defaults/no-gc': {
      what: 'has no metric of garbage collection, such as {example}',
      remedy: 'Build a PrometheusClient, or leave nothing out of the default metrics.',
    },
    'defaults/doubled-prefix': {
      what: 'has {name}, whose prefix stands there twice',
      remedy:
        'Leave the prefix "{prefix}" out: the names start with it by themselves, and dashboards look for {plain}.',
    },
  },
  {
    'defaults/no-process': {
      what: '{example} 같은 프로세스 메트릭이 없습니다',
      remedy: '여기서 노출하는 레지스트리에 PrometheusClient를 만들거나 collectDefaultMetrics()를 부르세요.',
    },
    'defaults/no-event-loop': {
      what: '{example} 같은 이벤트 루프 메트릭이 없습니다',
      remedy:
        'PrometheusClient를 만들거나 기본 메트릭에서 아무것도 빼지 마세요. 막힌 루프가 보이지 않게 됩니다.',
    },
    'defaults/no-heap': {
      what: '{example} 같은 힙 메트릭이 없습니다',
      remedy:
        'PrometheusClient를 만들거나 기본 메트릭에서 아무것도 빼지 마세요. 메모리 누수가 보이지 않게 됩니다.',
    },
    'defaults/no-gc': {
      what: '{example} 같은 가비지 컬렉션 메트릭이 없습니다',
      remedy: 'PrometheusClient를 만들거나 기본 메트릭에서 아무것도 빼지 마세요.',
    },
    'defaults/doubled-prefix': {
      what: '{name}에 접두사가 두 번 붙었습니다',
      remedy: '접두사 "{prefix}"를 빼세요. 이름이 이미 그것으로 시작하며 대시보드는 {plain}을(를) 찾습니다.',
    },
  },
)
