import { CheckSet } from '../../finding/check-set.js'

/** Findings about prometheus.yml and what runs of it. */
export const configuration = new CheckSet(
  {
    'prometheus-yml/missing': { severity: 'error' },
    'prometheus-yml/reload-failed': { severity: 'error' },
    'prometheus-yml/not-loaded': { severity: 'error' },
    'prometheus-yml/headers-not-sent': { severity: 'warning' },
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
    'prometheus-yml/headers-not-sent': {
      what: 'remote_write to {target} has headers ({headers}), which the build {version} of Prometheus does not send',
      remedy:
        'Run the release or the image of Prometheus itself: the builds in Debian leave headers out (prometheus/prometheus#13030), and the receiver takes the samples for another tenant or refuses them.',
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
    'prometheus-yml/headers-not-sent': {
      what: '{target}(으)로 가는 remote_write에 헤더({headers})가 있지만 Prometheus의 {version} 빌드는 보내지 않습니다',
      remedy:
        'Prometheus가 배포하는 릴리스나 이미지를 쓰세요. Debian의 빌드는 헤더를 빠뜨려(prometheus/prometheus#13030), 받는 쪽이 다른 테넌트의 샘플로 받거나 거부합니다.',
    },
  },
)
