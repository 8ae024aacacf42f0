import { CheckSet } from '../../finding/check-set.js'

/** Findings about prometheus.yml and what runs of it. */
export const configuration = new CheckSet(
  {
    'prometheus-yml/missing': { severity: 'error' },
    'prometheus-yml/reload-failed': { severity: 'error' },
    'prometheus-yml/not-loaded': { severity: 'error' },
  },
  {
    'prometheus-yml/missing': {
      what: 'there is no such file',
      remedy:
        'Correct --config, or leave it out: deploy/prometheus.yml and prometheus.yml are found by themselves.',
    },
    'prometheus-yml/reload-failed': {
      what: 'Prometheus refused its configuration at the last reload and runs the one before',
      remedy:
        'Run promtool check config on {file}, correct what it names, and reload: curl -X POST {url}/-/reload.',
    },
    'prometheus-yml/not-loaded': {
      what: 'Prometheus runs something else in {count} places: {path} is {inFile} in the file and {running} there',
      remedy:
        'Reload it: curl -X POST {url}/-/reload, or kill -HUP; if it runs another file ({runs}), name that one with --config.',
    },
  },
  {
    'prometheus-yml/missing': {
      what: '그런 파일이 없습니다',
      remedy: '--config를 고치거나 빼세요. deploy/prometheus.yml과 prometheus.yml은 저절로 찾습니다.',
    },
    'prometheus-yml/reload-failed': {
      what: '마지막으로 다시 읽을 때 Prometheus가 설정을 거부하고 이전 설정으로 실행 중입니다',
      remedy: '{file}에 promtool check config를 실행해 고친 뒤 다시 읽히세요: curl -X POST {url}/-/reload',
    },
    'prometheus-yml/not-loaded': {
      what: 'Prometheus가 {count}곳에서 다르게 실행 중입니다: {path}이(가) 파일에는 {inFile}, 실행 중에는 {running}',
      remedy:
        '다시 읽히세요: curl -X POST {url}/-/reload 또는 kill -HUP. 다른 파일({runs})을 쓴다면 그것을 --config로 지정하세요.',
    },
  },
)
