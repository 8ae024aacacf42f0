import * as checks from './setup-checks.js'

/** The areas of the checklist. */
export type SetupArea = 'installation' | 'configuration' | 'monitoring' | 'maintenance'

/** The languages of what people read. */
export type Language = 'en' | 'ko'

/** One item of the checklist, and how it is checked. */
export interface SetupItem {
  readonly en: string
  readonly ko: string
  readonly check: checks.SetupCheck
}

/** The sixteen items, by area. */
export const setupChecklist: Readonly<Record<SetupArea, readonly SetupItem[]>> = {
  installation: [
    { en: 'Prometheus runs', ko: 'Prometheus가 실행 중이다', check: checks.serverIsReady },
    {
      en: 'The application exposes metrics',
      ko: '애플리케이션이 메트릭을 노출한다',
      check: checks.metricsAreExposed,
    },
    {
      en: 'Prometheus reaches the metrics endpoint',
      ko: 'Prometheus가 메트릭 엔드포인트에 접근한다',
      check: checks.endpointIsScraped,
    },
    { en: 'The default metrics are collected', ko: '기본 메트릭이 수집된다', check: checks.runtimeIsExposed },
  ],
  configuration: [
    {
      en: 'prometheus.yml is loaded',
      ko: 'prometheus.yml이 적용되었다',
      check: checks.configurationIsLoaded,
    },
    { en: 'Every target is scraped', ko: '모든 대상이 스크랩된다', check: checks.targetsAreUp },
    { en: 'Alert rules are loaded', ko: '알림 규칙이 적용되었다', check: checks.alertsAreDefined },
    { en: 'Labels have few values', ko: '레이블 값의 수가 적다', check: checks.labelsAreBounded },
  ],
  monitoring: [
    { en: 'The key metrics are stored', ko: '핵심 메트릭이 저장된다', check: checks.keyMetricsAreStored },
    {
      en: 'Alerts reach an Alertmanager',
      ko: '알림이 Alertmanager에 전달된다',
      check: checks.alertsAreDelivered,
    },
    { en: 'There is a dashboard', ko: '대시보드가 있다', check: checks.dashboardsExist },
    { en: 'Rules and queries give results', ko: '규칙과 쿼리가 결과를 준다', check: checks.queriesWork },
  ],
  maintenance: [
    { en: 'No observation is lost', ko: '유실되는 관측값이 없다', check: checks.nothingIsDropped },
    { en: 'No alert fires for weeks', ko: '몇 주째 울리는 알림이 없다', check: checks.alertsAreNotStale },
    { en: 'Scrapes are quick', ko: '스크랩이 빠르다', check: checks.scrapesAreQuick },
    { en: 'Storage has a bound', ko: '스토리지에 한도가 있다', check: checks.storageIsBounded },
  ],
}
