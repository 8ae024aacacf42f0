import type { Language } from '../../signals/signal.js'

interface FrameWords {
  readonly good: string
  readonly bad: string
  readonly alert: string
  /** Of a link. */
  readonly open: string
  readonly none: string
  readonly dataSource: string
  readonly variables: Readonly<Record<'job' | 'instance' | 'route' | 'service' | 'slo', string>>
  readonly starts: string
  readonly started: string
  readonly deploys: string
}

/** Words that stand around the panels. */
export const frameWords: Readonly<Record<Language, FrameWords>> = {
  en: {
    good: 'ok',
    bad: 'trouble',
    alert: 'Alert',
    open: 'Open its dashboard',
    none: 'none',
    dataSource: 'Data source',
    variables: { job: 'job', instance: 'instance', route: 'route', service: 'service', slo: 'objective' },
    starts: 'Starts',
    started: 'Process started',
    deploys: 'Deployments',
  },
  ko: {
    good: '정상',
    bad: '이상',
    alert: '알림',
    open: '대시보드 열기',
    none: '없음',
    // dashboard-linter knows these three labels by heart.
    dataSource: 'Data source',
    variables: { job: 'job', instance: 'instance', route: '라우트', service: '서비스', slo: '목표' },
    starts: '시작',
    started: '프로세스 시작',
    deploys: '배포',
  },
}
