import { CheckSet } from '../../finding/check-set.js'

/** Findings about what gets lost between the application and Prometheus. */
export const review = new CheckSet(
  {
    'review/dropped': { severity: 'error' },
    'review/overflow': { severity: 'error' },
    'review/collector': { severity: 'error' },
    'review/exemplars': { severity: 'warning' },
    'review/counter-fell': { severity: 'error' },
    'review/series-come-and-go': { severity: 'warning' },
    'review/samples-refused': { severity: 'error' },
  },
  {
    'review/dropped': {
      what: '{count} observations of {metric} were dropped ({reason})',
      remedy:
        'Record finite numbers that {metric} can take; the first one is in the log of the application with its value.',
    },
    'review/overflow': {
      what: '{count} observations of {metric} went to the overflow series: it reached its limit of series',
      remedy:
        'Remove the label of {metric} whose values have no bound, or raise seriesLimit when every value is known.',
    },
    'review/collector': {
      what: 'the collector {collector} failed {count} times ({reason})',
      remedy: 'Repair what the log quotes, or make it quicker: its metrics are missing from those scrapes.',
    },
    'review/exemplars': {
      what: '{count} exemplars of {metric} were dropped ({reason})',
      remedy:
        'Keep labels of exemplars below 128 characters in all, and let the exemplar provider not throw.',
    },
    'review/counter-fell': {
      what: '{metric} fell from {before} to {after} within a second, and it is a counter',
      remedy:
        'Use a gauge for what goes down, never reset a counter, and let one address be one process: behind a load ' +
        'balancer each scrape meets another one.',
    },
    'review/series-come-and-go': {
      what: 'had {before} series and a second later {after}',
      remedy: 'Remove the label that gets new values with each request; scrape each process by itself.',
    },
    'review/samples-refused': {
      what: 'Prometheus refuses samples: {metric} is {count}',
      remedy: 'Look for two targets with the same labels, or for timestamps that the endpoint writes itself.',
    },
  },
  {
    'review/dropped': {
      what: '{metric}의 관측값 {count}개가 버려졌습니다 ({reason})',
      remedy:
        '{metric}이(가) 받을 수 있는 유한한 수를 기록하세요. 첫 번째 것은 애플리케이션 로그에 값과 함께 있습니다.',
    },
    'review/overflow': {
      what: '{metric}의 관측값 {count}개가 넘침 시계열로 갔습니다: 시계열 한도에 닿았습니다',
      remedy: '{metric}에서 값의 한도가 없는 레이블을 없애세요. 모든 값을 알 때만 seriesLimit를 올리세요.',
    },
    'review/collector': {
      what: '수집기 {collector}이(가) {count}번 실패했습니다 ({reason})',
      remedy: '로그에 나온 것을 고치거나 더 빠르게 하세요. 그 스크랩에는 해당 메트릭이 빠집니다.',
    },
    'review/exemplars': {
      what: '{metric}의 예시(exemplar) {count}개가 버려졌습니다 ({reason})',
      remedy: '예시의 레이블을 모두 합쳐 128자 아래로 하고, 제공 함수가 예외를 던지지 않게 하세요.',
    },
    'review/counter-fell': {
      what: '카운터인 {metric}이(가) 1초 사이에 {before}에서 {after}(으)로 줄었습니다',
      remedy:
        '줄어드는 값에는 게이지를 쓰고 카운터는 초기화하지 마세요. 한 주소는 한 프로세스여야 합니다. 로드 밸런서 뒤에서는 스크랩마다 다른 프로세스를 만납니다.',
    },
    'review/series-come-and-go': {
      what: '시계열이 {before}개였다가 1초 뒤 {after}개입니다',
      remedy: '요청마다 새 값이 생기는 레이블을 없애고, 프로세스마다 따로 스크랩하세요.',
    },
    'review/samples-refused': {
      what: 'Prometheus가 샘플을 거부합니다: {metric} = {count}',
      remedy: '레이블이 같은 두 대상이 있는지, 엔드포인트가 직접 타임스탬프를 쓰는지 보세요.',
    },
  },
)
