import type { Language } from '../../language.js'

/** What is asked of a server, as it is told when there was no answer. */
export interface ReadingTexts {
  readonly users: string
  readonly stored: string
  readonly targets: string
  readonly types: string
  readonly head: string
  readonly flags: string
  readonly retention: string
  readonly rules: string
  readonly configuration: string
  readonly ownMetrics: string
  dashboards(url: string): string
  readonly seriesOfMetrics: string
  seriesOfMetricsIn(selection: string): string
  readonly seriesBefore: string
  readonly newSeries: string
  readonly samplesOfJobs: string
  readonly samplesBefore: string
  readonly scrapeDurations: string
  readonly stillGauges: string
  readonly repeated: string
  labels(metric: string): string
  labelValues(metric: string): string
  labelPairs(metric: string): string
  buckets(metric: string): string
  readonly moreLabels: string
  readonly moreHistograms: string
  readonly growth: string
  readonly churn: string
  readonly growthAndChurn: string
  readonly tooYoungToGrow: string
  readonly tooYoungToChurn: string
  readonly tooMany: string
  readonly timeUp: string
}

export const readingTexts: Readonly<Record<Language, ReadingTexts>> = {
  en: {
    users: 'who uses the metrics',
    stored: 'what is stored',
    targets: 'its targets',
    types: 'types of metrics',
    head: 'the size of the head',
    flags: 'its flags',
    retention: 'its retention',
    rules: 'its rules',
    configuration: 'its configuration',
    ownMetrics: 'its own metrics',
    dashboards: (url) => `the dashboards of ${url}`,
    seriesOfMetrics: 'series of each metric',
    seriesOfMetricsIn: (selection) => `series of each metric, ${selection}`,
    seriesBefore: 'series of each metric before',
    newSeries: 'series that came',
    samplesOfJobs: 'samples of each job',
    samplesBefore: 'samples of each job before',
    scrapeDurations: 'duration of scrapes',
    stillGauges: 'gauges that do not change',
    repeated: 'repeated expressions',
    labels: (metric) => `labels of ${metric}`,
    labelValues: (metric) => `values of the labels of ${metric}`,
    labelPairs: (metric) => `pairs of labels of ${metric}`,
    buckets: (metric) => `buckets of ${metric}`,
    moreLabels: 'labels of more metrics',
    moreHistograms: 'buckets of more histograms',
    growth: 'growth',
    churn: 'churn',
    growthAndChurn: 'growth and churn',
    tooYoungToGrow: 'the server has no 20 minutes of samples yet',
    tooYoungToChurn: 'the server has no two hours of samples yet',
    tooMany: 'more than 500,000 series are too many to count twice',
    timeUp: 'the time was up; raise --seconds',
  },
  ko: {
    users: '메트릭을 쓰는 곳',
    stored: '저장된 메트릭',
    targets: '타깃',
    types: '메트릭 타입',
    head: '헤드 크기',
    flags: '실행 옵션',
    retention: '보관 기간',
    rules: '규칙',
    configuration: '설정',
    ownMetrics: '서버 자체의 메트릭',
    dashboards: (url) => `${url}의 대시보드`,
    seriesOfMetrics: '메트릭별 시계열 수',
    seriesOfMetricsIn: (selection) => `메트릭별 시계열 수, ${selection}`,
    seriesBefore: '메트릭별 이전 시계열 수',
    newSeries: '새로 생긴 시계열',
    samplesOfJobs: '작업별 샘플 수',
    samplesBefore: '작업별 이전 샘플 수',
    scrapeDurations: '수집에 걸린 시간',
    stillGauges: '바뀌지 않는 게이지',
    repeated: '반복되는 표현식',
    labels: (metric) => `${metric}의 레이블`,
    labelValues: (metric) => `${metric}의 레이블 값`,
    labelPairs: (metric) => `${metric}의 레이블 쌍`,
    buckets: (metric) => `${metric}의 버킷`,
    moreLabels: '나머지 메트릭의 레이블',
    moreHistograms: '나머지 히스토그램의 버킷',
    growth: '증가',
    churn: '시계열 교체',
    growthAndChurn: '증가와 시계열 교체',
    tooYoungToGrow: '서버에 아직 20분 치 샘플이 없습니다',
    tooYoungToChurn: '서버에 아직 두 시간 치 샘플이 없습니다',
    tooMany: '시계열이 500,000개를 넘어 두 번 세기에는 너무 많습니다',
    timeUp: '시간이 다 됐습니다. --seconds를 늘리십시오',
  },
}
