import type { SignalTexts } from '../signals/signal.js'

export const objectiveSignalTexts = {
  'objective-target': {
    en: { title: 'Objective', description: 'Share of events that is to be good.' },
    ko: { title: '목표', description: '정상이어야 하는 이벤트의 비율입니다.' },
  },
  'objective-budget': {
    en: {
      title: 'Error budget left',
      description:
        'Share of the error budget of the whole window that is left; below 0 the objective is missed.',
    },
    ko: {
      title: '남은 오류 예산',
      description: '전체 기간의 오류 예산 가운데 남은 비율입니다. 0보다 작으면 목표를 지키지 못한 것입니다.',
    },
  },
  'objective-burn-rate': {
    en: {
      title: 'Burn rate',
      description:
        'How many times faster than allowed the budget burned in the last hour; at 1 it lasts for the window.',
    },
    ko: {
      title: '소진 속도',
      description:
        '최근 한 시간 동안 예산이 허용보다 몇 배 빨리 줄었는지 보여 줍니다. 1이면 기간 동안 버팁니다.',
    },
  },
  'objective-error-ratio': {
    en: { title: 'Errors', description: 'Share of bad events in the last 5 minutes.' },
    ko: { title: '오류 비율', description: '최근 5분 동안 나쁜 이벤트의 비율입니다.' },
  },
  'objective-exhaustion': {
    en: {
      title: 'Budget lasts for',
      description: 'Time until the rest of the budget is gone at the rate of the last hour.',
    },
    ko: {
      title: '예산이 버티는 시간',
      description: '최근 한 시간의 속도로 남은 예산이 바닥날 때까지의 시간입니다.',
    },
  },
  'objective-events': {
    en: { title: 'Events', description: 'Events per second that the objective counts.' },
    ko: { title: '이벤트 수', description: '목표가 세는 초당 이벤트 수입니다.' },
  },
} as const satisfies SignalTexts<string>
