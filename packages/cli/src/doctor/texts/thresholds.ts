import { CheckSet } from '../../finding/check-set.js'

const alerting = 'https://prometheus.io/docs/practices/alerting/'

/** Findings about how alerts and what was observed fit together. */
export const thresholds = new CheckSet(
  {
    'thresholds/stale': { severity: 'warning', link: alerting },
    'thresholds/noisy': { severity: 'warning', link: alerting },
    'thresholds/flapping': { severity: 'warning', link: alerting },
    'thresholds/beyond-buckets': {
      severity: 'error',
      link: 'https://prometheus.io/docs/practices/histograms/',
    },
    'thresholds/impossible-ratio': { severity: 'error' },
  },
  {
    'thresholds/stale': {
      what: 'the alert {alert} has been firing for {age}',
      remedy: 'Mend its cause, or raise its threshold to what is really bad: {query}',
    },
    'thresholds/noisy': {
      what: 'the alert {alert} is active {count} times at once, expected at most {most}',
      remedy: 'Aggregate in its expression (sum by (job) …), so that one trouble is one alert: {query}',
    },
    'thresholds/flapping': {
      what: 'the alert {alert} became active {count} times within a day, expected at most {most}',
      remedy: 'Give it a longer "for", keep_firing_for, or a longer window in its rate: {query}',
    },
    'thresholds/beyond-buckets': {
      what: 'the alert {alert} fires above {threshold} s and the highest bucket of {metric} ends at {bound}: it never can',
      remedy: 'Lower the threshold to at most {bound}, or give {metric} a bucket above {threshold}.',
    },
    'thresholds/impossible-ratio': {
      what: 'the alert {alert} waits for a ratio above {threshold}, which no share of the whole reaches',
      remedy: 'Write the threshold as a ratio from 0 to 1: 5 % is 0.05.',
    },
  },
  {
    'thresholds/stale': {
      what: '알림 {alert}이(가) {age} 동안 울리고 있습니다',
      remedy: '원인을 고치거나, 정말 나쁜 값으로 임계값을 올리세요: {query}',
    },
    'thresholds/noisy': {
      what: '알림 {alert}이(가) 한꺼번에 {count}개 활성입니다. {most}개 이하여야 합니다',
      remedy: '문제 하나가 알림 하나가 되도록 식에서 집계하세요 (sum by (job) …): {query}',
    },
    'thresholds/flapping': {
      what: '알림 {alert}이(가) 하루에 {count}번 활성이 되었습니다. {most}번 이하여야 합니다',
      remedy: '"for"를 늘리거나 keep_firing_for를 쓰거나 rate의 구간을 늘리세요: {query}',
    },
    'thresholds/beyond-buckets': {
      what: '알림 {alert}은(는) {threshold}초를 넘으면 울리는데 {metric}의 가장 높은 버킷이 {bound}에서 끝납니다. 절대 울릴 수 없습니다',
      remedy: '임계값을 {bound} 이하로 낮추거나 {metric}에 {threshold}보다 큰 버킷을 넣으세요.',
    },
    'thresholds/impossible-ratio': {
      what: '알림 {alert}은(는) 비율이 {threshold}을(를) 넘기를 기다리는데, 전체의 몫은 거기에 닿지 않습니다',
      remedy: '임계값을 0에서 1 사이의 비율로 쓰세요. 5 %는 0.05입니다.',
    },
  },
)
