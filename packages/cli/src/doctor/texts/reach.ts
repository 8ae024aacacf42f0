import { CheckSet } from '../../finding/check-set.js'

/** Findings about the way from Prometheus to the metrics of the application. */
export const reach = new CheckSet(
  {
    'reach/no-target': { severity: 'error' },
    'reach/dropped': { severity: 'error' },
    'reach/refused': { severity: 'error' },
    'reach/unknown-host': { severity: 'error' },
    'reach/timeout': { severity: 'error' },
    'reach/path': { severity: 'error' },
    'reach/login': { severity: 'error' },
    'reach/scheme': { severity: 'error' },
    'reach/limit': { severity: 'error' },
    'reach/unreadable': { severity: 'error' },
    'reach/down': { severity: 'error' },
    'reach/nothing-kept': { severity: 'error' },
  },
  {
    'reach/no-target': {
      what: 'no target of Prometheus has port {port} and path {path}; it has {targets}',
      remedy:
        'Add the application to prometheus.yml: scrape_configs, static_configs, targets: ["{host}"]; then reload.',
    },
    'reach/dropped': {
      what: 'Prometheus finds {host} and drops it by relabel_configs of the job {job}',
      remedy:
        'Correct the keep or drop rule in relabel_configs of that job: its regex has to match the whole value.',
    },
    'reach/refused': {
      what: 'Prometheus cannot connect to {url}: {error}',
      remedy:
        'Let the MetricsServer listen where Prometheus can reach it (host: "0.0.0.0" or an internal address), or correct ' +
        'the target; inside a container localhost is the container.',
    },
    'reach/unknown-host': {
      what: 'Prometheus does not know the host of {url}: {error}',
      remedy:
        'Correct the host of the target; in Docker Compose and Kubernetes it is the name of the service.',
    },
    'reach/timeout': {
      what: 'Prometheus gives up on {url} after {timeout}',
      remedy:
        'Make the scrape quicker (collectors, series), or raise scrape_timeout up to scrape_interval of the job.',
    },
    'reach/path': {
      what: 'Prometheus gets {error} from {url}',
      remedy: 'Set metrics_path of the job to the path that answers: {path}.',
    },
    'reach/login': {
      what: 'Prometheus gets {error} from {url}',
      remedy:
        'Give the job the login: authorization with credentials_file, or basic_auth with password_file.',
    },
    'reach/scheme': {
      what: 'Prometheus and {url} do not agree about TLS: {error}',
      remedy: 'Set scheme of the job to what the endpoint speaks (http or https), and ca_file in tls_config.',
    },
    'reach/limit': {
      what: 'Prometheus throws away what {url} gives: {error}',
      remedy: 'Expose fewer series, or raise sample_limit, label_limit or body_size_limit of the job.',
    },
    'reach/unreadable': {
      what: 'Prometheus cannot read what {url} gives: {error}',
      remedy: 'Correct what the endpoint writes: telltale lint {url} names the line.',
    },
    'reach/down': {
      what: 'the target {url} is {health}: {error}',
      remedy: 'Look at the error, correct the target or the application, and wait for the next scrape.',
    },
    'reach/nothing-kept': {
      what: 'Prometheus scrapes {samples} samples of {instance} and keeps none',
      remedy: 'Correct metric_relabel_configs of the job {job}: its keep or drop rule removes everything.',
    },
  },
  {
    'reach/no-target': {
      what: '포트 {port}, 경로 {path}인 대상이 Prometheus에 없습니다. 있는 것은 {targets}',
      remedy: 'prometheus.yml의 scrape_configs, static_configs에 targets: ["{host}"]를 넣고 다시 읽히세요.',
    },
    'reach/dropped': {
      what: 'Prometheus가 {host}를 찾지만 작업 {job}의 relabel_configs로 버립니다',
      remedy: '그 작업의 relabel_configs에서 keep이나 drop 규칙을 고치세요. regex는 값 전체와 맞아야 합니다.',
    },
    'reach/refused': {
      what: 'Prometheus가 {url}에 연결하지 못합니다: {error}',
      remedy:
        'MetricsServer가 Prometheus가 닿는 주소(host: "0.0.0.0"이나 내부 주소)에서 듣게 하거나 대상을 고치세요. 컨테이너 안의 localhost는 그 컨테이너입니다.',
    },
    'reach/unknown-host': {
      what: 'Prometheus가 {url}의 호스트를 모릅니다: {error}',
      remedy: '대상의 호스트를 고치세요. Docker Compose와 Kubernetes에서는 서비스 이름입니다.',
    },
    'reach/timeout': {
      what: 'Prometheus가 {timeout} 뒤에 {url}을(를) 포기합니다',
      remedy: '스크랩을 빠르게 하거나(수집기, 시계열), 작업의 scrape_timeout을 scrape_interval까지 올리세요.',
    },
    'reach/path': {
      what: 'Prometheus가 {url}에서 받은 것: {error}',
      remedy: '작업의 metrics_path를 응답하는 경로로 바꾸세요: {path}',
    },
    'reach/login': {
      what: 'Prometheus가 {url}에서 받은 것: {error}',
      remedy:
        '작업에 로그인을 주세요: credentials_file이 있는 authorization, 또는 password_file이 있는 basic_auth',
    },
    'reach/scheme': {
      what: 'Prometheus와 {url}의 TLS 사용이 다릅니다: {error}',
      remedy: '작업의 scheme을 엔드포인트가 쓰는 것(http, https)으로, tls_config에는 ca_file을 주세요.',
    },
    'reach/limit': {
      what: 'Prometheus가 {url}의 내용을 버립니다: {error}',
      remedy: '시계열을 줄이거나 작업의 sample_limit, label_limit, body_size_limit를 올리세요.',
    },
    'reach/unreadable': {
      what: 'Prometheus가 {url}의 내용을 읽지 못합니다: {error}',
      remedy: '엔드포인트가 쓰는 내용을 고치세요. telltale lint {url} 이 줄을 알려 줍니다.',
    },
    'reach/down': {
      what: '대상 {url}의 상태가 {health}입니다: {error}',
      remedy: '오류를 보고 대상이나 애플리케이션을 고친 뒤 다음 스크랩을 기다리세요.',
    },
    'reach/nothing-kept': {
      what: 'Prometheus가 {instance}에서 샘플 {samples}개를 긁지만 하나도 남기지 않습니다',
      remedy: '작업 {job}의 metric_relabel_configs를 고치세요. keep이나 drop 규칙이 모두 없앱니다.',
    },
  },
)
