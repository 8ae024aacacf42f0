import type { Language } from 'telltale/monitoring'
import type { ChangeKind } from './change.js'

/** What `telltale init` says. */
export interface InitTexts {
  readonly kind: Readonly<Record<ChangeKind, string>>
  readonly nothing: string
  readonly wouldWrite: (count: number) => string
  readonly question: (count: number) => string
  readonly declined: string
  readonly needsYes: string
  readonly written: (count: number) => string
  readonly lines: (count: number) => string
  readonly unchanged: (count: number) => string
  readonly next: string
  readonly unknownEntry: (line: string) => string
  readonly addLine: (file: string, line: string) => string
  readonly removedLine: (file: string, line: string) => string
  readonly preload: (command: string) => string
  readonly install: (command: string) => string
  readonly errors: (load: string) => string
  readonly noteRoute: (load: string, line: string) => string
  readonly noRoutes: (file: string) => string
  readonly unknownFramework: (name: string, file: string) => string
  readonly database: (drivers: string) => string
  readonly recorders: (drivers: string) => string
  readonly promClient: string
  readonly secret: (file: string) => string
  readonly tenant: string
  readonly kubernetes: string
  readonly beside: (files: string) => string
  readonly unneeded: (files: string) => string
  readonly noStart: string
}

const files = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`

const english: InitTexts = {
  kind: { create: 'new', update: 'update', same: 'same', yours: 'yours', beside: 'beside', edit: 'edit' },
  nothing: 'Nothing to do: everything is as it should be.',
  wouldWrite: (count) => `${files(count)} would be written; nothing was.`,
  question: (count) => `Write ${files(count)}? [Y/n] `,
  declined: 'Nothing was written.',
  needsYes: 'Nothing was written: nobody can be asked here. Add --yes to write it.',
  written: (count) => `${files(count)} written.`,
  lines: (count) => `${count} lines`,
  unchanged: (count) => `${files(count)} unchanged`,
  next: 'Next: telltale up runs the application with Prometheus, Alertmanager and node_exporter; telltale doctor checks it all.',
  unknownEntry: (line) =>
    `Which file the application starts with could not be found out. Put this first into it: ${line}`,
  addLine: (file, line) => `${file} is better edited by you. Put this first into it: ${line}`,
  removedLine: (file, line) => `${file} had this line and lost it; without it nothing is measured: ${line}`,
  preload: (command) => `Or load it without editing anything: ${command}`,
  install: (command) =>
    `telltale is not installed here: ${command} (from a clone of the repository: docs/getting-started.md, step 1).`,
  errors: (load) =>
    `Errors by type, which HighErrorRate watches: ${load}, and app.use(metrics.collectErrorMetrics()) after the routes.`,
  noteRoute: (load, line) => `For the routes of requests: ${load}, and before the routes ${line}`,
  noRoutes: (file) =>
    `node:http has no routes: name yours in ${file}, or all requests are one series, unmatched.`,
  unknownFramework: (name, file) =>
    `${name} is not known here: requests are measured, and their routes are unmatched until you name them in ${file}.`,
  database: (drivers) =>
    `${drivers}: where req.db is the pool, app.use(metrics.collectDatabaseMetrics('main')) times queries and counts connections.`,
  recorders: (drivers) =>
    `${drivers}: metrics.getMetricsService() has recorders for caches, queues and databases (docs/http.md).`,
  promClient:
    'prom-client is in use: replace it by its alias, "prom-client": "npm:@telltale/prom-client", or show its registry on the same endpoint with bridge(register) from telltale (docs/migration.md).',
  tenant:
    'The builds of Prometheus in Debian do not send the header with the tenant (prometheus/prometheus#13030): use its own image or release.',
  secret: (file) => `Put the secret into ${file}; version control ignores that folder.`,
  kubernetes:
    'monitoring/kubernetes is made from the published fields of the Prometheus Operator; try it with kubectl apply --dry-run=server -f monitoring/kubernetes.',
  beside: (names) => `Compare and merge, then delete: ${names}.`,
  unneeded: (names) => `These options do not ask for: ${names}. Delete what you do not need.`,
  noStart: 'No script says how the application starts: give it as telltale up -- node server.js.',
}

const korean: InitTexts = {
  kind: {
    create: '새 파일',
    update: '갱신',
    same: '같음',
    yours: '사용자 것',
    beside: '나란히',
    edit: '편집',
  },
  nothing: '할 일이 없습니다: 모두 제대로 되어 있습니다.',
  wouldWrite: (count) => `파일 ${count}개를 쓸 예정이며, 아무것도 쓰지 않았습니다.`,
  question: (count) => `파일 ${count}개를 쓸까요? [Y/n] `,
  declined: '아무것도 쓰지 않았습니다.',
  needsYes: '물어볼 수 없는 환경이라 아무것도 쓰지 않았습니다. 쓰려면 --yes 를 더하세요.',
  written: (count) => `파일 ${count}개를 썼습니다.`,
  lines: (count) => `${count}줄`,
  unchanged: (count) => `파일 ${count}개는 그대로입니다`,
  next: '다음: telltale up 은 애플리케이션을 Prometheus, Alertmanager, node_exporter와 함께 실행하고, telltale doctor 는 모두 점검합니다.',
  unknownEntry: (line) =>
    `애플리케이션이 시작하는 파일을 알 수 없습니다. 그 파일의 맨 앞에 넣으세요: ${line}`,
  addLine: (file, line) => `${file}은 직접 고치는 편이 안전합니다. 맨 앞에 넣으세요: ${line}`,
  removedLine: (file, line) =>
    `${file}에 있던 줄이 없어졌습니다. 이 줄이 없으면 아무것도 측정하지 않습니다: ${line}`,
  preload: (command) => `또는 아무것도 고치지 않고 불러오세요: ${command}`,
  install: (command) =>
    `telltale이 설치되어 있지 않습니다: ${command} (저장소 클론에서는 docs/getting-started.md의 1단계).`,
  errors: (load) =>
    `HighErrorRate가 보는 종류별 오류: ${load} 후 라우트 뒤에 app.use(metrics.collectErrorMetrics()).`,
  noteRoute: (load, line) => `요청의 라우트를 알려면: ${load} 후 라우트 앞에 ${line}`,
  noRoutes: (file) =>
    `node:http에는 라우트가 없습니다: ${file}에서 이름을 정하세요. 아니면 모두 unmatched 하나가 됩니다.`,
  unknownFramework: (name, file) =>
    `${name}은 알지 못하는 프레임워크입니다: 요청은 측정하지만 ${file}에서 이름을 정할 때까지 라우트는 unmatched입니다.`,
  database: (drivers) =>
    `${drivers}: req.db가 풀이면 app.use(metrics.collectDatabaseMetrics('main'))이 쿼리 시간과 연결 수를 측정합니다.`,
  recorders: (drivers) =>
    `${drivers}: metrics.getMetricsService()에 캐시, 큐, 데이터베이스 기록 함수가 있습니다(docs/http.md).`,
  promClient:
    'prom-client를 쓰고 있습니다: 별칭 "prom-client": "npm:@telltale/prom-client"로 바꾸거나, telltale의 bridge(register)로 같은 엔드포인트에 보이세요(docs/migration.md).',
  tenant:
    'Debian의 Prometheus는 테넌트 헤더를 보내지 않습니다(prometheus/prometheus#13030). 공식 이미지나 릴리스를 쓰세요.',
  secret: (file) => `비밀은 ${file}에 넣으세요. 버전 관리는 그 폴더를 무시합니다.`,
  kubernetes:
    'monitoring/kubernetes는 Prometheus Operator의 공개된 필드로 만들었습니다. kubectl apply --dry-run=server -f monitoring/kubernetes 로 확인하세요.',
  beside: (names) => `비교해서 합친 뒤 지우세요: ${names}.`,
  unneeded: (names) => `이 옵션에는 필요 없는 파일: ${names}. 쓰지 않으면 지우세요.`,
  noStart: '시작하는 방법을 알려 주는 스크립트가 없습니다: telltale up -- node server.js 처럼 주세요.',
}

export const initTexts: Readonly<Record<Language, InitTexts>> = { en: english, ko: korean }
