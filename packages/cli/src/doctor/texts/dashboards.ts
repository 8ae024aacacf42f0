import { CheckSet } from '../../finding/check-set.js'

/** Findings about dashboards and the Grafana that shows them. */
export const dashboards = new CheckSet(
  {
    'dashboards/none': { severity: 'error' },
    'dashboards/not-json': { severity: 'error' },
    'dashboards/foreign': { severity: 'warning' },
    'dashboards/no-query': { severity: 'warning' },
    'dashboards/grafana-unreachable': { severity: 'error' },
    'dashboards/not-grafana': { severity: 'error' },
    'dashboards/no-datasource': { severity: 'error' },
    'dashboards/other-datasource': { severity: 'warning' },
  },
  {
    'dashboards/none': {
      what: 'no dashboard in {places}',
      remedy:
        'Name the folder that Grafana reads with --dashboards DIR, or write dashboards with telltale init.',
    },
    'dashboards/not-json': {
      what: 'is not JSON: {error}',
      remedy: 'Export the dashboard from Grafana again (Share, Export), or correct what the message names.',
    },
    'dashboards/foreign': {
      what: 'is a dashboard of {tool}, which Grafana does not read',
      remedy: 'Take it out of the folder that Grafana reads, or build it anew in Grafana and export that.',
    },
    'dashboards/no-query': {
      what: 'the dashboard "{title}" asks Prometheus for nothing',
      remedy: 'Give its panels queries (targets with an expr), or take it out.',
    },
    'dashboards/grafana-unreachable': {
      what: 'Grafana does not answer: {detail}',
      remedy: 'Start it, or correct --grafana (3000 or 3001, mostly).',
    },
    'dashboards/not-grafana': {
      what: 'is no Grafana: /api/health gave {evidence}',
      remedy: 'Correct the address in --grafana, with its path where it is served below one.',
    },
    'dashboards/no-datasource': {
      what: 'Grafana has no data source of the type prometheus',
      remedy: 'Provision one: datasources, type: prometheus, url: {url}.',
    },
    'dashboards/other-datasource': {
      what: 'no data source of Grafana leads to {url}; they lead to {found}',
      remedy:
        'Correct the url of the data source, or look at the Prometheus that it names with --prometheus.',
    },
  },
  {
    'dashboards/none': {
      what: '{places} 에 대시보드가 없습니다',
      remedy: 'Grafana가 읽는 폴더를 --dashboards DIR로 지정하거나 telltale init으로 대시보드를 만드세요.',
    },
    'dashboards/not-json': {
      what: 'JSON이 아닙니다: {error}',
      remedy: 'Grafana에서 다시 내보내거나(공유, 내보내기) 메시지가 말하는 곳을 고치세요.',
    },
    'dashboards/foreign': {
      what: '{tool}의 대시보드라서 Grafana가 읽지 못합니다',
      remedy: 'Grafana가 읽는 폴더에서 빼거나, Grafana에서 새로 만들어 내보내세요.',
    },
    'dashboards/no-query': {
      what: '대시보드 "{title}"이(가) Prometheus에 아무것도 묻지 않습니다',
      remedy: '패널에 쿼리(expr이 있는 targets)를 넣거나 빼세요.',
    },
    'dashboards/grafana-unreachable': {
      what: 'Grafana가 응답하지 않습니다: {detail}',
      remedy: '시작하거나 --grafana를 고치세요(대개 3000이나 3001).',
    },
    'dashboards/not-grafana': {
      what: 'Grafana가 아닙니다: /api/health 응답은 {evidence}',
      remedy: '--grafana의 주소를 고치세요. 경로 아래에서 서비스한다면 그 경로까지 주세요.',
    },
    'dashboards/no-datasource': {
      what: 'Grafana에 prometheus 형식의 데이터 소스가 없습니다',
      remedy: '하나를 프로비저닝하세요: datasources, type: prometheus, url: {url}',
    },
    'dashboards/other-datasource': {
      what: '{url}(으)로 이어지는 데이터 소스가 Grafana에 없습니다. 있는 것은 {found}',
      remedy: '데이터 소스의 url을 고치거나, 그것이 말하는 Prometheus를 --prometheus로 살펴보세요.',
    },
  },
)
