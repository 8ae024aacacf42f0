import type { Language, Severity } from '../../signals/signal.js'
import type { LiveSection } from '../live-panels.js'

/** The words of the page itself; what signals and alerts are called is the catalogue's. */
export interface PageWords {
  readonly starting: string
  readonly startingMore: string
  readonly unanswered: string
  readonly silent: (time: string) => string
  readonly silentMore: string
  readonly status: (code: number) => string
  readonly blocked: (time: string) => string
  readonly blockedMore: string
  readonly blockedNow: string
  readonly firing: (count: number) => string
  readonly pending: (count: number) => string
  readonly bare: string
  readonly bareMore: string
  readonly well: string
  readonly wellMore: (alerts: number) => string
  readonly sections: Readonly<Record<LiveSection['id'], string>>
  readonly severities: Readonly<Record<Severity, string>>
  readonly alerts: string
  readonly noAlerts: string
  readonly fires: string
  readonly wouldFire: string
  readonly holds: (time: string, wait: string) => string
  readonly cause: string
  readonly remedy: string
  /** Without an operator, one that follows another. */
  readonly limit: (op: string, value: string, wait: string) => string
  readonly nothingYet: string
  readonly more: (count: number) => string
  readonly uptime: (time: string) => string
  readonly since: (time: string) => string
  readonly known: (time: string) => string
  readonly rates: (time: string) => string
  readonly left: string
  readonly full: string
  readonly keys: string
}

const english: PageWords = {
  starting: 'Reading the metrics',
  startingMore: 'The first values come in a moment.',
  unanswered: 'The endpoint does not answer',
  silent: (time) => `No answer for ${time}`,
  silentMore: 'The values are the last ones. The process has ended, or this page cannot reach it.',
  status: (code) => `The endpoint answers with status ${code}.`,
  blocked: (time) => `Event loop blocked: ${time}`,
  blockedMore: 'The application answers nobody. Its telemetry thread does, which is why you see this.',
  blockedNow: 'blocked',
  firing: (count) => (count === 1 ? 'One alert would fire' : `${count} alerts would fire`),
  pending: (count) => (count === 1 ? 'A threshold is crossed' : `${count} thresholds are crossed`),
  bare: 'Nothing is measured yet',
  bareMore: 'The process answers. Requests come with MetricsMiddleware, the runtime with PrometheusClient.',
  well: 'All is well',
  wellMore: (alerts) => `None of the ${alerts} alerts that have values here would fire.`,
  sections: {
    http: 'Requests',
    runtime: 'Process',
    database: 'Database',
    work: 'Services, queues and caches',
  },
  severities: { critical: 'critical', warning: 'warning', info: 'info', none: '' },
  alerts: 'Alerts',
  noAlerts: 'No value is across its threshold.',
  fires: 'fires',
  wouldFire: 'waits',
  holds: (time, wait) => `for ${time}; fires after ${wait}`,
  cause: 'Cause',
  remedy: 'What to do',
  limit: (op, value, wait) =>
    `${op === '' ? 'or' : op.startsWith('<') ? 'Alert below' : 'Alert above'} ${value}${wait === '' ? '' : ` for ${wait}`}`,
  nothingYet: 'nothing yet',
  more: (count) => `${count} more`,
  uptime: (time) => `up for ${time}`,
  since: (time) => `for ${time}`,
  known: (time) => `Watched for ${time}. Alerts look at up to 5 minutes, and at what is known until then.`,
  rates: (time) => `Rates and percentiles are those of the last ${time}.`,
  left: 'What is compared with last week, and what only a Prometheus knows, is not on this page.',
  full: 'There are too many series for this page: some are left out.',
  keys: 'Tab chooses a graph, the arrow keys a moment of it.',
}

const korean: PageWords = {
  starting: '메트릭을 읽는 중입니다',
  startingMore: '곧 첫 값이 나타납니다.',
  unanswered: '엔드포인트가 응답하지 않습니다',
  silent: (time) => `응답 없음: ${time}`,
  silentMore: '마지막으로 받은 값입니다. 프로세스가 끝났거나 이 페이지에서 닿지 않습니다.',
  status: (code) => `엔드포인트가 상태 ${code}로 응답합니다.`,
  blocked: (time) => `이벤트 루프 멈춤: ${time}`,
  blockedMore:
    '애플리케이션은 아무에게도 응답하지 못합니다. 텔레메트리 스레드는 응답하므로 이 화면이 보입니다.',
  blockedNow: '멈춤',
  firing: (count) => `알림 ${count}건이 발생할 상황입니다`,
  pending: (count) => `값 ${count}개가 임계값을 넘었습니다`,
  bare: '아직 측정하는 것이 없습니다',
  bareMore: '프로세스는 응답합니다. 요청은 MetricsMiddleware, 런타임은 PrometheusClient가 측정합니다.',
  well: '모두 정상입니다',
  wellMore: (alerts) => `값이 있는 알림 ${alerts}건 가운데 발생할 것이 없습니다.`,
  sections: { http: '요청', runtime: '프로세스', database: '데이터베이스', work: '외부 서비스, 큐, 캐시' },
  severities: { critical: '심각', warning: '경고', info: '참고', none: '' },
  alerts: '알림',
  noAlerts: '임계값을 넘은 값이 없습니다.',
  fires: '발생',
  wouldFire: '대기',
  holds: (time, wait) => `${time}째, ${wait} 지나면 발생합니다`,
  cause: '원인',
  remedy: '할 일',
  limit: (op, value, wait) =>
    `${op === '' ? '또는' : op.startsWith('<') ? '하한' : '상한'} ${value}${wait === '' ? '' : ` (${wait} 지속)`}`,
  nothingYet: '아직 없음',
  more: (count) => `외 ${count}개`,
  uptime: (time) => `가동 ${time}`,
  since: (time) => `${time}째`,
  known: (time) => `${time} 동안 지켜보았습니다. 알림는 최대 5분을 보며, 그 전에는 아는 만큼만 봅니다.`,
  rates: (time) => `비율과 백분위수는 최근 ${time}의 값입니다.`,
  left: '지난주와 비교하는 것과 Prometheus만 아는 것은 이 페이지에 없습니다.',
  full: '시계열이 너무 많아 일부를 뺐습니다.',
  keys: 'Tab으로 그래프를, 화살표 키로 시점을 고릅니다.',
}

export const pageWords: Readonly<Record<Language, PageWords>> = { en: english, ko: korean }
