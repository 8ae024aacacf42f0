import { CheckSet } from '../../finding/check-set.js'

/** Findings about the server itself. */
export const server = new CheckSet(
  {
    'server/refused': { severity: 'error' },
    'server/unknown-host': { severity: 'error' },
    'server/timeout': { severity: 'error' },
    'server/tls': { severity: 'error' },
    'server/unreachable': { severity: 'error' },
    'server/login': { severity: 'error' },
    'server/is-alertmanager': { severity: 'error' },
    'server/is-grafana': { severity: 'error' },
    'server/is-metrics': { severity: 'error' },
    'server/prefix': { severity: 'error' },
    'server/not-prometheus': { severity: 'error' },
    'server/not-ready': { severity: 'error' },
    'server/old-version': { severity: 'warning' },
    'server/clock': { severity: 'warning' },
    'server/agent': { severity: 'info' },
    'server/other-product': { severity: 'info' },
    'server/admin-api': { severity: 'warning', link: 'https://prometheus.io/docs/operating/security/' },
    'server/lifecycle': { severity: 'warning', link: 'https://prometheus.io/docs/operating/security/' },
    'server/external-url': { severity: 'info' },
  },
  {
    'server/refused': {
      what: 'nothing listens there ({detail})',
      remedy:
        'Start Prometheus, or say where it is: --prometheus http://HOST:PORT, or PROMETHEUS_URL.{elsewhere}',
    },
    'server/unknown-host': {
      what: 'the host name is not known ({detail})',
      remedy: 'Correct the host in --prometheus; inside containers it is the name of the service.',
    },
    'server/timeout': {
      what: 'got no answer within {detail}',
      remedy: 'Look whether Prometheus is overloaded or behind a firewall; --timeout SECONDS waits longer.',
    },
    'server/tls': {
      what: 'TLS does not work out: {detail}',
      remedy:
        'Name the authority that signed the certificate in NODE_EXTRA_CA_CERTS, or use http:// if it speaks no TLS.',
    },
    'server/unreachable': {
      what: 'got no answer: {detail}',
      remedy: 'Check the address in --prometheus, and that what is there speaks HTTP.',
    },
    'server/login': {
      what: 'asks for a login: got {status}',
      remedy:
        'Set PROMETHEUS_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD, or name a file with --credentials FILE.',
    },
    'server/is-alertmanager': {
      what: 'is an Alertmanager, not Prometheus: {path} gave {evidence}',
      remedy:
        'Give this address as --alertmanager, and that of Prometheus (9090 or 9091, mostly) as --prometheus.',
    },
    'server/is-grafana': {
      what: 'is a Grafana, not Prometheus: {path} gave {evidence}',
      remedy:
        'Give this address as --grafana, and that of Prometheus (9090 or 9091, mostly) as --prometheus.',
    },
    'server/is-metrics': {
      what: 'serves metrics and is not Prometheus: {path} gave {evidence}',
      remedy: 'Give this address with /metrics as --metrics, and that of Prometheus as --prometheus.',
    },
    'server/prefix': {
      what: 'has its API below /prometheus: {path} gave {evidence}',
      remedy: 'Put /prometheus behind the address: --prometheus {url}/prometheus',
    },
    'server/not-prometheus': {
      what: 'is no Prometheus: {path} gave {evidence}, expected JSON',
      remedy:
        'Give the address of Prometheus itself, with its path where --web.route-prefix is set; a login page of a proxy ' +
        'needs credentials (--credentials FILE).',
    },
    'server/not-ready': {
      what: 'answers and is not ready: /-/ready gave {status}',
      remedy: 'Wait while it reads its write-ahead log; if that does not end, look at the log of Prometheus.',
    },
    'server/old-version': {
      what: 'is version {version}, expected 2.42 or later',
      remedy:
        'Upgrade Prometheus: older versions get no fixes, and rules and configuration are made for 2.42 and later.',
    },
    'server/clock': {
      what: 'its clock is {seconds} s away from the one here',
      remedy:
        'Let both machines keep time by NTP: queries up to "now" miss samples, and alerts are late by that much.',
    },
    'server/agent': {
      what: 'runs as an agent: it scrapes and forwards, and has no queries, rules or alerts',
      remedy: 'Look at the server that it writes to as well: --prometheus with the address of that one.',
    },
    'server/other-product': {
      what: 'is {name} {version}',
      remedy:
        'What it does not offer is left out below; give the Prometheus that scrapes as --prometheus to see the rest.',
    },
    'server/admin-api': {
      what: 'anybody who reaches {address} may delete data: --web.enable-admin-api is set',
      remedy:
        'Leave --web.enable-admin-api out, or listen on 127.0.0.1, or set a login with --web.config.file.',
    },
    'server/lifecycle': {
      what: 'anybody who reaches {address} may stop it: --web.enable-lifecycle is set',
      remedy:
        'Listen on 127.0.0.1, set a login with --web.config.file, or reload with SIGHUP and leave the flag out.',
    },
    'server/external-url': {
      what: 'links in its alerts lead to {url}, which is made from the host name',
      remedy: 'Start it with --web.external-url=http://ADDRESS:PORT/ that readers of alerts can open.',
    },
  },
  {
    'server/refused': {
      what: '그 주소에서 아무것도 응답하지 않습니다 ({detail})',
      remedy:
        'Prometheus를 시작하거나 주소를 알려 주세요: --prometheus http://HOST:PORT 또는 PROMETHEUS_URL.{elsewhere}',
    },
    'server/unknown-host': {
      what: '호스트 이름을 찾을 수 없습니다 ({detail})',
      remedy: '--prometheus의 호스트를 바로잡으세요. 컨테이너 안에서는 서비스 이름이 호스트입니다.',
    },
    'server/timeout': {
      what: '{detail} 안에 응답이 없습니다',
      remedy:
        'Prometheus가 과부하이거나 방화벽 뒤에 있는지 보세요. --timeout SECONDS로 더 기다릴 수 있습니다.',
    },
    'server/tls': {
      what: 'TLS 연결이 되지 않습니다: {detail}',
      remedy:
        '인증서에 서명한 기관을 NODE_EXTRA_CA_CERTS에 넣거나, TLS를 쓰지 않는 서버라면 http://를 쓰세요.',
    },
    'server/unreachable': {
      what: '응답이 없습니다: {detail}',
      remedy: '--prometheus의 주소와, 그 서버가 HTTP를 쓰는지 확인하세요.',
    },
    'server/login': {
      what: '로그인이 필요합니다: 상태 {status}',
      remedy:
        'PROMETHEUS_TOKEN, 또는 PROMETHEUS_USERNAME과 PROMETHEUS_PASSWORD를 설정하거나 --credentials FILE로 파일을 지정하세요.',
    },
    'server/is-alertmanager': {
      what: 'Prometheus가 아니라 Alertmanager입니다: {path} 응답은 {evidence}',
      remedy: '이 주소는 --alertmanager에, Prometheus의 주소(대개 9090이나 9091)는 --prometheus에 주세요.',
    },
    'server/is-grafana': {
      what: 'Prometheus가 아니라 Grafana입니다: {path} 응답은 {evidence}',
      remedy: '이 주소는 --grafana에, Prometheus의 주소(대개 9090이나 9091)는 --prometheus에 주세요.',
    },
    'server/is-metrics': {
      what: '메트릭을 노출하는 주소이며 Prometheus가 아닙니다: {path} 응답은 {evidence}',
      remedy: '이 주소에 /metrics를 붙여 --metrics에, Prometheus의 주소는 --prometheus에 주세요.',
    },
    'server/prefix': {
      what: 'API가 /prometheus 아래에 있습니다: {path} 응답은 {evidence}',
      remedy: '주소 뒤에 /prometheus를 붙이세요: --prometheus {url}/prometheus',
    },
    'server/not-prometheus': {
      what: 'Prometheus가 아닙니다: {path} 응답은 {evidence}, JSON이어야 합니다',
      remedy:
        'Prometheus 자체의 주소를 주세요. --web.route-prefix를 쓴다면 그 경로까지, 프록시의 로그인 화면이라면 --credentials FILE도 필요합니다.',
    },
    'server/not-ready': {
      what: '응답하지만 준비되지 않았습니다: /-/ready 상태 {status}',
      remedy: 'WAL을 읽는 동안 기다리세요. 끝나지 않으면 Prometheus의 로그를 보세요.',
    },
    'server/old-version': {
      what: '버전이 {version}입니다. 2.42 이상이어야 합니다',
      remedy:
        'Prometheus를 올리세요. 오래된 버전은 수정되지 않으며, 규칙과 설정은 2.42 이상을 위한 것입니다.',
    },
    'server/clock': {
      what: '시계가 이 기계와 {seconds}초 다릅니다',
      remedy: '두 기계의 시간을 NTP로 맞추세요. 그만큼 쿼리가 최근 샘플을 놓치고 알림이 늦습니다.',
    },
    'server/agent': {
      what: '에이전트로 실행 중입니다: 스크랩해서 보내기만 하며 쿼리, 규칙, 알림이 없습니다',
      remedy: '에이전트가 보내는 서버도 살펴보세요: 그 주소를 --prometheus에 주세요.',
    },
    'server/other-product': {
      what: '{name} {version}입니다',
      remedy:
        '이 서버가 제공하지 않는 것은 아래에서 빠집니다. 나머지는 스크랩하는 Prometheus를 --prometheus로 지정해 보세요.',
    },
    'server/admin-api': {
      what: '{address}에 접근하는 누구나 데이터를 지울 수 있습니다: --web.enable-admin-api가 켜져 있습니다',
      remedy:
        '--web.enable-admin-api를 빼거나, 127.0.0.1에서만 듣거나, --web.config.file로 로그인을 설정하세요.',
    },
    'server/lifecycle': {
      what: '{address}에 접근하는 누구나 서버를 멈출 수 있습니다: --web.enable-lifecycle이 켜져 있습니다',
      remedy:
        '127.0.0.1에서만 듣거나, --web.config.file로 로그인을 설정하거나, 플래그를 빼고 SIGHUP으로 다시 읽히세요.',
    },
    'server/external-url': {
      what: '알림의 링크가 호스트 이름으로 만든 {url}로 이어집니다',
      remedy: '알림을 읽는 사람이 열 수 있는 주소로 --web.external-url=http://ADDRESS:PORT/ 를 주세요.',
    },
  },
)
