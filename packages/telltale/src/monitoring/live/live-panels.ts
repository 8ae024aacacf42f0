import type { Language, Signal, SignalUnit, Threshold } from '../signals/signal.js'
import { liveSignals } from './live-signals.js'
import type { TrackedQuery } from './track.js'

type Words = Readonly<Record<Language, string>>

/** Where a value is bad, and for how long it may be. */
export interface PanelLimit extends Pick<Threshold, 'severity' | 'value' | 'forSeconds'> {
  readonly op: string
}

/** A graph of the page. */
export interface LivePanel {
  /** That of its first signal. */
  readonly id: string
  readonly title: Words
  readonly description: Words
  readonly unit: SignalUnit
  readonly queries: readonly TrackedQuery[]
  readonly limits: readonly PanelLimit[]
  readonly isStacked: boolean
}

/** Graphs that belong together; all but the first two kinds are shown once there is something in them. */
export interface LiveSection {
  readonly id: 'http' | 'runtime' | 'database' | 'work'
  readonly isAlways: boolean
  readonly panels: readonly LivePanel[]
}

/** A figure at the top of the page. */
export interface LiveFigure {
  readonly id: string
  readonly title: Words
  readonly unit: SignalUnit
  readonly signal: Signal
  /** Its alerts, and those of these signals, colour the figure. */
  readonly about: readonly string[]
}

const byId = new Map(liveSignals.map((signal) => [signal.id, signal]))

function signalOf(id: string): Signal {
  const signal = byId.get(id)
  if (signal === undefined) throw new RangeError(`BUG: there is no live signal ${id}`)
  return signal
}

interface PanelChange {
  readonly title?: Words
  readonly description?: Words
  /** For each signal, where that of the signal does not tell them apart. */
  readonly legends?: readonly string[]
}

function panel(
  ids: string | readonly string[],
  { title, description, legends }: PanelChange = {},
): LivePanel {
  const signals = [ids].flat().map(signalOf)
  const [first] = signals as [Signal, ...Signal[]]
  return {
    id: first.id,
    title: title ?? { en: first.text.en.title, ko: first.text.ko.title },
    description: description ?? { en: first.text.en.description, ko: first.text.ko.description },
    unit: first.unit,
    queries: signals.map(({ query, panel: hint }, i) => ({ query, legend: legends?.[i] ?? hint.legend })),
    limits: signals.flatMap(({ alert }) =>
      alert === undefined ? [] : alert.thresholds.map((threshold) => ({ ...threshold, op: alert.op })),
    ),
    isStacked: first.panel.stacked === true,
  }
}

export const liveSections: readonly LiveSection[] = [
  {
    id: 'http',
    isAlways: true,
    panels: [
      panel('http-requests-by-status'),
      panel('http-error-ratio'),
      panel(['http-latency-p50', 'http-latency-p95', 'http-latency-p99'], {
        title: { en: 'Latency', ko: '응답 시간' },
        description: {
          en: 'How long half of the requests, 95 % and 99 % of them took at most.',
          ko: '요청의 절반, 95 %, 99 %가 이 시간 안에 끝났습니다.',
        },
      }),
      panel('http-route-latency-p99'),
      panel('http-client-error-ratio'),
      panel('http-in-flight'),
    ],
  },
  {
    id: 'runtime',
    isAlways: true,
    panels: [
      panel('event-loop-blocked'),
      panel('event-loop-lag'),
      panel('event-loop-utilization'),
      panel('cpu'),
      panel(['resident-memory', 'heap-used'], {
        title: { en: 'Memory', ko: '메모리' },
        description: {
          en: 'What the process takes of the machine, and the used part of its heap.',
          ko: '프로세스가 차지한 메모리와 그 가운데 사용 중인 힙입니다.',
        },
        legends: ['rss', 'heap'],
      }),
      panel('gc-share'),
    ],
  },
  {
    id: 'database',
    isAlways: false,
    panels: [
      panel('database-queries'),
      panel('database-latency-p95'),
      panel('database-error-ratio'),
      panel('database-connections', { legends: ['{{database}} {{state}}'] }),
    ],
  },
  {
    id: 'work',
    isAlways: false,
    panels: [
      panel('outbound-latency-p95'),
      panel('outbound-error-ratio'),
      panel('queue-depth'),
      panel('queue-latency-p95'),
      panel('queue-error-ratio'),
      panel('cache-hit-ratio'),
    ],
  },
]

function figure(id: string, title: Words, ...about: readonly string[]): LiveFigure {
  const signal = signalOf(id)
  return { id, title, unit: signal.unit, signal, about: [id, ...about] }
}

export const liveFigures: readonly LiveFigure[] = [
  figure('http-requests', { en: 'Requests', ko: '요청' }, 'http-time-in-flight'),
  figure('http-error-ratio', { en: 'Errors', ko: '오류' }, 'http-client-error-ratio', 'http-aborted-ratio'),
  figure('http-latency-p99', { en: 'Latency p99', ko: '응답 시간 p99' }, 'http-route-latency-p99'),
  figure(
    'event-loop-utilization',
    { en: 'Event loop', ko: '이벤트 루프' },
    'event-loop-lag',
    'event-loop-blocked',
    'event-loop-blocked-share',
  ),
  figure('cpu', { en: 'CPU', ko: 'CPU' }),
  figure('resident-memory', { en: 'Memory', ko: '메모리' }, 'heap-per-limit', 'gc-share'),
]
