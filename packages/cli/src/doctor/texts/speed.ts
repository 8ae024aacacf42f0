import { CheckSet } from '../../finding/check-set.js'

/** Findings about how long scrapes, rules and queries take. */
export const speed = new CheckSet(
  {
    'speed/scrape': { severity: 'warning' },
    'speed/answer': { severity: 'warning' },
    'speed/rules': { severity: 'warning' },
    'speed/rules-missed': { severity: 'error' },
    'speed/queries': { severity: 'warning' },
  },
  {
    'speed/scrape': {
      what: 'the last scrape of {url} took {seconds} s of its interval of {interval}',
      remedy:
        'Expose less (fewer labels and buckets), make collectors quicker, or raise scrape_interval of the job {job}.',
    },
    'speed/answer': {
      what: 'took {seconds} s to answer, expected less than half the scrape timeout ({timeout} s)',
      remedy: 'Look for a collector that waits, for a blocked event loop, or for too many series.',
    },
    'speed/rules': {
      what: 'the group {group} takes {seconds} s to evaluate, of its interval of {interval} s',
      remedy: 'Split the group, or record what its slowest rule computes: {slowest} takes {share} s.',
    },
    'speed/rules-missed': {
      what: 'skipped {count} evaluations of rules because the ones before were not done',
      remedy: 'Raise the interval of slow groups, split them, or record what they compute again and again.',
    },
    'speed/queries': {
      what: '{running} queries run at once, of {most} that may',
      remedy: 'Let dashboards use recorded results, refresh less often, or raise --query.max-concurrency.',
    },
  },
  {
    'speed/scrape': {
      what: '{url}의 마지막 스크랩이 간격 {interval} 가운데 {seconds}초 걸렸습니다',
      remedy:
        '노출을 줄이거나(레이블, 버킷), 수집기를 빠르게 하거나, 작업 {job}의 scrape_interval을 늘리세요.',
    },
    'speed/answer': {
      what: '응답에 {seconds}초 걸렸습니다. 스크랩 제한 시간({timeout}초)의 절반보다 짧아야 합니다',
      remedy: '기다리는 수집기, 막힌 이벤트 루프, 너무 많은 시계열을 찾아보세요.',
    },
    'speed/rules': {
      what: '그룹 {group}의 평가가 간격 {interval}초 가운데 {seconds}초 걸립니다',
      remedy:
        '그룹을 나누거나 가장 느린 규칙이 계산하는 것을 기록하세요: {slowest}이(가) {share}초 걸립니다.',
    },
    'speed/rules-missed': {
      what: '앞선 평가가 끝나지 않아 규칙 평가를 {count}번 건너뛰었습니다',
      remedy: '느린 그룹의 간격을 늘리거나 나누거나, 거듭 계산하는 것을 기록하세요.',
    },
    'speed/queries': {
      what: '쿼리 {running}개가 동시에 실행 중이며 한도는 {most}개입니다',
      remedy:
        '대시보드가 기록된 결과를 쓰게 하거나, 새로 고침을 줄이거나, --query.max-concurrency를 올리세요.',
    },
  },
)
