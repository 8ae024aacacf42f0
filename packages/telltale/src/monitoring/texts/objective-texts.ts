import type { Language, Runbook } from '../signals/signal.js'

export type ObjectiveAlertName =
  | 'ErrorBudgetBurn'
  | 'ErrorsAtLowTraffic'
  | 'ErrorBudgetExhausted'
  | 'ObjectiveAbsent'

interface ObjectiveText extends Runbook {
  readonly title: string
}

interface BurnText extends ObjectiveText {
  /** What `{exhaustion}` becomes: nothing is left, or the words around the time that is. */
  readonly exhaustion: { readonly gone: string; readonly left: readonly [before: string, after: string] }
}

type Texts = Readonly<Record<ObjectiveAlertName, Readonly<Record<Language, ObjectiveText>>>> & {
  readonly ErrorBudgetBurn: Readonly<Record<Language, BurnText>>
}

/** The alerts of objectives. `{target}`, `{window}` and `{exhaustion}` are filled in for each objective. */
export const objectiveTexts: Texts = {
  ErrorBudgetBurn: {
    en: {
      title: 'Error budget burns too fast',
      summary:
        '{{ $labels.service }} misses its objective {{ $labels.slo }}: {{ $value | humanizePercentage }} errors',
      cause: 'The objective is {target} over {window}. {exhaustion}',
      remedy: 'See which errors or slow routes began when this did, and undo what caused them.',
      exhaustion: {
        gone: 'Nothing is left of the error budget.',
        left: ['At this rate the rest of the error budget is gone in ', '.'],
      },
    },
    ko: {
      title: '오류 예산이 너무 빨리 줄어듦',
      summary:
        '{{ $labels.service }}: 목표 {{ $labels.slo }}를 벗어나고 있습니다 (오류 {{ $value | humanizePercentage }})',
      cause: '목표는 {window} 동안 {target}입니다. {exhaustion}',
      remedy: '함께 시작된 오류나 느린 라우트를 찾아 원인을 되돌리십시오.',
      exhaustion: {
        gone: '오류 예산이 남아 있지 않습니다.',
        left: ['이 속도라면 남은 오류 예산은 ', ' 뒤에 바닥납니다.'],
      },
    },
  },
  ErrorsAtLowTraffic: {
    en: {
      title: 'Errors at low traffic',
      summary:
        '{{ $labels.service }}: {{ $value | humanizePercentage }} of few events fail ({{ $labels.slo }})',
      cause:
        'There are too few events for the share to alarm at once, but their errors are many. The objective is {target} over {window}.',
      remedy: 'Look at the single errors: with so few events each one can be read.',
    },
    ko: {
      title: '적은 트래픽에서의 오류',
      summary:
        '{{ $labels.service }}: 적은 이벤트 가운데 {{ $value | humanizePercentage }}가 실패합니다 ({{ $labels.slo }})',
      cause: '비율로 바로 경보하기에는 이벤트가 적지만 오류는 많습니다. 목표는 {window} 동안 {target}입니다.',
      remedy: '오류를 하나씩 보십시오. 이벤트가 적으니 모두 읽을 수 있습니다.',
    },
  },
  ErrorBudgetExhausted: {
    en: {
      title: 'Error budget used up',
      summary: '{{ $labels.service }} has used up the error budget of {{ $labels.slo }}',
      cause:
        'More than {target} over {window} allows has failed; {{ $value | humanizePercentage }} of the budget is left.',
      remedy: 'Put reliability before new work until the budget is back, or agree on another objective.',
    },
    ko: {
      title: '오류 예산 소진',
      summary: '{{ $labels.service }}: {{ $labels.slo }}의 오류 예산을 모두 썼습니다',
      cause:
        '{window} 동안 {target}가 허용하는 것보다 많이 실패했습니다. 남은 예산은 {{ $value | humanizePercentage }}입니다.',
      remedy: '예산이 회복될 때까지 새 작업보다 안정성을 앞세우거나, 목표를 다시 합의하십시오.',
    },
  },
  ObjectiveAbsent: {
    en: {
      title: 'Objective not measured',
      summary: 'Nothing is measured for {{ $labels.slo }} of {{ $labels.service }}',
      cause:
        'The metric does not exist, no series matches, or the threshold of a latency is no bucket of the histogram.',
      remedy:
        'Compare the metric, the matchers and the threshold in the file of objectives with what is exposed.',
    },
    ko: {
      title: '측정되지 않는 목표',
      summary: '{{ $labels.service }}: {{ $labels.slo }}가 측정되지 않습니다',
      cause: '메트릭이 없거나, 맞는 시리즈가 없거나, 지연 시간 기준이 히스토그램의 버킷 경계가 아닙니다.',
      remedy: '목표 파일의 메트릭, 조건, 기준을 실제로 노출되는 것과 비교하십시오.',
    },
  },
}
