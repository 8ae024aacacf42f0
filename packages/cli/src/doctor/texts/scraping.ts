import { CheckSet } from '../../finding/check-set.js'

/** Findings about the targets of Prometheus. */
export const scraping = new CheckSet(
  {
    'scraping/no-target': { severity: 'error' },
    'scraping/target-down': { severity: 'error' },
    'scraping/job-dropped': { severity: 'error' },
    'scraping/job-empty': { severity: 'warning' },
    'scraping/interval-gaps': { severity: 'error' },
    'scraping/interval-long': { severity: 'warning' },
    'scraping/pushgateway-labels': {
      severity: 'warning',
      link: 'https://prometheus.io/docs/practices/pushing/',
    },
    'scraping/pushgateway-stale': {
      severity: 'warning',
      link: 'https://prometheus.io/docs/practices/pushing/',
    },
  },
  {
    'scraping/no-target': {
      what: 'has no target at all',
      remedy: 'Add scrape_configs with the application as a target to prometheus.yml, and reload it.',
    },
    'scraping/target-down': {
      what: 'the target {url} of the job {job} is down: {error}',
      remedy:
        'Start what should answer there, correct its address in the job {job}, or take it out of prometheus.yml.',
    },
    'scraping/job-dropped': {
      what: 'the job {job} finds {count} targets and drops them all',
      remedy:
        'Correct relabel_configs of the job {job}: keep needs a regex that matches the whole value of source_labels.',
    },
    'scraping/job-empty': {
      what: 'the job {job} finds no target',
      remedy: 'Correct its discovery (file_sd_configs, the names in dns_sd_configs, …), or take the job out.',
    },
    'scraping/interval-gaps': {
      what: 'the job {job} is scraped every {interval}, expected less than 5m',
      remedy:
        'Set scrape_interval of the job {job} to 15s or 1m: after 5m without a sample a series counts as gone.',
    },
    'scraping/interval-long': {
      what: 'the job {job} is scraped every {interval}, expected at most 2m',
      remedy:
        'Set scrape_interval of the job {job} to 1m or less: one scrape that fails makes a gap otherwise.',
    },
    'scraping/pushgateway-labels': {
      what: 'the job {job} is a Pushgateway and hides the jobs that pushed: they are in exported_job',
      remedy: 'Set honor_labels: true in the job {job}.',
    },
    'scraping/pushgateway-stale': {
      what: 'the group {group} in the Pushgateway was last pushed {age} ago',
      remedy:
        'Let the job delete its group when it is over, or find out why it no longer runs: old values look like new ones.',
    },
  },
  {
    'scraping/no-target': {
      what: '대상이 하나도 없습니다',
      remedy: 'prometheus.yml에 애플리케이션을 대상으로 하는 scrape_configs를 넣고 다시 읽히세요.',
    },
    'scraping/target-down': {
      what: '작업 {job}의 대상 {url}이(가) 내려가 있습니다: {error}',
      remedy: '그 주소에서 응답할 것을 시작하거나, 작업 {job}의 주소를 고치거나, prometheus.yml에서 빼세요.',
    },
    'scraping/job-dropped': {
      what: '작업 {job}이(가) 대상 {count}개를 찾아 모두 버립니다',
      remedy:
        '작업 {job}의 relabel_configs를 고치세요. keep의 regex는 source_labels 값 전체와 맞아야 합니다.',
    },
    'scraping/job-empty': {
      what: '작업 {job}이(가) 대상을 찾지 못합니다',
      remedy: '발견 설정(file_sd_configs, dns_sd_configs의 이름 등)을 고치거나 작업을 빼세요.',
    },
    'scraping/interval-gaps': {
      what: '작업 {job}의 스크랩 간격이 {interval}입니다. 5m보다 짧아야 합니다',
      remedy:
        '작업 {job}의 scrape_interval을 15s나 1m로 하세요. 5분 동안 샘플이 없으면 시계열이 사라진 것으로 봅니다.',
    },
    'scraping/interval-long': {
      what: '작업 {job}의 스크랩 간격이 {interval}입니다. 2m 이하여야 합니다',
      remedy: '작업 {job}의 scrape_interval을 1m 이하로 하세요. 스크랩이 한 번만 실패해도 빈틈이 생깁니다.',
    },
    'scraping/pushgateway-labels': {
      what: '작업 {job}은(는) Pushgateway인데 보낸 작업의 이름을 exported_job에 숨깁니다',
      remedy: '작업 {job}에 honor_labels: true를 넣으세요.',
    },
    'scraping/pushgateway-stale': {
      what: 'Pushgateway의 그룹 {group}을(를) 마지막으로 보낸 지 {age} 지났습니다',
      remedy:
        '작업이 끝나면 그룹을 지우게 하거나, 왜 더는 돌지 않는지 찾으세요. 오래된 값이 새 값처럼 보입니다.',
    },
  },
)
