import { CheckSet } from '../../finding/check-set.js'

/** Findings about the metrics that everything else is built on. */
export const keyMetrics = new CheckSet(
  {
    'key-metrics/not-exposed': { severity: 'error' },
    'key-metrics/not-stored': { severity: 'error' },
    'key-metrics/gone': { severity: 'error' },
  },
  {
    'key-metrics/not-exposed': {
      what: 'there is no {metric}: {meaning} cannot be watched',
      remedy:
        '{how}; when it is recorded and not shown, two registries are in use: pass the same one to every class, or none.',
    },
    'key-metrics/not-stored': {
      what: 'the endpoint shows {metric} and Prometheus has none of it',
      remedy: 'Look for a drop rule in metric_relabel_configs of the job, or wait for the next scrape.',
    },
    'key-metrics/gone': {
      what: 'Prometheus had {metric} within the last day and has none now',
      remedy: 'Find out which change took it out of the application: {how}.',
    },
  },
  {
    'key-metrics/not-exposed': {
      what: '{metric}이(가) 없습니다: {meaning}을(를) 지켜볼 수 없습니다',
      remedy:
        '{how}. 기록하는데 보이지 않으면 레지스트리가 둘입니다. 모든 클래스에 같은 것을 주거나 아무것도 주지 마세요.',
    },
    'key-metrics/not-stored': {
      what: '엔드포인트에는 {metric}이(가) 있는데 Prometheus에는 없습니다',
      remedy: '작업의 metric_relabel_configs에 drop 규칙이 있는지 보거나 다음 스크랩을 기다리세요.',
    },
    'key-metrics/gone': {
      what: 'Prometheus에 하루 안에는 {metric}이(가) 있었는데 지금은 없습니다',
      remedy: '어떤 변경이 애플리케이션에서 그것을 뺐는지 찾으세요: {how}',
    },
  },
)
