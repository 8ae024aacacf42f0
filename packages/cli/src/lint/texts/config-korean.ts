import type { FindingText } from '../../finding/index.js'
import type { configEnglish } from './config-english.js'

export const configKorean: Readonly<Record<keyof typeof configEnglish, FindingText>> = {
  'config/duplicate-job': {
    what: '같은 이름의 job이 또 있습니다: {job}',
    remedy: 'job마다 다른 이름을 쓰세요.',
  },
  'config/timeout-above-interval': {
    what: 'scrape_timeout {timeout} 이 scrape_interval {interval} 보다 깁니다',
    remedy: 'scrape_timeout 을 {interval} 이하로 하세요.',
  },
  'config/interval-above-lookback': {
    what: 'scrape_interval 이 {interval} 입니다. Prometheus는 5m 안의 표본만 찾으므로 수집 사이에 시계열이 사라집니다',
    remedy: 'scrape_interval 을 2m 이하로 하세요.',
  },
  'config/long-interval': {
    what: 'scrape_interval 이 {interval} 입니다. 한 번만 실패해도 모든 그래프에 빈틈이 생깁니다',
    remedy: 'scrape_interval 을 2m 이하로 하세요.',
  },
  'config/rule-file-missing': {
    what: '규칙 파일이 없습니다: {file}',
    remedy: '이 파일에서 본 상대 경로를 고치거나 파일을 만드세요.',
  },
  'config/file-missing': {
    what: '{field} 필드의 파일이 없습니다: {file}',
    remedy: '이 파일에서 본 상대 경로를 고치거나 파일을 만드세요.',
  },
  'config/discovery-file-missing': {
    what: '대상 파일이 아직 없습니다: {file}',
    remedy: '파일을 만들거나, 만드는 프로그램이 도는지 확인하세요.',
  },
  'config/tls-pair': {
    what: '{got} 필드만 있고 {expected} 필드가 없습니다',
    remedy: '둘 다 쓰세요. 인증서는 키가 있어야 쓸 수 있습니다.',
  },
  'config/two-authentications': { what: '인증 방법이 여럿입니다: {fields}', remedy: '하나만 남기세요.' },
  'config/inline-secret': {
    what: '{field} 필드에 비밀값이 그대로 있습니다',
    remedy: '서버만 읽을 수 있는 파일에 두고 {suggestion} 필드로 파일을 가리키세요.',
  },
  'config/reserved-header': { what: 'Prometheus가 스스로 정하는 헤더입니다: {header}', remedy: '지우세요.' },
  'config/no-external-labels': {
    what: 'remote_write 가 있는데 external_labels 가 없어서 받는 쪽이 서버를 구별할 수 없습니다',
    remedy: 'global 아래에 cluster, replica 같은 external_labels 를 더하세요.',
  },
  'config/no-limits': {
    what: 'sample_limit 이 없는 job입니다: {job}. 나쁜 레이블 하나가 서버의 메모리를 채울 수 있습니다',
    remedy: 'job에 sample_limit: 10000 을 넣거나, 대상 하나가 내보내는 수의 몇 배로 정하세요.',
  },
  'config/target': { what: '대상이 host:port 형태가 아닙니다: {target}', remedy: '{remedy}' },
  'config/relabel': {
    what: '{action} 동작에 필요한 필드가 없습니다: {field}',
    remedy: '{field} 필드를 더하세요.',
  },
  'config/relabel-unused': {
    what: '{action} 동작에 쓸 수 없는 필드입니다: {field}',
    remedy: '{field} 필드를 지우세요.',
  },
  'config/relabel-drops-all': {
    what: '모든 것을 버리는 규칙입니다: {why}',
    remedy: 'source_labels 와, 버릴 것에만 맞는 regex 를 쓰세요.',
  },
  'config/no-targets': {
    what: '대상이 없는 job입니다: {job}',
    remedy: 'static_configs 나 서비스 디스커버리를 더하세요.',
  },
  'config/nothing-scraped': {
    what: '수집하는 것이 없습니다',
    remedy: 'job이 있는 scrape_configs 를 더하세요.',
  },
  'config/no-alertmanager': {
    what: 'rule_files 는 있는데 Alertmanager가 없어서 알림이 울려도 아무도 듣지 못합니다',
    remedy: 'alerting.alertmanagers 아래에 쓰세요.',
  },
  'config/no-rules': {
    what: 'rule_files 가 없어서 알림을 울릴 수 없습니다',
    remedy: '애플리케이션의 알림 규칙을 rule_files 에 더하세요.',
  },
  'config/honor-labels': {
    what: 'Pushgateway를 수집하는데 honor_labels 가 없는 job입니다: {job}',
    remedy: '보낸 쪽의 job과 instance가 남도록 honor_labels: true 로 하세요.',
  },
  'config/metrics-path': {
    what: 'metrics_path 가 {path} 입니다. / 로 시작하는 경로여야 합니다',
    remedy: '/{path} 로 쓰세요. 매개변수는 params 아래에 씁니다.',
  },
}
