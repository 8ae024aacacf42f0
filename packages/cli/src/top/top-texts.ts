import type { Language } from '../language.js'
import type { ViewName } from './views.js'

/** A heading of a column. */
export type ColumnName =
  | 'perSecond'
  | 'trend'
  | 'total'
  | 'p95'
  | 'mean'
  | 'share'
  | 'series'
  | 'ofAll'
  | 'sinceStart'
  | 'perMinute'
  | 'metric'

/** The words of the views. Figures come formatted. */
export interface TopTexts {
  readonly views: Readonly<Record<ViewName, string>>
  /** What stands in the place of a view's rows where there are none. */
  readonly nothing: Readonly<Record<ViewName, string>>
  readonly columns: Readonly<Record<ColumnName, string>>
  /** Nothing was observed lately. */
  readonly resting: string
  readonly noAnswer: string
  readonly paused: string
  every(interval: string): string
  facts(series: string, metrics: string, bytes: string, duration: string): string
  more(count: string): string
  readonly keys: string
  place(from: number, to: number, total: string): string
  rows(total: string): string
}

export const topTexts: Readonly<Record<Language, TopTexts>> = {
  en: {
    views: { busiest: 'Busiest', slowest: 'Slowest', failing: 'Failing', growing: 'Growing' },
    nothing: {
      busiest: 'No counters here.',
      slowest: 'No durations were observed: no histogram or summary in seconds has a count.',
      failing: 'Nothing has failed: no error counter and no 5xx series is above zero.',
      growing: 'No metrics here.',
    },
    columns: {
      perSecond: 'per second',
      trend: 'trend',
      total: 'total',
      p95: 'p95',
      mean: 'mean',
      share: 'share',
      series: 'series',
      ofAll: 'of all',
      sinceStart: 'since start',
      perMinute: 'per minute',
      metric: 'metric',
    },
    resting: 'resting',
    noAnswer: 'no answer',
    paused: 'paused',
    every: (interval) => `every ${interval}`,
    facts: (series, metrics, bytes, duration) =>
      `${series} series of ${metrics} metrics, ${bytes} in ${duration}`,
    more: (count) => `and ${count} more`,
    keys: '←→ or 1–4 view   ↑↓ scroll   space pause   q quit',
    place: (from, to, total) => `${from}–${to} of ${total}`,
    rows: (total) => `${total} rows`,
  },
  ko: {
    views: { busiest: '처리량', slowest: '지연', failing: '오류', growing: '증가' },
    nothing: {
      busiest: '카운터가 없습니다.',
      slowest: '측정된 시간이 없습니다. 초 단위 히스토그램이나 서머리에 관측값이 없습니다.',
      failing: '실패가 없습니다. 오류 카운터와 5xx 시계열이 모두 0입니다.',
      growing: '메트릭이 없습니다.',
    },
    columns: {
      perSecond: '초당',
      trend: '추이',
      total: '누적',
      p95: 'p95',
      mean: '평균',
      share: '비율',
      series: '시계열',
      ofAll: '전체 대비',
      sinceStart: '시작 이후',
      perMinute: '분당',
      metric: '메트릭',
    },
    resting: '쉬는 중',
    noAnswer: '응답 없음',
    paused: '멈춤',
    every: (interval) => `${interval}마다`,
    facts: (series, metrics, bytes, duration) =>
      `메트릭 ${metrics}개의 시계열 ${series}개, ${bytes}를 ${duration}에 읽음`,
    more: (count) => `그 밖에 ${count}개`,
    keys: '←→ 또는 1–4 보기   ↑↓ 스크롤   스페이스 멈춤   q 종료',
    place: (from, to, total) => `${total}개 중 ${from}–${to}`,
    rows: (total) => `${total}개`,
  },
}
