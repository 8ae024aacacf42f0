import type { Language } from './setup/setup-checklist.js'

/** The areas of the tips. */
export type TipArea = 'performance' | 'storage' | 'monitoring' | 'maintenance'

/** Four tips for each area. */
export type OptimizationTips = Readonly<Record<TipArea, readonly string[]>>

const tips: Readonly<Record<Language, OptimizationTips>> = {
  en: {
    performance: [
      'Scrape as often as your alerts need, and no more often',
      'Remove metrics that no rule and no dashboard uses',
      'Keep labels few, and each with few values',
      'Choose bucket bounds around the durations that you promise',
    ],
    storage: [
      'Set a retention time, and a retention size below the disk',
      'Drop unused metrics before they are stored',
      'Keep compression of blocks and of the write-ahead log on',
      'Keep long-term data in recording rules and remote storage',
    ],
    monitoring: [
      'Watch rate, errors and duration first',
      'Set thresholds from what was observed, with a minimum of traffic',
      'Give dashboards recording rules instead of heavy queries',
      'Replace slow queries by recorded results',
    ],
    maintenance: [
      'Review metrics and their users regularly',
      'Keep the configuration in version control and reload it safely',
      'Compare performance with last week and last month',
      'Know what series and samples cost, and who makes them',
    ],
  },
  ko: {
    performance: [
      '알림에 필요한 만큼만 자주 스크랩하기',
      '규칙과 대시보드가 쓰지 않는 메트릭 없애기',
      '레이블은 적게, 값의 종류도 적게 유지하기',
      '약속한 응답 시간 주변으로 버킷 경계 정하기',
    ],
    storage: [
      '보존 기간과 디스크보다 작은 보존 크기 정하기',
      '쓰지 않는 메트릭은 저장하기 전에 버리기',
      '블록과 WAL 압축 켜 두기',
      '장기 데이터는 기록 규칙과 원격 저장소에 두기',
    ],
    monitoring: [
      '요청량, 오류, 지연 시간부터 지켜보기',
      '관측된 값에서 임계값을 정하고 최소 트래픽 조건 두기',
      '대시보드의 무거운 쿼리를 기록 규칙으로 바꾸기',
      '느린 쿼리를 미리 계산한 결과로 바꾸기',
    ],
    maintenance: [
      '메트릭과 그 쓰임을 정기적으로 살펴보기',
      '설정을 버전 관리에 두고 안전하게 다시 읽히기',
      '성능을 지난주, 지난달과 비교하기',
      '시계열과 샘플의 비용과 출처 알아 두기',
    ],
  },
}

/** Tips for cheaper and better metrics: four areas, four tips each. */
export function getOptimizationTips(language: Language = 'en'): OptimizationTips {
  return tips[language]
}
