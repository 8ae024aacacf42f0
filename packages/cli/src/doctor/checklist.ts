import type { Localised } from '../language.js'

/** The areas of the checklist, in its order. */
export const areas = ['installation', 'configuration', 'monitoring', 'maintenance'] as const

export type Area = (typeof areas)[number]

/** One of the sixteen items. Its key is the area of the ids of its findings. */
export interface ChecklistItem {
  readonly key: string
  readonly area: Area
  readonly title: Localised
}

/** Guide's checklist: four areas of four items. */
export const checklist = [
  item('server', 'installation', 'Prometheus runs', 'Prometheus가 실행 중이다'),
  item('exposure', 'installation', 'The application exposes metrics', '애플리케이션이 메트릭을 노출한다'),
  item(
    'reach',
    'installation',
    'Prometheus reaches the metrics endpoint',
    'Prometheus가 메트릭 엔드포인트에 접근한다',
  ),
  item('defaults', 'installation', 'The default metrics are collected', '기본 메트릭이 수집된다'),
  item(
    'prometheus-yml',
    'configuration',
    'prometheus.yml is right and loaded',
    'prometheus.yml이 올바르고 적용되었다',
  ),
  item('scraping', 'configuration', 'Every target is scraped', '모든 대상이 스크랩된다'),
  item('alert-rules', 'configuration', 'Alert rules are right and loaded', '알림 규칙이 올바르고 적용되었다'),
  item('labels', 'configuration', 'Labels have few values', '레이블 값의 수가 적다'),
  item('key-metrics', 'monitoring', 'The key metrics are stored', '핵심 메트릭이 저장된다'),
  item('alerting', 'monitoring', 'Alerts reach somebody', '알림이 사람에게 전달된다'),
  item('dashboards', 'monitoring', 'There are working dashboards', '동작하는 대시보드가 있다'),
  item('queries', 'monitoring', 'Rules and queries give results', '규칙과 쿼리가 결과를 준다'),
  item(
    'review',
    'maintenance',
    'Metrics are well formed and none is lost',
    '메트릭이 올바른 형식이고 유실되지 않는다',
  ),
  item('thresholds', 'maintenance', 'Alert thresholds fit', '알림 임계값이 알맞다'),
  item('speed', 'maintenance', 'Scrapes and rules are quick', '스크랩과 규칙 평가가 빠르다'),
  item('storage', 'maintenance', 'Storage has a bound and is sound', '스토리지에 한도가 있고 건강하다'),
] as const satisfies readonly ChecklistItem[]

export type ItemKey = (typeof checklist)[number]['key']

function item<Key extends string>(key: Key, area: Area, en: string, ko: string) {
  return { key, area, title: { en, ko } } as const
}

/** The item that a finding belongs to, by the first part of its id. */
export function itemOf(id: string): ItemKey | undefined {
  const area = id.slice(0, id.indexOf('/'))
  return checklist.find(({ key }) => key === area)?.key
}
