import { CheckSet } from '../../finding/check-set.js'

const formats = 'https://prometheus.io/docs/instrumenting/exposition_formats/'

/** Findings about the address where the application shows its metrics. */
export const exposure = new CheckSet(
  {
    'exposure/unreachable': { severity: 'error' },
    'exposure/timeout': { severity: 'error' },
    'exposure/login': { severity: 'error' },
    'exposure/not-found': { severity: 'error' },
    'exposure/fails': { severity: 'error' },
    'exposure/web-page': { severity: 'error' },
    'exposure/unreadable': { severity: 'error', link: formats },
    'exposure/too-large': { severity: 'error' },
    'exposure/empty': { severity: 'error' },
    'exposure/of-prometheus': { severity: 'error' },
    'exposure/content-type': { severity: 'warning', link: formats },
    'exposure/large': { severity: 'warning' },
    'exposure/open': { severity: 'info', link: 'https://prometheus.io/docs/operating/security/' },
  },
  {
    'exposure/unreachable': {
      what: 'got no answer: {detail}',
      remedy:
        'Start the application with its MetricsServer, or say where its metrics are: --metrics http://HOST:PORT/metrics.',
    },
    'exposure/timeout': {
      what: 'got no answer within {detail}',
      remedy:
        'Look for a collector that waits or an event loop that is blocked; --timeout SECONDS waits longer.',
    },
    'exposure/login': {
      what: 'asks for a login: got {status}',
      remedy:
        'Set METRICS_TOKEN, or METRICS_USERNAME and METRICS_PASSWORD, and give Prometheus the same in ' +
        'scrape_configs: authorization or basic_auth with a file.',
    },
    'exposure/not-found': {
      what: 'got {evidence}, expected 200',
      remedy: 'Correct the path in --metrics: it is /metrics with MetricsServer and MetricsRoutes.',
    },
    'exposure/fails': {
      what: 'got {evidence}: {beginning}',
      remedy: 'Look at the log of the application: what makes the metrics throws there.',
    },
    'exposure/web-page': {
      what: 'got a web page ({evidence}), expected metrics',
      remedy:
        'Correct the address in --metrics: it is the port of the MetricsServer, not that of the application; a ' +
        'single-page application answers every path with its page.',
    },
    'exposure/unreadable': {
      what: 'cannot be read: {fault}',
      remedy:
        'Make the endpoint write what it declares ({contentType}): Prometheus refuses the whole scrape over one line.',
    },
    'exposure/too-large': {
      what: 'got more than {megabytes} MB, and stopped reading there after {seconds} s',
      remedy:
        'Remove the label that has no bound: telltale lint on a saved part of the answer names it; set body_size_limit ' +
        'in scrape_configs to protect Prometheus.',
    },
    'exposure/empty': {
      what: 'has no metric',
      remedy:
        'Build a PrometheusClient or MetricsMiddleware in the process that serves this, with the same registry.',
    },
    'exposure/of-prometheus': {
      what: 'shows the metrics of a Prometheus ({metric}), not those of an application',
      remedy:
        'Port 9090 is also the default of Prometheus: start Prometheus with --web.listen-address=127.0.0.1:9091, or give ' +
        'the address of the application as --metrics.',
    },
    'exposure/content-type': {
      what: 'has the Content-Type {got}, expected text/plain; version=0.0.4; charset=utf-8',
      remedy:
        'Send the Content-Type that the registry names: Prometheus 3 refuses a scrape without a known one, unless ' +
        'fallback_scrape_protocol is set.',
    },
    'exposure/large': {
      what: 'is {megabytes} MB with {series} series, expected at most 5 MB',
      remedy: 'Remove labels or metrics that nobody asks for: {largest} has the most series ({count}).',
    },
    'exposure/open': {
      what: 'answers without a login on {host}, which is not this machine',
      remedy: 'Keep it inside an internal network, or set a login: metrics tell routes, traffic and revenue.',
    },
  },
  {
    'exposure/unreachable': {
      what: '응답이 없습니다: {detail}',
      remedy:
        'MetricsServer와 함께 애플리케이션을 시작하거나 메트릭 주소를 알려 주세요: --metrics http://HOST:PORT/metrics',
    },
    'exposure/timeout': {
      what: '{detail} 안에 응답이 없습니다',
      remedy: '기다리는 수집기나 막힌 이벤트 루프를 찾아보세요. --timeout SECONDS로 더 기다릴 수 있습니다.',
    },
    'exposure/login': {
      what: '로그인이 필요합니다: 상태 {status}',
      remedy:
        'METRICS_TOKEN, 또는 METRICS_USERNAME과 METRICS_PASSWORD를 설정하고, Prometheus에도 scrape_configs의 authorization이나 basic_auth에 파일로 같은 것을 주세요.',
    },
    'exposure/not-found': {
      what: '응답은 {evidence}, 200이어야 합니다',
      remedy: '--metrics의 경로를 바로잡으세요. MetricsServer와 MetricsRoutes에서는 /metrics입니다.',
    },
    'exposure/fails': {
      what: '응답은 {evidence}: {beginning}',
      remedy: '애플리케이션의 로그를 보세요. 메트릭을 만드는 쪽에서 예외가 납니다.',
    },
    'exposure/web-page': {
      what: '메트릭이 아니라 웹 페이지입니다 ({evidence})',
      remedy:
        '--metrics의 주소를 바로잡으세요. 애플리케이션이 아니라 MetricsServer의 포트여야 합니다. SPA는 모든 경로에 자기 페이지를 답합니다.',
    },
    'exposure/unreadable': {
      what: '읽을 수 없습니다: {fault}',
      remedy: '선언한 형식({contentType})대로 쓰게 하세요. Prometheus는 한 줄 때문에 스크랩 전체를 버립니다.',
    },
    'exposure/too-large': {
      what: '{megabytes} MB가 넘어 {seconds}초 만에 읽기를 멈췄습니다',
      remedy:
        '값의 한도가 없는 레이블을 없애세요. 응답의 일부를 저장해 telltale lint로 보면 이름이 나옵니다. scrape_configs의 body_size_limit로 Prometheus를 지키세요.',
    },
    'exposure/empty': {
      what: '메트릭이 하나도 없습니다',
      remedy:
        '이 주소를 서비스하는 프로세스에서 같은 레지스트리로 PrometheusClient나 MetricsMiddleware를 만드세요.',
    },
    'exposure/of-prometheus': {
      what: '애플리케이션이 아니라 Prometheus의 메트릭입니다 ({metric})',
      remedy:
        '9090은 Prometheus의 기본 포트이기도 합니다. Prometheus를 --web.listen-address=127.0.0.1:9091로 시작하거나 애플리케이션의 주소를 --metrics로 주세요.',
    },
    'exposure/content-type': {
      what: 'Content-Type이 {got}입니다. text/plain; version=0.0.4; charset=utf-8이어야 합니다',
      remedy:
        '레지스트리가 말하는 Content-Type을 보내세요. Prometheus 3은 fallback_scrape_protocol이 없으면 모르는 형식의 스크랩을 거부합니다.',
    },
    'exposure/large': {
      what: '{megabytes} MB, 시계열 {series}개입니다. 5 MB 이하여야 합니다',
      remedy:
        '아무도 묻지 않는 레이블이나 메트릭을 없애세요. 시계열이 가장 많은 것은 {largest}({count}개)입니다.',
    },
    'exposure/open': {
      what: '이 기계가 아닌 {host}에서 로그인 없이 응답합니다',
      remedy: '내부망 안에 두거나 로그인을 설정하세요. 메트릭은 경로, 트래픽, 매출을 알려 줍니다.',
    },
  },
)
